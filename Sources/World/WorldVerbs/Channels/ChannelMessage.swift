import Basics
package import WorldModel

/// One message on a channel, as it is kept there.
///
/// ```text
///   stored    [number, time, speaker, name, text, gesture]
/// ```
package struct ChannelMessage: Equatable, Sendable, PropertyContent {
    /// Counted from 1 on each channel.
    package let number: Int
    /// In milliseconds since 1970.
    package let time: Int
    /// Who said it, by number, because a message outlives a guest.
    package let speaker: ThingID
    /// Their name as it was then.
    package let name: String
    package let text: String
    /// Whether the text goes on from the name, rather than being said.
    package let isGesture: Bool

    package init(number: Int, time: Int, speaker: ThingID, name: String, text: String, isGesture: Bool) {
        self.number = number
        self.time = time
        self.speaker = speaker
        self.name = name
        self.text = text
        self.isGesture = isGesture
    }

    package init?(_ value: Value) {
        guard case .list(let parts) = value, parts.count == 6, let number = Int(parts[0]), let time = Int(parts[1]),
            let speaker = Int(parts[2]).flatMap({ UInt64(exactly: $0) }), let name = String(parts[3]),
            let text = String(parts[4]), let isGesture = Bool(parts[5])
        else { return nil }
        self.init(
            number: number, time: time, speaker: ThingID(speaker), name: name, text: text, isGesture: isGesture)
    }

    package var value: Value {
        .list([
            .int(Int64(number)), .int(Int64(time)), .int(Int64(truncatingIfNeeded: speaker.number)), .text(name),
            .text(text), .bool(isGesture),
        ])
    }
}

/// Something a moderator did on a channel, as it is kept there.
///
/// ```text
///   stored    [time, name, deed, whom, how long or which message, why]; without the last where nothing was said
/// ```
package struct ModerationDeed: Equatable, Sendable, PropertyContent {
    package enum Kind: String, Sendable {
        case silence, release, erase, pace, topic, appoint, dismiss, guests
        case kick, ban, unban, invite, voice, unvoice, moderated, closed
    }

    /// In milliseconds since 1970.
    package let time: Int
    /// The moderator's name.
    package let moderator: String
    package let kind: Kind
    /// Whom it was done to, by name; empty when nobody.
    package let target: String
    /// Seconds of silence or between messages, or the number of a message.
    package let amount: Int
    /// Why, in the moderator's words; empty when they did not say.
    package let reason: String

    package init(
        time: Int, moderator: String, kind: Kind, target: String = "", amount: Int = 0, reason: String = ""
    ) {
        self.reason = reason
        self.time = time
        self.moderator = moderator
        self.kind = kind
        self.target = target
        self.amount = amount
    }

    package init?(_ value: Value) {
        guard case .list(let parts) = value, (5...6).contains(parts.count), let time = Int(parts[0]),
            let moderator = String(parts[1]), let kind = String(parts[2]).flatMap({ Kind(rawValue: $0) }),
            let target = String(parts[3]), let amount = Int(parts[4])
        else { return nil }
        let reason = parts.count > 5 ? String(parts[5]) ?? "" : ""
        self.init(time: time, moderator: moderator, kind: kind, target: target, amount: amount, reason: reason)
    }

    package var value: Value {
        let deed: [Value] = [
            .int(Int64(time)), .text(moderator), .text(kind.rawValue), .text(target), .int(Int64(amount)),
        ]
        return .list(reason.isEmpty ? deed : deed + [.text(reason)])
    }
}

extension Property where Content == [ModerationDeed] {
    /// Of a channel: what its moderators did, the latest last.
    package static var moderation: Self { Self(.moderation, []) }
}
