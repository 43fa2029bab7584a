public import ReactorCore
public import Transports

/// A connection without a socket: the test is the peer.
///
/// It keeps the contract of a real transport. What ends the connection never calls the protocol inside
/// the call that asked for it: with a reactor the protocol hears of it at the end of the pass (an
/// abort: in a later pass), without one when the outermost of ``connect(_:)``, ``deliver(_:)-([UInt8])``,
/// ``loseFromPeer(_:)``, ``drain()`` and ``settle()`` returns.
///
/// Unless ``isPeerReading`` is false, the peer takes all octets at once.
public final class MemoryTransport: UpgradableTransport {
    private enum State {
        case open
        case closing
        case ended
    }

    /// The pretended address of the peer.
    public let peer: SocketAddress

    /// The pretended address of this end.
    public let host: SocketAddress

    /// The pretended identity of the peer.
    public var peerCredentials: (uid: UInt32, gid: UInt32, pid: Int32)?

    /// False makes written octets wait in the buffer, as a peer does that has stopped reading.
    public var isPeerReading = true {
        didSet { if isPeerReading { drain() } }
    }

    /// Why the connection ended, once the protocol has been told.
    public private(set) var lostReason: DisconnectReason?

    /// Whether the protocol has asked to read nothing for now.
    public private(set) var isReadingPaused = false

    private let reactor: Reactor?
    private var state = State.open
    private var streamProtocol: (any StreamProtocol)?
    private var taken: [UInt8] = []
    private var buffered: [UInt8] = []
    private var undelivered: [UInt8] = []
    private var producer: (any Producer)?
    private var isStreaming = false
    private var isProducerPaused = false
    private var pendingEnd: DisconnectReason?
    private var deadline: DelayedCall?
    private var depth = 0

    /// Makes a transport that is not connected yet.
    public init(
        peer: SocketAddress = .ipv4(.loopback, port: 50_000), host: SocketAddress = .ipv4(.loopback, port: 4000),
        reactor: Reactor? = nil
    ) {
        self.peer = peer
        self.host = host
        self.reactor = reactor
    }

    // MARK: The peer's side

    /// Connects the protocol.
    public func connect(_ newProtocol: any StreamProtocol) {
        streamProtocol = newProtocol
        enter {
            do { try newProtocol.connectionMade(over: self) } catch { end(.protocolFailure(error)) }
        }
    }

    /// Has octets arrive from the peer; they wait while the protocol has paused reading.
    public func deliver(_ bytes: [UInt8]) {
        guard state == .open, !bytes.isEmpty else { return }
        guard !isReadingPaused else { return undelivered.append(contentsOf: bytes) }
        enter {
            do { try streamProtocol?.dataReceived(bytes.span) } catch { end(.protocolFailure(error)) }
        }
    }

    /// Has text arrive from the peer, in UTF-8.
    public func deliver(_ text: String) { deliver(Array(text.utf8)) }

    /// Has the peer close or break the connection.
    public func loseFromPeer(_ reason: DisconnectReason = .done) {
        enter { end(reason) }
    }

    /// The peer takes everything that is buffered.
    public func drain() {
        enter {
            taken.append(contentsOf: buffered)
            buffered = []
            becameEmpty()
        }
    }

    /// Everything the peer has received since the last call.
    public func takeWritten() -> [UInt8] {
        defer { taken = [] }
        return taken
    }

    /// Everything the peer has received since the last call, as UTF-8.
    public func takeWrittenText() -> String { String(decoding: takeWritten(), as: UTF8.self) }

    /// Whether the protocol may still send: neither side has ended the connection.
    public var isOpen: Bool { state == .open }

    /// Delivers an end that was asked for outside any call of the test.
    public func settle() { enter {} }

    // MARK: The protocol's side

    /// The number of octets the peer has not taken.
    public var bufferedByteCount: Int { buffered.count }

    /// Sends octets.
    public func write(_ bytes: [UInt8]) {
        guard state != .ended, !bytes.isEmpty else { return }
        guard !isPeerReading else { return taken.append(contentsOf: bytes) }
        buffered.append(contentsOf: bytes)
        guard isStreaming, !isProducerPaused, buffered.count > StreamLimits.producerHighWater else { return }
        isProducerPaused = true
        producer?.pauseProducing()
    }

    /// Sends octets from memory that is valid only now.
    public func write(_ bytes: Span<UInt8>) {
        var copy: [UInt8] = []
        copy.reserveCapacity(bytes.count)
        for index in bytes.indices { copy.append(bytes[index]) }
        write(copy)
    }

    /// Stops reading, and ends once everything is taken and no producer is left.
    public func loseConnection(within limit: Duration) {
        guard state == .open else { return }
        state = .closing
        deadline = reactor?.callLater(limit) { [weak self] in self?.end(.timedOut) }
        finishClosing()
    }

    /// Drops what is buffered and ends.
    public func abortConnection() {
        guard state != .ended else { return }
        guard let reactor else { return end(.aborted) }
        state = .ended
        pendingEnd = .aborted
        reactor.callLater(.zero) { [self] in deliverEnd() }
    }

    /// Lets what arrives wait.
    public func pauseProducing() { isReadingPaused = true }

    /// Delivers what has waited, and what will arrive.
    public func resumeProducing() {
        isReadingPaused = false
        guard state == .open, !undelivered.isEmpty else { return }
        let bytes = undelivered
        undelivered = []
        guard let reactor else { return deliver(bytes) }
        reactor.callLater(.zero) { [weak self] in self?.deliver(bytes) }
    }

    /// Registers a producer, by the rules of ``Transport/registerProducer(_:streaming:)``.
    public func registerProducer(_ newProducer: any Producer, streaming: Bool) throws {
        guard state != .ended else { return newProducer.stopProducing() }
        guard producer == nil else { throw TransportMisuse.producerRegisteredTwice }
        producer = newProducer
        isStreaming = streaming
        isProducerPaused = false
        if !streaming { newProducer.resumeProducing() }
    }

    /// Forgets the producer.
    public func unregisterProducer() {
        producer = nil
        isStreaming = false
        finishClosing()
    }

    /// Gives the connection to another protocol, by the rules of ``UpgradableTransport``.
    public func replaceProtocol(with newProtocol: any StreamProtocol) throws {
        guard producer == nil else { throw TransportMisuse.producerRegisteredTwice }
        guard state != .ended else { return }
        streamProtocol = newProtocol
    }

    /// Throws away what has waited while reading was paused.
    public func discardUndelivered() -> Int {
        defer { undelivered = [] }
        return undelivered.count
    }

    // MARK: Machinery

    private func enter(_ body: () -> Void) {
        depth += 1
        body()
        depth -= 1
        if depth == 0, reactor == nil { deliverEnd() }
    }

    private func becameEmpty() {
        if let producer {
            if isStreaming, !isProducerPaused { return }
            isProducerPaused = false
            producer.resumeProducing()
        }
        finishClosing()
    }

    private func finishClosing() {
        guard state == .closing, buffered.isEmpty, producer == nil else { return }
        end(.done)
    }

    private func end(_ reason: DisconnectReason) {
        guard state != .ended else { return }
        state = .ended
        pendingEnd = reason
        reactor?.atEndOfPass { [self] in deliverEnd() }
    }

    private func deliverEnd() {
        guard let reason = pendingEnd else { return }
        pendingEnd = nil
        deadline?.cancel()
        buffered = []
        lostReason = reason
        let (lastProtocol, lastProducer) = (streamProtocol, producer)
        streamProtocol = nil
        producer = nil
        lastProducer?.stopProducing()
        lastProtocol?.connectionLost(reason)
    }
}
