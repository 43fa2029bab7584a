package import WorldLanguage
import WorldModel

/// That somebody does not answer just now, and why, as those read it who want to reach them.
package enum AwayWords {
    /// In characters.
    package static let longest = 200

    /// Says why the actor is away, or with nil that they are back.
    ///
    /// - Throws: A refusal when it is too long.
    package static func set(_ reason: String?, _ turn: Turn) throws {
        if let reason, reason.count > longest {
            throw turn.refusal("That is too long; at most \(plain: String(longest)) characters.", .tooLong)
        }
        turn.world.set(PropertyKey(.away), to: reason.map { Value.text($0) }, on: turn.actor)
    }
}

/// What somebody says of themself to those who `finger` them.
package enum Plan {
    /// In characters.
    package static let longest = 200

    /// Says it of the actor; an empty text takes it back.
    ///
    /// - Throws: A refusal when it is too long.
    package static func set(_ text: String, _ turn: Turn) throws {
        if text.count > longest {
            throw turn.refusal("That is too long; at most \(plain: String(longest)) characters.", .tooLong)
        }
        turn.world.set(PropertyKey(.plan), to: text.isEmpty ? nil : .text(text), on: turn.actor)
    }
}
