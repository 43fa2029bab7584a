import Basics
import Glibc
public import ReactorCore
public import Transports

/// Which end of the handshake a connection is.
public enum TLSRole {
    /// The one that answers, with a context chosen by the name the client asks for.
    case server(any TLSServerContextSource)

    /// The one that begins, and wants to reach a server of this name (a numeric address will do).
    case client(TLSClientContext, serverName: String)
}

/// A connection made secure: the protocol of one transport, and itself the transport of another protocol.
///
/// Give it to whatever connects or accepts; it works over any transport, another one of its kind included.
/// The protocol hears `connectionMade` at once. What it writes before the handshake is complete waits, at
/// most ``TLSLimits/earlyByteCount`` octets; ``TLSAwareProtocol`` is told when the handshake is complete.
/// What it writes while it is given data is encrypted right after that, all else at the end of the pass, so that
/// there are few records; a write that fills records of its own is encrypted at once.
///
/// | State | Protocol is given data | Moves on when |
/// | --- | --- | --- |
/// | `open` | unless paused | `loseConnection`, the peer's `close_notify`, a failure |
/// | `closing` | no | everything is encrypted and no producer is left: our `close_notify` is sent |
/// | `notified` | no | the peer's `close_notify`, or ``TLSLimits/closeAnswerWait`` passes |
/// | `ending` | no | the transport below is gone |
///
/// While it is open, each half may have ended by a `close_notify` of its own, as ``HalfCloseableProtocol`` has it.
///
/// How it ended: ``DisconnectReason/done`` only if at least one side said goodbye. A connection that just
/// stops is a ``TLSFailure/Kind/truncated`` one, in ``DisconnectReason/layerFailure(_:)`` like all of
/// this layer's failures; other reasons come from below as they are.
public final class TLSTransport: UpgradableTransport, HalfCloseableProtocol, PassFinisher {
    enum Stage: Int, Comparable {
        case open
        case closing
        case notified
        case ending
        case ended

        static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
    }

    /// Whether this side may still write.
    enum WritingHalf {
        case open
        case ending
        /// Our `close_notify` is sent.
        case ended
    }

    /// The other end's address.
    public private(set) var peer = SocketAddress.unix("")

    /// This end's address.
    public private(set) var host = SocketAddress.unix("")

    /// What the handshake has agreed on; nil until it is complete.
    public internal(set) var session: TLSSessionInformation?

    /// Whether the end has begun.
    public var isClosing: Bool { stage != .open }

    let engine: TLSEngine
    let reactor: Reactor
    let handshakeTimeout: Duration
    var lower: (any Transport)?
    var streamProtocol: (any StreamProtocol)?
    var stage = Stage.open
    var isHandshaken = false
    var hasPeerClosed = false
    /// Why the connection ends, when it is not the transport below that knows.
    var verdict: DisconnectReason?
    /// Told once, when the handshake is complete or never will be.
    var handshakeObserver: ((DisconnectReason?) -> Void)?
    /// The handshake's, then the close's.
    var timer: DelayedCall?
    var closeDeadline: MonotonicInstant?

    // Reading.
    var isReadPaused = false
    var isReading = false
    /// What takes up reading in a later pass.
    var reading: DelayedCall?
    /// Records that arrived and wait, because the protocol has paused reading or a handshake has no turn yet; at most one
    /// read of the transport below.
    var held: [UInt8] = []

    // Writing.
    var plaintext = OutboundQueue()
    /// Octets that the peer was not known to have when the connection was lost.
    var lostByteCount = 0
    var isFlushScheduled = false
    var flow: LowerFlow?
    var isLowerFull = false
    var gate = ProducerGate()
    var marks = WaterMarks.standard
    var writing = WritingHalf.open
    private var storedScope: DeferredScope?

    /// Makes the connection's end for a protocol; to be given to a transport as its protocol.
    ///
    /// - Parameters:
    ///   - role: Which end it is.
    ///   - streamProtocol: What the connection is for.
    ///   - reactor: The reactor of the transport below.
    ///   - handshakeTimeout: How long the handshake may take in all; ten seconds unless given.
    /// - Throws: ``TLSFailure`` when a client's server name is none.
    public init(
        _ role: TLSRole, protocol streamProtocol: any StreamProtocol, reactor: Reactor,
        handshakeTimeout: Duration = TLSLimits.handshakeTimeout
    ) throws(TLSFailure) {
        switch role {
        case .server(let source): engine = try TLSEngine(server: source)
        case .client(let context, let serverName): engine = try TLSEngine(client: context, serverName: serverName)
        }
        self.streamProtocol = streamProtocol
        self.reactor = reactor
        self.handshakeTimeout = handshakeTimeout
    }

    // Nothing that may outlive a connection refers to it weakly: that would make every later retain and release of it slow.
    deinit {
        timer?.cancel()
        reading?.cancel()
        flow?.owner = nil
    }

