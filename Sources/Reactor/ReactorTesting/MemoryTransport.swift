import Basics
public import ReactorCore
public import Transports

/// A connection without a socket: the test is the peer.
///
/// ```swift
/// let transport = MemoryTransport()
/// transport.connect(EchoProtocol())
/// transport.deliver("hello")
/// #expect(transport.takeWrittenText() == "hello")
/// ```
///
/// It keeps the contract of a real transport. What ends the connection never calls the protocol inside
/// the call that asked for it: with a reactor the protocol hears of it at the end of the pass (an
/// abort: in a later pass), without one when the outermost of ``connect(_:)``, ``deliver(_:)-([UInt8])``,
/// ``loseFromPeer(_:)``, ``drain()`` and ``settle()`` returns.
///
/// Unless ``isPeerReading`` is false, the peer takes all octets at once. A ``LoopbackPair`` joins two.
public final class MemoryTransport: UpgradableTransport, LeftoverSource {
    private enum State {
        case open
        case closing
        case ended
    }

    private enum WritingHalf {
        case open
        case ending
        case ended
    }

    /// The pretended address of the peer.
    public let peer: SocketAddress

    /// The pretended address of this end.
    public let host: SocketAddress

    /// The pretended identity of the peer.
    public var peerCredentials: PeerCredentials?

    /// False makes written octets wait in the buffer, as a peer does that has stopped reading.
    public var isPeerReading = true {
        didSet { if isPeerReading { drain() } }
    }

    /// Why the connection ended, once the protocol has been told.
    public private(set) var lostReason: DisconnectReason?

    /// Whether the protocol has asked to read nothing for now.
    public private(set) var isReadingPaused = false

    /// When a streaming producer is paused and resumed.
    public var waterMarks = WaterMarks.standard

    /// Called when there may be something new to carry to the other end, or from it.
    var onOutput: (() -> Void)?

    private let reactor: Reactor?
    private var state = State.open
    private var writing = WritingHalf.open
    private var isReadEnded = false
    private var isEndOfFileWaiting = false
    private var isPassEndScheduled = false
    private var streamProtocol: (any StreamProtocol)?
    private var taken: [UInt8] = []
    private var buffered: [UInt8] = []
    /// Octets that were never taken.
    private var lostByteCount = 0
    /// The place of the first octet of `buffered` that is not taken; taking them singly stays linear.
    private var bufferedHead = 0
    private var undelivered: [UInt8] = []
    private var gate = ProducerGate()
    private var pendingEnd: DisconnectReason?
    private var deadline: DelayedCall?
    private var depth = 0
    private var storedScope: DeferredScope?

    /// Makes a transport that is not connected yet.
    public init(
        peer: SocketAddress = .ipv4(.loopback, port: 50_000), host: SocketAddress = .ipv4(.loopback, port: 4000),
        reactor: Reactor? = nil
    ) {
        self.peer = peer
        self.host = host
        self.reactor = reactor
        reactor?.watch(self)
    }

    // MARK: The peer's side

    /// Connects the protocol.
    public func connect(_ newProtocol: any StreamProtocol) {
        streamProtocol = newProtocol
        enter { attempt { made throws in try newProtocol.connectionMade(over: made) } }
    }

    /// Has octets arrive from the peer; they wait while the protocol has paused reading.
    public func deliver(_ bytes: [UInt8]) {
        guard state == .open, !isReadEnded, !bytes.isEmpty else { return }
        guard !isReadingPaused else { return undelivered.append(contentsOf: bytes) }
        enter { attempt { receiver throws in try receiver.streamProtocol?.dataReceived(bytes.span) } }
    }

    /// Has octets arrive in pieces of `size`, as a slow network brings them.
    public func deliver(_ bytes: [UInt8], inPiecesOf size: Int) {
        for piece in DripFeed.pieces(of: bytes, size: size) { deliver(piece) }
    }

    /// Has text arrive from the peer, in UTF-8.
    public func deliver(_ text: String) { deliver(Array(text.utf8)) }

