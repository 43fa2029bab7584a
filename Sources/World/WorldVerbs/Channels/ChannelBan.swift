package import WorldModel

/// Whom moderators keep from a channel, as it is kept there.
///
/// ```text
///   stored    [pattern, until when, moderator, since when]
/// ```
package struct ChannelBan: Equatable, Sendable, PropertyContent {
    /// Names of characters or accounts.
    package let pattern: NamePattern
    /// In milliseconds since 1970; 0 is without an end.
    package let end: Int
    /// The moderator's name.
    package let moderator: String
    /// In milliseconds since 1970.
    package let time: Int

    package init(pattern: NamePattern, end: Int, moderator: String, time: Int) {
        self.pattern = pattern
        self.end = end
        self.moderator = moderator
        self.time = time
    }

    package init?(_ value: Value) {
        guard case .list(let parts) = value, parts.count == 4,
            let pattern = String(parts[0]).flatMap({ NamePattern($0) }), let end = Int(parts[1]),
            let moderator = String(parts[2]), let time = Int(parts[3])
        else { return nil }
        self.init(pattern: pattern, end: end, moderator: moderator, time: time)
    }

    package var value: Value {
        .list([.text(pattern.text), .int(Int64(end)), .text(moderator), .int(Int64(time))])
    }
}

extension Property where Content == [ChannelBan] {
    /// Of a channel: whom moderators keep from it, the latest last.
    package static var banned: Self { Self(.banned, []) }
}
