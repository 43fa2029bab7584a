/// Where a message comes from: a server, or a client with its nick, user name and host.
///
/// ```text
///   irc.example.com
///   nick!user@host        user and host are optional
/// ```
///
/// - Isolation: none; a value type.
/// - Source: RFC 2812 §2.3.1; Modern IRC "Source".
/// - SeeAlso: `IRCWireTests/IRCSourceTests`.
public struct IRCSource: Hashable, Sendable {
    /// The nick, or the server's name.
    public let name: String
    /// The user name; nil for a server.
    public let user: String?
    /// The host; nil for a server.
    public let host: String?

    /// Makes the source of a client or server; octets that can't stand in a source become `?`.
    public init(_ name: String, user: String? = nil, host: String? = nil) {
        self.name = Self.clean(name)
        self.user = user.map(Self.clean)
        self.host = host.map(Self.clean)
    }

    /// Makes the source of a server.
    public static func server(_ name: String) -> IRCSource { IRCSource(name) }

    /// Reads what stands between the colon and the space; never fails.
    public init(parsing text: String) {
        var rest = text[...]
        var (user, host): (String?, String?)
        if let at = rest.utf8.lastIndex(of: UInt8(ascii: "@")) {
            host = String(rest[rest.utf8.index(after: at)...])
            rest = rest[..<at]
        }
        if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "!")) {
            user = String(rest[rest.utf8.index(after: mark)...])
            rest = rest[..<mark]
        }
        self.init(String(rest), user: user, host: host)
    }

    /// The source as it stands in a line, without the colon.
    public var text: String {
        var text = name
        if let user { text += "!" + user }
        if let host { text += "@" + host }
        return text
    }

    /// Octets of ``text``.
    public var octetCount: Int {
        name.utf8.count + (user.map { $0.utf8.count + 1 } ?? 0) + (host.map { $0.utf8.count + 1 } ?? 0)
    }

    private static func clean(_ text: String) -> String {
        guard text.utf8.contains(where: isForbidden) else { return text }
        return String(decoding: text.utf8.map { isForbidden($0) ? UInt8(ascii: "?") : $0 }, as: UTF8.self)
    }

    private static func isForbidden(_ octet: UInt8) -> Bool { octet == 0x20 || IRCParameter.isForbidden(octet) }
}

extension IRCSource: CustomStringConvertible {
    /// The source as it stands in a line.
    public var description: String { text }
}
