public import IRCWire

/// A channel that a client is to be on, as often as it connects.
public struct IRCClientChannel: Hashable, Sendable, CustomStringConvertible {
    /// The name with its first character, as `#mud`.
    public var name: String
    /// The key that the channel is opened with; nil for none.
    public var key: String?

    /// Names a channel.
    public init(_ name: String, key: String? = nil) {
        self.name = name
        self.key = key
    }

    /// The name alone, so that no log shows a key.
    public var description: String { name }
}

/// Who a client is and how it behaves.
///
/// ```swift
/// var settings = IRCClientSettings(nick: "Heron")
/// settings.login = .password(name: "heron", password: secret)
/// settings.channels = [IRCClientChannel("#mud")]
/// ```
public struct IRCClientSettings: Sendable {
    /// The nick that the client would like to have.
    public var nick: String
    /// What it takes when that is not free, in this order; after those the nick with `_` behind it, three times at most.
    public var otherNicks: [String] = []
    /// The name of the user, which a server shows when it cannot find out a better one.
    public var user: String
    /// What WHOIS shows of the client.
    public var realName: String
    /// The password of the server, sent as PASS; nil for none.
    public var serverPassword: String?
    /// Whose account it uses; nil for none.
    public var login: IRCClientLogin?
    /// Whether a login that fails ends the connection, or the client goes on without an account.
    public var needsLogin = true
    /// The channels it is on, whenever it is connected; more can be joined later.
    public var channels: [IRCClientChannel] = []
    /// Whether the client marks itself as a program where the server has a mode for that (ISUPPORT `BOT`).
    public var isBot = false
    /// The capabilities that are asked for, where the server offers them.
    public var capabilities = Self.usualCapabilities
    /// How fast it sends.
    public var pace = IRCPace.ofClients

    /// How long the server may take from the connection to the welcome.
    public var registrationLimit = Duration.seconds(60)
    /// How long the server may be silent before it is asked whether it is there; and again for its answer.
    public var heartbeat = Duration.seconds(60)
    /// How long an answer to a request may take.
    public var requestLimit = Duration.seconds(60)
    /// What CTCP VERSION is answered with; nil leaves every CTCP query unanswered.
    public var version: String? = "mudd"

    /// Makes settings whose user and real name are the nick.
    public init(nick: String, user: String? = nil, realName: String? = nil) {
        self.nick = nick
        self.user = user ?? nick
        self.realName = realName ?? nick
    }

    /// What the client understands.
    public static let usualCapabilities: IRCCapabilitySet = [
        .accountNotify, .accountTag, .awayNotify, .batch, .capNotify, .chghost, .chathistory, .echoMessage,
        .eventPlayback, .extendedJoin, .extendedMonitor, .inviteNotify, .labeledResponse, .messageTags, .multiPrefix,
        .multiline, .readMarker, .sasl, .serverTime, .setname, .standardReplies, .userhostInNames,
    ]
}
