/// Plays in the house of `WorldTesting`: what is typed, and exactly what everybody reads of it.
enum Transcripts {
    static let all = [
        looking, moving, taking, giving, opening, lighting, talking, gestures, yourself, playing, parsing, mailing,
        places, company, channels, hearing, permissions, sessions, editing,
    ]
    .reduce(into: [:]) { sum, part in sum.merge(part) { first, _ in first } }
}
