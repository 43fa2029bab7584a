import Glibc
public import ReactorCore

/// A layer between a transport and a protocol, which know nothing of it: each is the other one's peer.
///
/// This class only passes everything through, producers, pauses and the end included. Subclasses override what
/// they change and call `super` for the rest; layers may be stacked. The protocol above hears `connectionLost`
/// exactly once, with the layer's own reason if it was the layer that ended the connection.
///
/// Every call costs one more virtual call and no memory.
open class TransportLayer: UpgradableTransport, HalfCloseableProtocol {
    /// The other end's address, as the transport below says; still valid after the connection is lost.
    public private(set) var peer = SocketAddress.unix("")

    /// This end's address, as the transport below says; still valid after the connection is lost.
    public private(set) var host = SocketAddress.unix("")

    /// The transport below, from `connectionMade` until `connectionLost`.
    public private(set) final var lower: (any Transport)?

    /// The same as ``lower``.
    public final var underlying: (any Transport)? { lower }

    /// The protocol above, until `connectionLost`.
    public private(set) final var upper: (any StreamProtocol)?

    private var verdict: DisconnectReason?
    private var isPausedByProtocol = false
    private var isHeld = false
    private var isLowerPaused = false
    private var hasProducer = false
    private var lostByteCount = 0

    /// Makes a layer below a protocol; to be given to a transport as its protocol.
    public init(below upper: any StreamProtocol) {
        self.upper = upper
    }

    // MARK: The protocol's side

    /// The octets written and not yet taken by the kernel.
    open var bufferedByteCount: Int { lower?.bufferedByteCount ?? 0 }

    /// The octets written that the peer is not known to have.
    open var untakenByteCount: Int { lower?.untakenByteCount ?? lostByteCount }

    /// Whether the end has begun.
    open var isClosing: Bool { lower?.isClosing ?? true }

    /// The peer's identity, as the transport below knows it.
    open var peerCredentials: PeerCredentials? { lower?.peerCredentials }

    /// The scope of the connection below.
    open var scope: DeferredScope { lower?.scope ?? .makeEnded() }

    /// Sends octets.
    open func write(_ bytes: [UInt8]) { lower?.write(bytes) }

    /// Sends octets from memory that is valid only now.
    open func write(_ bytes: Span<UInt8>) { lower?.write(bytes) }

    /// Sends several runs of octets, each by ``write(_:)-([UInt8])``.
    open func writeSequence(_ pieces: [[UInt8]]) {
        for piece in pieces { write(piece) }
    }

    /// Sends what is buffered and closes.
    open func loseConnection(within deadline: Duration) { lower?.loseConnection(within: deadline) }

    /// Sends what is buffered, then closes the writing half.
    open func loseWriteConnection() { lower?.loseWriteConnection() }

    /// When a streaming producer is paused and resumed.
    open var waterMarks: WaterMarks {
        get { lower?.waterMarks ?? .standard }
        set { lower?.waterMarks = newValue }
    }

    /// Sets an option of the socket below.
    open func setOption(_ option: StreamOption) throws(SystemFailure) {
        guard let lower else { throw SystemFailure(code: ENOTCONN, call: "setsockopt") }
        try lower.setOption(option)
    }

    /// Sends octets that carry descriptors; receiving some is not passed through.
    open func write(_ bytes: [UInt8], passing descriptors: [Int32]) throws(DescriptorPassingFailure) {
        try lower?.write(bytes, passing: descriptors)
    }

    /// Drops what is buffered and resets the connection.
    open func abortConnection() { lower?.abortConnection() }

    /// Stops reading for the protocol.
    open func pauseProducing() {
        isPausedByProtocol = true
        updateReading()
    }

    /// Reads again, unless the layer itself holds reading.
    open func resumeProducing() {
        isPausedByProtocol = false
        updateReading()
    }

    /// Lets the transport below tell `producer` when to write.
    open func registerProducer(_ producer: any Producer, streaming: Bool) throws {
        guard let lower else { return producer.stopProducing() }
        try lower.registerProducer(producer, streaming: streaming)
        hasProducer = true
    }

    /// Forgets the producer.
    open func unregisterProducer() {
        hasProducer = false
        lower?.unregisterProducer()
    }

    /// Gives the connection, with this layer still below it, to another protocol, as `startTLS` does.
    open func replaceProtocol(with newProtocol: any StreamProtocol) throws {
        if hasProducer { throw TransportMisuse.producerRegisteredTwice }
        if lower != nil { upper = newProtocol }
    }

    /// Throws away what has arrived and this layer and those below have not delivered.
    open func discardUndelivered() -> Int { (lower as? any UpgradableTransport)?.discardUndelivered() ?? 0 }

    // MARK: The transport's side

    /// The transport below is connected: tells the protocol.
    open func connectionMade(over transport: any Transport) throws {
        lower = transport
        peer = transport.peer
        host = transport.host
        updateReading()
        try upper?.connectionMade(over: self)
    }

    /// Octets arrived: gives them to the protocol.
    open func dataReceived(_ bytes: Span<UInt8>) throws { try upper?.dataReceived(bytes) }

    /// The peer has closed its writing half: tells the protocol, or closes for one that knows no halves.
    open func readConnectionLost() throws {
        guard let halfCloseable = upper as? any HalfCloseableProtocol else { return loseConnection() }
        try halfCloseable.readConnectionLost()
    }

    /// Our writing half is closed: tells the protocol, if it wants to know.
    open func writeConnectionLost() throws { try (upper as? any HalfCloseableProtocol)?.writeConnectionLost() }

    /// The connection is gone: tells the protocol, once.
    open func connectionLost(_ reason: DisconnectReason) {
        guard let last = upper else { return }
        upper = nil
        lostByteCount = lower?.untakenByteCount ?? 0
        lower = nil
        last.connectionLost(verdict ?? reason)
    }

    /// Says other addresses than the transport below, because that one speaks for somebody else.
    final func readdress(peer: SocketAddress, host: SocketAddress) {
        self.peer = peer
        self.host = host
    }

    // MARK: For subclasses

    /// Stops reading on behalf of the layer, whatever the protocol wants, until ``releaseReading()``.
    public final func holdReading() {
        isHeld = true
        updateReading()
    }

    /// Ends ``holdReading()``; reading goes on unless the protocol has paused it.
    public final func releaseReading() {
        isHeld = false
        updateReading()
    }

    /// Ends the connection for a reason of the layer's own; the first such reason is what the protocol hears.
    public final func end(_ reason: DisconnectReason, by ending: LayerEnding = .abort) {
        guard let lower else { return }
        if verdict == nil { verdict = reason }
        switch ending {
        case .abort: lower.abortConnection()
        case .close(let deadline): lower.loseConnection(within: deadline)
        }
    }

    private func updateReading() {
        guard let lower, isLowerPaused != (isPausedByProtocol || isHeld) else { return }
        isLowerPaused.toggle()
        if isLowerPaused { lower.pauseProducing() } else { lower.resumeProducing() }
    }
}

/// How a layer ends a connection.
public enum LayerEnding: Hashable, Sendable {
    /// At once, by a reset; what is buffered is lost. A peer that is stuck goes, too.
    case abort

    /// After what is buffered was sent; a peer that does not take it within the time is cut off.
    case close(within: Duration)
}
