import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let shout = Verb(
        "shout", ["yell"], group: .talking, usage: ["shout TEXT"], summary: "Say something that is heard far off.",
        help: """
            Everybody in the same place hears you, and so do those up to \(Action.shoutRange) steps away, with the direction, \
            unless a closed door is between. It is loud: use it when you have to.
            Example: `shout Is anybody here?`.
            """,
        forms: [[.text]]
    ) { command, action in
        action.shout(command.text)
    }
}

extension Action {
    /// How far a shout is heard, in steps, which a way's `distance` counts.
    static let shoutRange = 4

    fileprivate func shout(_ text: String) {
        announce("\(actor) \(verb: "shout"), \"\(speech: text)\"", as: .speech, of: turn.speech(.shout, text))
        guard let place else { return }
        for hearer in world.hearers(from: place, range: Self.shoutRange) {
            // A voice is known by its sound, whether its owner is seen or not.
            let sentence: Sentence =
                switch (Self.source(hearer.way), hearer.steps) {
                case (let source?, ..<2): "\(source), you hear \(name: actor) shout, \"\(speech: text)\""
                case (let source?, 2): "\(source), some way off, you hear \(name: actor) shout, \"\(speech: text)\""
                case (let source?, _): "\(source), far away, you hear \(name: actor) shout, \"\(speech: text)\""
                case (nil, ..<3): "From near by, you hear \(name: actor) shout, \"\(speech: text)\""
                case (nil, _): "From far away, you hear \(name: actor) shout, \"\(speech: text)\""
                }
            turn.announce(sentence, in: hearer.place, as: .speech)
        }
    }

    /// From where it is heard by those to whom a way leads; nil when the way has no direction.
    private static func source(_ way: Thing) -> Sentence? {
        Direction(rawValue: way[.direction])?.opposite.arrival
    }
}
