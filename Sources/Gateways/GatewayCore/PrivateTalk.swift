package import Basics
package import WorldModel

/// Words between one character and others, as long as it is in play: what a client may ask for again.
///
/// It is only in memory; `tells` of the world itself keeps what was left for those who were away.
///
/// - Isolation: none; a value type. Empty, it holds no memory of its own.
/// - Limits: ``most`` lines; the oldest go first.
/// - SeeAlso: `GatewayCoreTests/DoorMessageTests`.
package struct PrivateTalk {
    package struct Line {
        package let time: WallInstant
        package let utterance: Utterance

        /// Those whom somebody talked with.
        package func others(than number: ThingID) -> [Utterance.Person] {
            utterance.speaker.number == number ? utterance.addressees : [utterance.speaker]
        }
    }

    /// Lines that are kept of one character.
    package static let most = 100

    /// The oldest first.
    package private(set) var lines: [Line] = []

    mutating func note(_ utterance: Utterance, at time: WallInstant) {
        guard utterance.kind == .tell, !lines.contains(where: { $0.utterance.id == utterance.id }) else { return }
        // Some at a time, so that not every line moves all of them.
        if lines.count >= Self.most + Self.most / 4 { lines.removeFirst(lines.count - Self.most + 1) }
        lines.append(Line(time: time, utterance: utterance))
    }
}

extension Game {
    /// Words between a character in play and others, the oldest first; they may be of a turn that is not durable yet, so that who
    /// tells of them waits for ``World/sequence``, as with all output.
    package func privateTalk(of persona: Thing) -> [PrivateTalk.Line] {
        (plays[persona.id]?.privateTalk.lines ?? []).suffix(PrivateTalk.most).filter { line in
            !Ignoring.ignores(persona, number: line.utterance.speaker.number, world)
        }
    }
}
