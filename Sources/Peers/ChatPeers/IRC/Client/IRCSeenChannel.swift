/// Somebody on a channel, as a client sees them.
public struct IRCSeenMember: Hashable, Sendable {
    /// The nick as they write it.
    public var nick: String
    /// The letters of what they are on the channel, such as `o` and `v`, the highest first.
    public var modes = ""
    /// The user name; nil until the server tells it.
    public var user: String?
    /// The host; nil until the server tells it.
    public var host: String?
    /// The account they are logged in to; nil for none, or when the server does not tell.
    public var account: String?
    /// Whether they are away, as far as the server tells (`away-notify`).
    public var isAway = false

    /// Makes a member of whom only the nick is known.
    public init(nick: String) { self.nick = nick }
}

/// A channel that a client is on, as it sees it.
public struct IRCSeenChannel: Hashable, Sendable {
    /// The name as the server writes it.
    public let name: String
    /// The topic; nil when there is none, or before the server has told.
    public internal(set) var topic: String?
    /// Who set the topic, as the server tells; nil when it does not.
    public internal(set) var topicSetter: String?
    /// The channel's own modes with their parameters, empty for those that have none; lists, as of bans, are not kept.
    public internal(set) var modes: [Character: String] = [:]
    /// The members by their nicks in the server's case mapping; see ``IRCNetworkView/member(_:on:)``.
    public internal(set) var members: [String: IRCSeenMember] = [:]
    /// Whether all members that were there at the join are known.
    public internal(set) var isComplete = false

    init(name: String) { self.name = name }
}