    /// The octets not yet taken by the kernel: those not encrypted yet, and those the transport below holds.
    public var bufferedByteCount: Int { plaintext.count + (lower?.bufferedByteCount ?? 0) }

    /// The octets that the peer is not known to have, those under way as records, which are a little longer.
    public var untakenByteCount: Int { lostByteCount + plaintext.count + (lower?.untakenByteCount ?? 0) }

    /// The transport that the records go over, until the connection is lost.
    public var underlying: (any Transport)? { lower }

    /// The peer's identity, as the transport below knows it.
    public var peerCredentials: PeerCredentials? { lower?.peerCredentials }

    /// When a streaming producer is paused and resumed; what waits for encryption counts, and what waits below.
    public var waterMarks: WaterMarks {
        get { marks }
        set { if stage != .ended { marks = newValue } }
    }

    /// Owns what goes on for the secure connection, and ends when the protocol has heard of its loss.
    public var scope: DeferredScope {
        guard stage != .ended else { return .makeEnded() }
        if let storedScope { return storedScope }
        let made = DeferredScope()
        storedScope = made
        return made
    }

    /// Sets an option of the socket below.
    public func setOption(_ option: StreamOption) throws(SystemFailure) {
        guard stage < .ending, let lower else { throw SystemFailure(code: ENOTCONN, call: "setsockopt") }
        try lower.setOption(option)
    }

    // MARK: The transport below

    /// The transport below is connected: tells the protocol, and begins the handshake if this is the end that begins it.
    public func connectionMade(over transport: any Transport) {
        lower = transport
        peer = transport.peer
        host = transport.host
        timer = reactor.callLater(handshakeTimeout) { [unowned self] in handshakeTimedOut() }
        do {
            try streamProtocol?.connectionMade(over: self)
        } catch {
            protocolFailed(error)
        }
        // A server has nothing to say yet, and OpenSSL would take 33 KiB of buffers for a peer that may stay silent.
        if stage < .ending, engine.speaksFirst { _ = shakeHands() }
    }

    /// The transport below is gone: tells the protocol why.
    public func connectionLost(_ reason: DisconnectReason) {
        guard stage != .ended else { return }
        let final = verdict ?? explained(reason)
        let (lastProtocol, lastProducer, observer) = (streamProtocol, gate.remove(), handshakeObserver)
        stage = .ended
        timer?.cancel()
        timer = nil
        lostByteCount += plaintext.count + (lower?.untakenByteCount ?? 0)
        lower = nil
        flow?.owner = nil
        flow = nil
        streamProtocol = nil
        handshakeObserver = nil
        plaintext.removeAll()
        held = []
        lastProducer?.stopProducing()
        lastProtocol?.connectionLost(final)
        observer?(final)
        storedScope?.end()
        storedScope = nil
    }

    /// An end that looks orderly from below may not be so for us.
    private func explained(_ reason: DisconnectReason) -> DisconnectReason {
        guard case .done = reason else { return reason }
        if hasPeerClosed || stage >= .notified { return .done }
        if isHandshaken { return .layerFailure(TLSFailure(.truncated, "the connection ended without close_notify")) }
        if stage == .closing { return .done }
        return .layerFailure(TLSFailure(.handshakeInterrupted, "the peer went away during the handshake"))
    }

    // MARK: Handshake

    /// Takes the handshake a step further; true once it is complete and there may be data.
    func shakeHands() -> Bool {
        let outcome = engine.shakeHands()
        forwardOutput()
        switch outcome {
        case .complete: return handshakeIsComplete()
        case .wantsInput: return false
        case .closedByPeer:
            fail(.layerFailure(TLSFailure(.handshakeInterrupted, "the peer closed during the handshake")))
        case .failed(let failure): fail(.layerFailure(failure))
        }
        return false
    }

    private func handshakeIsComplete() -> Bool {
        isHandshaken = true
        if stage == .open {
            timer?.cancel()
            timer = nil
        }
        let information = engine.sessionInformation()
        session = information
        if isReadPaused, stage == .open { lower?.pauseProducing() }
        scheduleFlush()
        if stage == .open, let aware = streamProtocol as? any TLSAwareProtocol {
            do {
                try aware.handshakeCompleted(information)
            } catch {
                protocolFailed(error)
            }
        }
        guard stage < .ending else { return false }
        let observer = handshakeObserver
        handshakeObserver = nil
        observer?(nil)
        return stage < .ending
    }

    private func handshakeTimedOut() {
        let failure = TLSFailure(.handshakeTimedOut, "the handshake took longer than \(handshakeTimeout)")
        cutOff(.layerFailure(failure))
    }

    // MARK: Upgrading

    /// Gives the connection to another protocol, by the rules of ``UpgradableTransport``.
    public func replaceProtocol(with newProtocol: any StreamProtocol) throws {
        guard gate.isEmpty else { throw TransportMisuse.producerRegisteredTwice }
        guard stage != .ended else { return }
        streamProtocol = newProtocol
    }
}
