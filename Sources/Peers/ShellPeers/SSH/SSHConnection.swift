import Basics
public import ReactorCore
import SSHKeys
public import SSHWire
public import Transports

/// One SSH connection over any transport, in either role: key exchange, login, channels, keep-alives, back-pressure.
///
/// ```swift
/// let connection = SSHConnection(.server(hostKeys: keys), handler: handler, on: reactor)     // for a listener's factory
/// let connection = SSHConnection(.client(user: "ada"), handler: handler, on: reactor)        // for an endpoint
/// connection.openChannel(.session, handler: reader).whenDone { … }                           // once logged in
/// ```
///
/// What is sent on channels leaves in turns and only as far as the transport has room; control messages go ahead. While more
/// than ``SSHConnectionLimits/unreadAnswers`` octets of answers wait for the peer, nothing more is taken from it.
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: ``SSHConnectionLimits``, those of the machines, and what senders queue on their channels.
/// - SeeAlso: `ShellPeersTests/SSHConnectionTests`.
public final class SSHConnection: StreamProtocol, Producer {
    /// How it behaves.
    public let settings: SSHConnectionSettings
    let reactor: Reactor
    /// Which of both roles the handler has.
    enum Owner {
        case server(any SSHServerHandler)
        case client(any SSHClientHandler)

        var handler: any SSHHandler {
            switch self {
            case .server(let handler): handler
            case .client(let handler): handler
            }
        }
    }
    private(set) var owner: Owner?
    private(set) var transport: (any Transport)?
    /// The other end's address; still valid after the connection is lost.
    public private(set) var peer: SocketAddress?
    /// The peer's version line, cleaned; nil before it came.
    public internal(set) var peerVersion: String?
    /// What the peer said at the end, if it said goodbye; its text is cleaned.
    public internal(set) var goodbye: SSHFailure?
    /// Who is logged in, as the client spells it; nil before.
    public internal(set) var user: String?

    var ssh: SSHTransport
    var serverLogin: SSHServerLogin?
    var clientLogin: SSHClientLogin?
    var channels: SSHChannels
    /// The channels by their numbers.
    var channelsByNumber: [Int: SSHChannel] = [:]
    /// The channels whose handlers were told that the peer fell behind.
    var behind: [SSHChannel] = []
    /// Who waits for an answer of the peer's for all of the connection, the oldest first.
    var globalAnswers: [([UInt8]?) -> Void] = []

    /// Host keys that will still be proven.
    var proofsLeft = SSHConnectionLimits.proofs
    /// Whether the client has said that it opens no more sessions.
    var refusesSessions = false
    private var isDraining = false
    private var inputIsHeld = false
    var isPumping = false
    var isTransportFull = false
    var mayResume = true
    /// Octets handed to the transport since the beginning.
    var writtenCount = 0
    var lastHeardAt = MonotonicInstant.zero
    var unansweredKeepAlives = 0
    var timer: (call: DelayedCall, deadline: MonotonicInstant)?
    /// Why this end has ended the connection.
    private(set) var failure: SSHFailure?
    /// Whether nothing more is exchanged.
    public private(set) var isClosing = false

    /// Makes a server's connection that is not there yet, for a factory to give to a listener.
    ///
    /// - Parameters:
    ///   - settings: Those of a server.
    ///   - handler: Who decides, held until the connection is lost.
    ///   - reactor: Whose thread all of it happens on.
    public convenience init(_ settings: SSHConnectionSettings, handler: any SSHServerHandler, on reactor: Reactor) {
        self.init(settings, .server(handler), on: reactor)
    }

    /// Makes a client's connection that is not there yet, for an endpoint.
    ///
    /// - Parameters:
    ///   - settings: Those of a client.
    ///   - handler: Who decides, held until the connection is lost.
    ///   - reactor: Whose thread all of it happens on.
    public convenience init(_ settings: SSHConnectionSettings, handler: any SSHClientHandler, on reactor: Reactor) {
        self.init(settings, .client(handler), on: reactor)
    }

    init(_ settings: SSHConnectionSettings, _ owner: Owner, on reactor: Reactor) {
        self.settings = settings
        self.owner = owner
        self.reactor = reactor
        ssh = SSHTransport(settings: settings.transport)
        channels = SSHChannels(channelLimit: settings.channelLimit, receiveWindow: settings.receiveWindow)
    }

