/// A member of a channel as `NAMES` shows one.
///
/// ```text
///   @+alice!al@host.example     multi-prefix and userhost-in-names
///   @alice                      without either
/// ```
public struct IRCMemberName: Hashable, Sendable {
    /// The prefixes of the member's ranks, highest first.
    public var prefixes: String
    /// The nick.
    public var nick: String
    /// `user@host` where the client knows userhost-in-names.
    public var userHost: String?

    /// Makes a member's name.
    public init(prefixes: String = "", nick: String, userHost: String? = nil) {
        self.prefixes = prefixes
        self.nick = nick
        self.userHost = userHost
    }

    /// Reads a word of a 353.
    ///
    /// - Parameters:
    ///   - word: The word.
    ///   - known: The prefixes that the server says it has.
    public init(parsing word: some StringProtocol, known: String = "~&@%+") {
        let prefixes = word.prefix { known.contains($0) }
        let rest = word.dropFirst(prefixes.count)
        let mark = rest.firstIndex(of: "!")
        self.init(
            prefixes: String(prefixes), nick: String(rest[..<(mark ?? rest.endIndex)]),
            userHost: mark.map { String(rest[rest.index(after: $0)...]) })
    }

    /// The member's name as it stands in the list.
    public var text: String { prefixes + nick + (userHost.map { "!" + $0 } ?? "") }
}