    /// Has the peer close its writing half; waits while the protocol has paused reading.
    ///
    /// A protocol that is no ``HalfCloseableProtocol`` ends, when everything is taken.
    public func deliverEndOfFile() {
        guard state == .open, !isReadEnded else { return }
        guard !isReadingPaused else {
            isEndOfFileWaiting = true
            return
        }
        enter {
            guard let halfCloseable = streamProtocol as? any HalfCloseableProtocol else { return loseConnection() }
            isReadEnded = true
            if writing == .ended { return end(.done) }
            attempt { _ throws in try halfCloseable.readConnectionLost() }
        }
    }

    /// Has the peer close or break the connection.
    public func loseFromPeer(_ reason: DisconnectReason = .done) {
        enter { end(reason) }
    }

    /// The peer takes everything that is buffered.
    public func drain() {
        enter {
            takeBuffered()
            becameEmptier()
        }
    }

    private func takeBuffered() {
        taken.append(contentsOf: buffered[bufferedHead...])
        dropBuffered()
    }

    private func dropBuffered() {
        buffered = []
        bufferedHead = 0
    }

    /// The peer takes `limit` octets at most.
    ///
    /// - Returns: The octets, those it took earlier first.
    public func take(atMost limit: Int) -> [UInt8] {
        var piece = Array(taken.prefix(limit))
        taken.removeFirst(piece.count)
        let more = min(limit - piece.count, bufferedByteCount)
        guard more > 0 else { return piece }
        piece.append(contentsOf: buffered[bufferedHead..<bufferedHead + more])
        bufferedHead += more
        if bufferedByteCount == 0 { dropBuffered() }
        enter { becameEmptier() }
        return piece
    }

    /// Everything the peer has received since the last call.
    public func takeWritten() -> [UInt8] {
        defer { taken = [] }
        return taken
    }

    /// Everything the peer has received since the last call, as UTF-8.
    public func takeWrittenText() -> String { String(decoding: takeWritten(), as: UTF8.self) }

    /// Whether the end has begun.
    public var isClosing: Bool { state != .open }

    /// Whether the protocol may still send: neither side has ended the connection.
    public var isOpen: Bool { state == .open }

    /// Whether nothing more will be written: this half is closed, or the connection is gone.
    public var hasEndedWriting: Bool { state == .ended || writing == .ended }

    /// Whether octets wait to be taken.
    var hasOutput: Bool { !taken.isEmpty || bufferedByteCount > 0 }

    /// Why the connection ended, from that moment on.
    var endReason: DisconnectReason? { pendingEnd ?? lostReason }

    /// Delivers an end that was asked for outside any call of the test.
    public func settle() { enter {} }

    // MARK: The protocol's side

    /// The number of octets the peer has not taken.
    public var bufferedByteCount: Int { buffered.count - bufferedHead }

    /// The number of octets the peer has not taken, or had not when the connection ended.
    public var untakenByteCount: Int { lostByteCount + bufferedByteCount }

    /// Owns what goes on for the connection, and ends when the protocol has heard of its loss.
    public var scope: DeferredScope {
        guard state != .ended || pendingEnd != nil else { return .makeEnded() }
        if let storedScope { return storedScope }
        let made = DeferredScope()
        storedScope = made
        return made
    }

    /// The connection, while its protocol has not heard of its end.
    package var leftover: Leftover? {
        guard streamProtocol != nil else { return nil }
        return Leftover(.connection, "connection in memory of \(host) with \(peer)")
    }

    /// Sends octets.
    public func write(_ bytes: [UInt8]) {
        guard state != .ended, writing != .ended, !bytes.isEmpty else { return }
        guard !isPeerReading else { return taken.append(contentsOf: bytes) }
        buffered.append(contentsOf: bytes)
        onOutput?()
        if bufferedByteCount - bytes.count > waterMarks.limit {
            return cutOff(.outboundOverflow(limit: waterMarks.limit))
        }
        if bufferedByteCount > waterMarks.high { gate.pause()?.pauseProducing() }
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
        guard state == .open else { return hastenClose(limit) }
        state = .closing
        deadline = reactor?.callLater(limit) { [weak self] in self?.end(.timedOut) }
        schedulePassEnd()
    }

    private func hastenClose(_ limit: Duration) {
        guard state == .closing, let deadline, let reactor, reactor.now.advanced(by: limit) < deadline.deadline else {
            return
        }
        deadline.reset(limit)
    }