    /// Which end this is.
    public var role: SSHRole { settings.transport.role }

    /// What identifies the connection for signatures; nil before the first key exchange.
    public var sessionID: [UInt8]? { ssh.sessionID }

    /// Channels that exist, those being opened and closed included.
    public var channelCount: Int { channels.count }

    /// Octets on their way to the peer, as they are on the wire.
    public var bufferedByteCount: Int { (transport?.bufferedByteCount ?? 0) + ssh.queuedByteCount }

    /// Cancels what is put there when the connection is lost.
    public var scope: DeferredScope { transport?.scope ?? .makeEnded() }

    // MARK: From the transport

    /// Says which version is spoken, and tells the handler; for the transport to call, as all of this part.
    public func connectionMade(over transport: any Transport) {
        self.transport = transport
        peer = transport.peer
        lastHeardAt = reactor.now
        owner?.handler.connected(self)
        ssh.start(now: reactor.now)
        startLoginGrace()
        flush()
    }

    /// Takes what has come.
    public func dataReceived(_ bytes: Span<UInt8>) {
        if isClosing { return }
        owner?.handler.counted(received: bytes.count, sent: 0)
        ssh.receive(bytes, now: reactor.now)
        drain()
    }

    /// Tells the channels and the handler, and lets go of them.
    public func connectionLost(_ reason: DisconnectReason) {
        isClosing = true
        timer?.call.cancel()
        timer = nil
        for (_, channel) in channelsByNumber.sorted(by: { $0.key < $1.key }) { channel.connectionLost() }
        (channelsByNumber, behind) = ([:], [])
        let (last, failure) = (owner, failure)
        (owner, transport) = (nil, nil)
        let waiting = globalAnswers
        globalAnswers = []
        for answer in waiting { answer(nil) }
        last?.handler.connectionLost(failure.map { .protocolFailure($0) } ?? reason)
    }

    // MARK: Input

    /// Goes through what has come, as far as answers to it find room.
    func drain() {
        if isDraining { return }
        isDraining = true
        defer { isDraining = false }
        do throws(SSHFailure) {
            while !isClosing, !holdsInput() {
                guard let event = try ssh.nextEvent(now: reactor.now) else { break }
                try handle(event)
            }
        } catch {
            fail(error)
        }
        flush()
    }

    /// Stops taking from a peer that is answered faster than it reads.
    private func holdsInput() -> Bool {
        guard let transport, transport.bufferedByteCount > SSHConnectionLimits.unreadAnswers else { return false }
        if !inputIsHeld {
            inputIsHeld = true
            transport.pauseProducing()
        }
        return true
    }

    func releaseInput() {
        guard inputIsHeld else { return }
        inputIsHeld = false
        drain()
        if !inputIsHeld { transport?.resumeProducing() }
    }

    // MARK: Ends

    /// Says goodbye after what has been handed over, and closes.
    ///
    /// What still waits on channels, for their windows or for the transport, is not sent; who wants that closes the channel
    /// and disconnects once it is closed.
    ///
    /// - Parameters:
    ///   - reason: The number the peer is told.
    ///   - text: A sentence in English.
    ///   - limit: How long the peer may take for what is on its way; then it is cut off.
    public func disconnect(
        _ reason: SSHDisconnectReason = .byApplication, _ text: String = "", within limit: Duration = .seconds(30)
    ) {
        if isClosing { return }
        flush()
        end(within: limit) { ssh.disconnect(reason, text) }
    }

    /// Closes now.
    public func abort() {
        isClosing = true
        transport?.abortConnection()
    }

    /// Ends the connection for what the peer did.
    func fail(_ failure: SSHFailure) {
        if isClosing { return }
        self.failure = failure
        end { ssh.disconnect(failure.reason, failure.text) }
    }

    /// Takes and sends nothing more than the last words.
    func end(within limit: Duration = SSHConnectionLimits.farewell, _ farewell: () -> Void = {}) {
        if isClosing { return }
        farewell()
        isClosing = true
        timer?.call.cancel()
        timer = nil
        write()
        if isTransportFull { transport?.unregisterProducer() }
        transport?.loseConnection(within: limit)
    }

    /// Renews the keys now.
    public func renewKeys() {
        ssh.rekey(now: reactor.now)
        flush()
    }
}
