public import Basics

/// What a `WHOIS` tells of a person; what is nil, false or empty is not told.
public struct IRCWhoisPerson: Hashable, Sendable {
    /// The nick.
    public var nick: IRCParameter
    /// The user's name.
    public var user: IRCParameter
    /// The host that others see.
    public var host: IRCParameter
    /// What the person calls itself.
    public var realName: IRCParameter
    /// The server's name.
    public var server: IRCParameter
    /// What the server says of itself.
    public var serverDescription: IRCParameter
    /// The account.
    public var account: IRCParameter?
    /// Whether the nick is the account's.
    public var isNickOwner = false
    /// The channels that the one who asks may see, each with the prefixes of the person's ranks there.
    public var channels: [IRCParameter] = []
    /// What the person said when going away.
    public var awayText: IRCParameter?
    /// Whether an operator of the server.
    public var isOperator = false
    /// Whether a bot.
    public var isBot = false
    /// Whether connected by TLS.
    public var isSecure = false
    /// The fingerprint of the client's certificate; for the person itself and operators.
    public var certificateFingerprint: IRCParameter?
    /// Where the person connects from; for the person itself and operators.
    public var realHost: IRCParameter?
    /// The person's modes; for the person itself and operators.
    public var modes: IRCParameter?
    /// Seconds since the person last said something; told with ``signedOn`` only.
    public var idle: Int?
    /// When the person connected.
    public var signedOn: WallInstant?
    /// Other lines (320).
    public var notes: [IRCParameter] = []

    /// Makes a person of whom little is known.
    public init(
        nick: IRCParameter, user: IRCParameter, host: IRCParameter, realName: IRCParameter, server: IRCParameter,
        serverDescription: IRCParameter
    ) {
        self.nick = nick
        self.user = user
        self.host = host
        self.realName = realName
        self.server = server
        self.serverDescription = serverDescription
    }
}
