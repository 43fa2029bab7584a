public import IRCWire
public import ReactorCore
public import Transports

/// What stands behind the connections of an ``IRCServer``: a network in memory, or a game.
///
/// ```text
///   octets → IRCServerConnection → IRCRequest → handle(_:from:)
///                                ← send(_:), reply(_:), respond later by deferResponse()
/// ```
///
/// The connection sees to lines, registration, `CAP`, `AUTHENTICATE`, `PING`, `PONG`, `QUIT`, unknown commands, missing
/// parameters, pace, labels and the end; the house hears of nothing else but requests that are complete and allowed in
/// their place.
///
/// | Call | When |
/// | --- | --- |
/// | ``nickRequested(_:by:)`` | `NICK` before the client is registered |
/// | ``makeExchange(_:for:)`` | `AUTHENTICATE`, before or after |
/// | ``register(_:)`` | `NICK` and `USER` are there and nothing else is under way |
/// | ``registered(_:)`` | 001 to 005 have been sent |
/// | ``handle(_:from:)`` | every later request |
/// | ``lost(_:ending:)`` | once for each connection, at its end |
///
/// - Isolation: belongs to the reactor's thread.
public protocol IRCHouse: AnyObject {
    /// What the greeting says of the server.
    var facts: IRCServerFacts { get }

    /// How many targets one request may name.
    var targetLimits: IRCTargetLimits { get }

    /// A server has been made for the house, which is to be kept weakly: it has the clock and the connections.
    func attached(to server: IRCServer)

    /// Whether a new peer may connect at all; asked before a connection is made for it.
    func admit(_ peer: SocketAddress) -> IRCAdmission

    /// What the house serves of ``IRCCapability``; what the connection serves by itself is added to it.
    ///
    /// Asked when a client lists or asks for capabilities; may differ from client to client.
    func capabilities(for connection: IRCServerConnection) -> IRCCapabilitySet

    /// Whether ``handle(_:from:)`` takes `REGISTER` and `VERIFY` of a client that is not registered yet.
    var takesAccountsEarly: Bool { get }

    /// What stands behind a capability's name, as limits do; nil for nothing.
    func value(of capability: IRCCapability) -> String?

    /// The SASL mechanisms a client is told of, the best first; none, and `sasl` is not offered.
    func mechanisms(for connection: IRCServerConnection) -> [String]

    /// Begins to log a client in by SASL.
    ///
    /// - Returns: Nil for a mechanism that is not offered.
    func makeExchange(_ mechanism: String, for connection: IRCServerConnection) -> (any IRCSASLExchange)?

    /// Whether a client that is not registered may have a nick; keeping it for the client meanwhile is the house's choice.
    ///
    /// - Returns: Nil when it may; otherwise what it is told, such as 432 or 433.
    func nickRequested(_ nick: String, by connection: IRCServerConnection) -> IRCReply?

    /// Decides on a client that has said who it is: ``IRCServerConnection/registration`` has it all.
    ///
    /// Until the answer is there nothing more is taken from the client. One that goes away cancels it.
    func register(_ connection: IRCServerConnection) -> Deferred<IRCRegistrationVerdict>

    /// The client has been greeted: the place for LUSERS, the message of the day, and what it shall hear first.
    func registered(_ connection: IRCServerConnection)

    /// Does what a registered client wants; its answers go out by `connection`.
    ///
    /// `PING` comes here only behind a ``IRCServerConnection/gate``: programs take its answer for a sign that all before it is done.
    ///
    /// - Parameters:
    ///   - request: What it wants, complete.
    ///   - connection: The client.
    func handle(_ request: IRCRequest, from connection: IRCServerConnection)

    /// A registered client has logged in anew or out: ``IRCServerConnection/account`` says as whom.
    func accountChanged(of connection: IRCServerConnection)

    /// A registered client has other capabilities than before.
    func capabilitiesChanged(of connection: IRCServerConnection)

    /// More than ``IRCServerSettings/comfort`` octets wait for the client; until ``caughtUp(_:)`` less should be sent.
    func fellBehind(_ connection: IRCServerConnection)

    /// The client has read what waited.
    func caughtUp(_ connection: IRCServerConnection)

    /// The connection has ended; called once, also for one that was never registered.
    ///
    /// - Parameters:
    ///   - connection: Which; it takes no more output.
    ///   - ending: How, and what others are told.
    func lost(_ connection: IRCServerConnection, ending: IRCEnding)
}

extension IRCHouse {
    /// The usual ones.
    public var targetLimits: IRCTargetLimits { IRCTargetLimits() }
    /// It does not.
    public var takesAccountsEarly: Bool { false }
    /// Nothing: a house that needs its server finds it at each connection, too.
    public func attached(to server: IRCServer) {}
    /// Admits everybody.
    public func admit(_ peer: SocketAddress) -> IRCAdmission { .admitted() }
    /// Nothing.
    public func value(of capability: IRCCapability) -> String? { nil }
    /// Nothing.
    public func accountChanged(of connection: IRCServerConnection) {}
    /// Nothing.
    public func capabilitiesChanged(of connection: IRCServerConnection) {}
    /// Nothing.
    public func fellBehind(_ connection: IRCServerConnection) {}
    /// Nothing.
    public func caughtUp(_ connection: IRCServerConnection) {}
}

/// What a house says to a new peer.
public enum IRCAdmission {
    /// It may connect; the object becomes the connection's ``IRCServerConnection/occupant``.
    case admitted(occupant: AnyObject? = nil)
    /// It may not, and is told so by an `ERROR`.
    case refused(String)
}

/// What a server says of itself when it greets a client: 001 to 005.
public struct IRCServerFacts: Hashable, Sendable {
    /// The network's name.
    public var network: String
    /// The program and its version, without spaces.
    public var version: String
    /// When the server was started, in words.
    public var created: String
    /// The letters of user modes.
    public var userModes: String
    /// The letters of channel modes.
    public var channelModes: String
    /// Those of them that take a parameter.
    public var channelModesWithParameter: String
    /// What 005 says.
    public var support: IRCISupport

    /// Makes facts.
    public init(
        network: String, version: String, created: String, userModes: String = "iow", channelModes: String = "",
        channelModesWithParameter: String = "", support: IRCISupport = IRCISupport()
    ) {
        self.network = network
        self.version = version
        self.created = created
        self.userModes = userModes
        self.channelModes = channelModes
        self.channelModesWithParameter = channelModesWithParameter
        self.support = support
    }
}

/// What a client has said of itself before it is registered.
public struct IRCRegistration: Sendable {
    /// The nick it wants; nil before `NICK`, and after a nick was refused.
    public internal(set) var nick: String?
    /// The user name it says it has; nil before `USER`.
    public internal(set) var user: String?
    /// The words it says about itself.
    public internal(set) var realName = ""
    /// What `PASS` had, as it was sent; a house may take `account:password` for a login.
    public internal(set) var password: String?
}

/// What a house says to a client that wants to be registered.
public enum IRCRegistrationVerdict {
    /// It is in, under these names.
    case accepted(nick: String, user: String, host: String)
    /// Another nick is needed; the client is told this, and may try again.
    case nickRefused(IRCReply)
    /// It may not come in: it is told this, if anything, and with the words as an `ERROR` it is closed.
    case refused(IRCReply?, words: String)
}
