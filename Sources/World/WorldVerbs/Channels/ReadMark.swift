import Basics
package import WorldLanguage
package import WorldModel

/// Up to when somebody has read a conversation, kept with their account, so that all their clients know.
package enum ReadMark {
    /// Conversations of one account at most; the one read longest ago makes room.
    package static let most = 100
    /// Of a conversation's name, in octets.
    package static let longestName = 64

    /// Up to when somebody has read a conversation.
    ///
    /// - Parameters:
    ///   - name: The conversation's name, as the door has it.
    ///   - persona: Whose.
    ///   - world: The world of both.
    /// - Returns: In milliseconds since 1970; nil when it was never said.
    package static func time(of name: String, for persona: Thing, _ world: World) -> Int? {
        world.holder(of: persona)[.readMarks][name.folded]
    }

    /// Notes up to when the actor has read a conversation; it never goes back.
    ///
    /// - Parameters:
    ///   - time: In milliseconds since 1970.
    ///   - name: The conversation's name, as the door has it.
    ///   - turn: Whose actor has read it.
    /// - Returns: Up to when they have read it now.
    /// - Throws: A refusal when the name is too long.
    package static func set(_ time: Int, of name: String, _ turn: Turn) throws -> Int {
        let holder = turn.world.holder(of: turn.actor)
        let name = name.folded
        if name.isEmpty || name.utf8.count > longestName { throw turn.refusal("That is no conversation.", .tooLong) }
        var marks = holder[.readMarks]
        if let known = marks[name], known >= time { return known }
        if marks[name] == nil, marks.count >= most,
            let oldest = marks.min(by: { ($0.value, $0.key) < ($1.value, $1.key) })
        {
            marks[oldest.key] = nil
        }
        marks[name] = time
        turn.world.set(.readMarks, to: marks, on: holder)
        return time
    }
}
