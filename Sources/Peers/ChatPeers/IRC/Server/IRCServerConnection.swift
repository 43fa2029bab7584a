import Basics
public import IRCWire
import ReactorCore
public import TransportTLS
public import Transports

/// One client of an ``IRCServer`` over any transport: lines, registration, capabilities, login, labels, pace, output, end.
///
/// | Stage | Takes | Moves to |
/// | --- | --- | --- |
/// | registering | `CAP`, `PASS`, `NICK`, `USER`, `AUTHENTICATE`, `PING`, `QUIT` | registered, when the house accepts |
/// | registered | everything | ended |
/// | ended | nothing | — |
///
/// What the house sends is written at the end of the pass, once. While it handles a request that came with a label, all that is
/// sent to the same connection is the answer to it.
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: ``IRCServerSettings``, and those of the wire.
/// - SeeAlso: `ChatPeersTests/IRCServerConnectionTests`.
public final class IRCServerConnection: TLSAwareProtocol, Producer {
    enum Stage: UInt8 {
        case registering
        case registered
        case ended
    }

    /// Why nothing is taken from the client.
    struct Holds: OptionSet {
        let rawValue: UInt8
        static let pace = Holds(rawValue: 1)
        static let output = Holds(rawValue: 2)
        static let answer = Holds(rawValue: 4)
        static let house = Holds(rawValue: 8)
    }

    /// The server it belongs to.
    public let server: IRCServer
    /// The other end's address.
    public let peer: SocketAddress
    /// The house's own object for this client: whatever it likes to find again without looking it up.
    public var occupant: AnyObject?
    /// Where everything finished is handed to instead of to the transport, in order.
    ///
    /// What belongs to no turn of a game is not: `PING`, `CAP`, `ERROR`, and what goes before registration. See ``transmit(_:)``.
    public var gate: ((_ octets: [UInt8]) -> Void)?
    /// The account the client is logged into; nil for none.
    public var account: String?
    /// Whether requests are taken as fast as they come, as from operators.
    public var isExemptFromPace = false

    /// The name the client goes by, `*` before it has one.
    @exclusivity(unchecked) public private(set) var nick = "*"
    /// Its user name, as others see it.
    public private(set) var user = "*"
    /// Its host, as others see it.
    public private(set) var host: String
    /// What the client said before it was registered; nil afterwards.
    public var registration: IRCRegistration? { newcomer?.registration }
    /// Whether it has been greeted.
    public var isRegistered: Bool { stage == .registered }
    /// Whether nothing more is taken or sent.
    public var isEnded: Bool { stage == .ended }
    /// The TLS session; nil for a connection in clear.
    public private(set) var security: IRCConnectionSecurity?

    var negotiation = IRCCapabilityNegotiation()
    /// What tags it is sent.
    @exclusivity(unchecked) public internal(set) var tagSet: IRCTagSet = []

    @exclusivity(unchecked) private(set) var transport: (any Transport)?
    /// What this pass has written.
    // Nothing that is called while one of these changes comes back to it, and checking that takes a tenth of all time.
    @exclusivity(unchecked) var pending: [UInt8] = []
    @exclusivity(unchecked) var framer = IRCLineFramer(from: .client)
    /// What matters only until the client is registered.
    @exclusivity(unchecked) var newcomer: IRCNewcomer?
    /// The login under way.
    var login: IRCLogin?
    /// The answer that is being gathered.
    @exclusivity(unchecked) var response: IRCResponse?
    @exclusivity(unchecked) var stage = Stage.registering
    @exclusivity(unchecked) var holds: Holds = []
    @exclusivity(unchecked) var isDraining = false
    /// Octets of answers to its own requests that may wait, since less than ``IRCServerSettings/comfort`` waited.
    @exclusivity(unchecked) var answeredByteCount = 0
    var isWaitingForRoom = false
    var isRegisteringProducer = false
    var isOverflowing = false
    /// Whether the house was told so.
    var isBehind = false
    var pace = IRCPaceMeter()
    var paceTimer: DelayedCall?
    @exclusivity(unchecked) var lastHeardAt = MonotonicInstant.zero
    @exclusivity(unchecked) private var wasPinged = false
    var failedLogins = 0
    var batchCount: UInt32 = 0
    /// The batches the client sends; nil until it begins the first one.
    @exclusivity(unchecked) var multiline: IRCMultilineIntake?
    /// Whether the line that is being handled went into the batch that is open, or ended it: no request of its own.
    @exclusivity(unchecked) var isInsideBatch = false
    /// Its place in the server's list.
    var place = -1

