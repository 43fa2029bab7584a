import Basics
package import WorldModel

/// What somebody was told while they were away.
///
/// ```text
///   stored    [time, teller, name, text, read]
/// ```
package struct KeptTell: Equatable, Sendable, PropertyContent {
    /// How many are kept for one person; those that were read make room for new ones.
    package static let most = 50
    /// How many of them one teller may leave unread, so that nobody fills somebody's memory alone.
    package static let mostOfOne = 10
    /// In octets.
    package static let longestText = 600

    /// In milliseconds since 1970.
    package let time: Int
    /// Who told it, by number.
    package let teller: ThingID
    /// Their name as it was then.
    package let name: String
    package let text: String
    package var isRead: Bool

    package init(time: Int, teller: ThingID, name: String, text: String, isRead: Bool = false) {
        self.time = time
        self.teller = teller
        self.name = name
        self.text = text
        self.isRead = isRead
    }

    package init?(_ value: Value) {
        guard case .list(let parts) = value, parts.count == 5, let time = Int(parts[0]),
            let teller = Int(parts[1]).flatMap({ UInt64(exactly: $0) }), let name = String(parts[2]),
            let text = String(parts[3]), let isRead = Bool(parts[4])
        else { return nil }
        self.init(time: time, teller: ThingID(teller), name: name, text: text, isRead: isRead)
    }

    package var value: Value {
        .list([
            .int(Int64(time)), .int(Int64(truncatingIfNeeded: teller.number)), .text(name), .text(text), .bool(isRead),
        ])
    }
}

extension Property where Content == [KeptTell] {
    /// Of a player: what they were told while away, the latest last.
    package static var tells: Self { Self(.tells, []) }
}