    /// Closes the writing half once everything is taken and no producer is left.
    public func loseWriteConnection() {
        guard state == .open, writing == .open else { return }
        writing = .ending
        schedulePassEnd()
    }

    /// Drops what is buffered and ends.
    public func abortConnection() { cutOff(.aborted) }

    private func cutOff(_ reason: DisconnectReason) {
        guard state != .ended else { return }
        lostByteCount += bufferedByteCount
        dropBuffered()
        guard let reactor else { return end(reason) }
        state = .ended
        pendingEnd = reason
        onOutput?()
        reactor.callLater(.zero) { [self] in deliverEnd() }
    }

    /// Lets what arrives wait.
    public func pauseProducing() { isReadingPaused = true }

    /// Delivers what has waited, and what will arrive.
    public func resumeProducing() {
        isReadingPaused = false
        onOutput?()
        guard state == .open, !undelivered.isEmpty || isEndOfFileWaiting else { return }
        guard let reactor else { return deliverWaiting() }
        reactor.callLater(.zero) { [weak self] in self?.deliverWaiting() }
    }

    private func deliverWaiting() {
        guard !isReadingPaused else { return }
        let bytes = undelivered
        undelivered = []
        deliver(bytes)
        guard isEndOfFileWaiting, !isReadingPaused, undelivered.isEmpty else { return }
        isEndOfFileWaiting = false
        deliverEndOfFile()
    }

    /// Registers a producer, by the rules of ``Transport/registerProducer(_:streaming:)``.
    public func registerProducer(_ newProducer: any Producer, streaming: Bool) throws {
        guard state != .ended, writing != .ended else { return newProducer.stopProducing() }
        try gate.admit(newProducer, streaming: streaming)?.resumeProducing()
    }

    /// Forgets the producer.
    public func unregisterProducer() {
        gate.remove()
        schedulePassEnd()
    }

    /// Gives the connection to another protocol, by the rules of ``UpgradableTransport``.
    public func replaceProtocol(with newProtocol: any StreamProtocol) throws {
        guard gate.isEmpty else { throw TransportMisuse.producerRegisteredTwice }
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
        if depth == 1, reactor == nil { while hasPassEnd { passEnded() } }
        depth -= 1
    }

    private func attempt(_ body: (MemoryTransport) throws -> Void) {
        do { try body(self) } catch { end(.protocolFailure(error)) }
    }

    private func becameEmptier() {
        gate.resume(bufferedByteCount, low: waterMarks.low)?.resumeProducing()
        schedulePassEnd()
    }

    /// Has what is asked for now happen at the end of the pass or, without a reactor, of the outermost call.
    private func schedulePassEnd() {
        guard let reactor, !isPassEndScheduled else { return }
        isPassEndScheduled = true
        reactor.atEndOfPass { [self] in passEnded() }
    }

    private var isFlushed: Bool { state != .ended && bufferedByteCount == 0 && gate.isEmpty }

    private var hasPassEnd: Bool { pendingEnd != nil || isFlushed && (state == .closing || writing == .ending) }

    private func passEnded() {
        isPassEndScheduled = false
        if isFlushed {
            if state == .closing { end(.done) } else if writing == .ending { closeWritingHalf() }
        }
        deliverEnd()
    }

    private func closeWritingHalf() {
        writing = .ended
        onOutput?()
        if isReadEnded { return end(.done) }
        guard let halfCloseable = streamProtocol as? any HalfCloseableProtocol else { return }
        attempt { _ throws in try halfCloseable.writeConnectionLost() }
    }

    private func end(_ reason: DisconnectReason) {
        guard state != .ended else { return }
        if case .protocolFailure = reason { takeBuffered() }
        lostByteCount += bufferedByteCount
        dropBuffered()
        state = .ended
        pendingEnd = reason
        onOutput?()
        schedulePassEnd()
    }

    private func deliverEnd() {
        guard let reason = pendingEnd else { return }
        pendingEnd = nil
        deadline?.cancel()
        lostReason = reason
        let (lastProtocol, lastProducer) = (streamProtocol, gate.remove())
        streamProtocol = nil
        lastProducer?.stopProducing()
        lastProtocol?.connectionLost(reason)
        storedScope?.end()
        storedScope = nil
    }
}