    init(server: IRCServer, peer: SocketAddress, occupant: AnyObject?) {
        self.server = server
        self.peer = peer
        self.occupant = occupant
        host = peer.host
        newcomer = IRCNewcomer()
    }

    var settings: IRCServerSettings { server.settings }
    var house: any IRCHouse { server.house }

    // MARK: From the transport

    /// Begins; for the transport to call, as all of this part.
    public func connectionMade(over transport: any Transport) {
        self.transport = transport
        lastHeardAt = server.now
        newcomer?.deadline = server.now.advanced(by: settings.registrationLimit)
        server.enrol(self)
    }

    /// Notes how the connection is secured.
    public func handshakeCompleted(_ session: TLSSessionInformation) {
        security = IRCConnectionSecurity(session)
    }

    /// Takes what has come.
    public func dataReceived(_ bytes: Span<UInt8>) {
        if stage == .ended { return }
        server.counted(bytes.count, 0)
        lastHeardAt = server.now
        wasPinged = false
        // A greeting of TLS has no line end to wait for.
        if newcomer?.lineCount == 0, framer.bufferedCount == 0, bytes[0] == IRCForeignGreeting.tls { return abort() }
        framer.receive(bytes)
        drain()
    }

    /// Tells the house.
    public func connectionLost(_ reason: DisconnectReason) {
        finish(.broken)
        transport = nil
        pending = []
        gate = nil
    }

    // MARK: Time

    /// Ends what takes too long, and asks the silent whether they are there.
    func timePassed(_ now: MonotonicInstant) {
        if let newcomer, stage == .registering {
            if now >= newcomer.deadline { close("Registration timed out") }
            return
        }
        let silence = lastHeardAt.duration(to: now)
        if silence >= settings.pingInterval + settings.pingInterval, wasPinged {
            close("Ping timeout: \(silence.components.seconds) seconds")
        } else if silence >= settings.pingInterval, !wasPinged {
            wasPinged = true
            sendNow(.ping(token: IRCParameter(cleaning: settings.name)))
        }
    }

    /// How long the client has been silent.
    public var silence: Duration { lastHeardAt.duration(to: server.now) }

    // MARK: Names

    /// Gives the client other names; telling others is the house's business.
    public func rename(nick: String? = nil, user: String? = nil, host: String? = nil) {
        if let nick { self.nick = nick }
        if let user { self.user = user }
        if let host { self.host = host }
    }

    /// What it goes by in what passes the gate by: a name that waits at the gate would be told before its time.
    var ungatedNick: IRCParameter { gate == nil ? IRCParameter(cleaning: nick) : .star }

    /// What stands before the client's lines.
    public var source: IRCSource { IRCSource(nick, user: user, host: host) }

    // MARK: The end

    /// Sends `ERROR` with the words, and closes; the house is told that the client is gone.
    ///
    /// - Parameters:
    ///   - words: What the client is told.
    ///   - ending: What the house is told; nil is that it was closed, with the same words.
    public func close(_ words: String, ending: IRCEnding? = nil) {
        if stage == .ended { return }
        response?.end()
        response = nil
        let who = gate == nil ? "\(user)@\(host)" : "*@\(peer.host)"
        sendNow(.error(IRCParameter(cleaning: "Closing link: (\(who)) [\(words)]")))
        finish(ending ?? .closed(words))
        flush()
        transport?.loseConnection(within: settings.farewell)
    }

    /// Closes at once, without a word.
    public func abort() {
        finish(.broken)
        transport?.abortConnection()
    }

    /// Takes and sends nothing more, and tells the house, once.
    private func finish(_ ending: IRCEnding) {
        if stage == .ended { return }
        stage = .ended
        paceTimer?.cancel()
        paceTimer = nil
        if isWaitingForRoom {
            isWaitingForRoom = false
            transport?.unregisterProducer()
        }
        login?.cancel()
        login = nil
        response = nil
        newcomer?.verdict?.cancel()
        newcomer = nil
        server.strike(self)
        house.lost(self, ending: ending)
    }
}
