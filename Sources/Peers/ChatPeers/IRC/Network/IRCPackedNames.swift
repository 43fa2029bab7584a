import IRCWire

/// The members of a channel as NAMES tells them, packed into texts once for all who ask in the same form.
///
/// - SeeAlso: `ChatPeersTests/IRCPackedNamesTests`.
struct IRCPackedNames {
    /// What a client has agreed to see.
    struct Form: Hashable {
        /// All prefixes of a member, not only the highest.
        var allPrefixes: Bool
        /// `nick!user@host` instead of the nick.
        var fullSources: Bool
    }

    let form: Form
    /// Octets of one text.
    private let room: Int
    private var full: [IRCParameter] = []
    private var open: [UInt8] = []

    init(_ form: Form, room: Int) {
        (self.form, self.room) = (form, max(64, room))
    }

    /// The texts that are full, and the one that has room for more.
    var all: [IRCParameter] { open.isEmpty ? full : full + [Self.parameter(open)] }

    mutating func add(_ member: IRCChannel.Member) {
        let start = open.count
        if start > 0 { open.append(0x20) }
        open.append(contentsOf: member.rank.prefixes(all: form.allPrefixes).utf8)
        open.append(contentsOf: (form.fullSources ? member.user.source.text : member.user.nick.text).utf8)
        guard open.count > room, start > 0 else { return }
        let moved = Array(open[(start + 1)...])
        open.removeSubrange(start...)
        full.append(Self.parameter(open))
        open = moved
    }

    private static func parameter(_ octets: [UInt8]) -> IRCParameter {
        IRCParameter(cleaning: String(decoding: octets, as: UTF8.self))
    }
}
