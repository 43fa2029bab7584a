import Basics
public import HTTPWire
public import ReactorCore
public import Transports

/// A WebSocket over any transport, in either role, and itself the transport of another protocol.
///
/// ```swift
/// listener.listen(server.under(WebSocketPolicy(settings, on: reactor)))      // pages
/// WebSocketClientEndpoint(endpoint, settings).connect(client, on: reactor)   // programs
/// ```
///
/// The protocol above hears `connectionMade` at once; what it writes before the opening is done waits. It is a
/// ``WebSocketProtocol``, or knows nothing of messages and is given a stream (``WebSocketSettings/Form``).
///
/// | Stage | Takes | Moves to |
/// | --- | --- | --- |
/// | opening | the head of a request or response | open, ended |
/// | open | frames | closing by a Close of either side, ended by a failure |
/// | closing | frames, of which only a Close counts | ended |
/// | ended | nothing | — |
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: ``WebSocketSettings``, ``WebSocketConnectionLimits``.
/// - Source: RFC 6455.
/// - SeeAlso: `WebPeersTests/WebSocketTransportTests`.
public final class WebSocketTransport: TransportLayer {
    enum Stage {
        case opening
        case open
        case closing
        case ended
    }

    let settings: WebSocketSettings
    let reactor: Reactor
    let nonce: [UInt8]
    var stage = Stage.opening
    var head = HTTPHeadReader()
    var reader: WebSocketFrameReader
    private var cutter = WebSocketLineCutter()
    var early: [UInt8] = []
    var isPaused = false
    private var isProcessing = false
    var hasProducer = false
    var closing: (code: WebSocketCloseCode, reason: String)?
    var hasSentClose = false
    var hasReceivedClose = false
    var awaitsPong = false
    /// The opening's, then the pings', then the close's.
    var timer: DelayedCall?
    var closeDeadline: DelayedCall?

    /// What was agreed on; nil for nothing, and until the opening is done.
    public internal(set) var subprotocol: WebSocketSubprotocol?
    /// The request that opened it, at a server; nil until the opening is done.
    public internal(set) var request: HTTPRequestHead?

    /// Makes one end for a protocol; to be given to a transport as its protocol.
    public init(below upper: any StreamProtocol, _ settings: WebSocketSettings, on reactor: Reactor) {
        self.settings = settings
        self.reactor = reactor
        reader = WebSocketFrameReader(settings.role, limits: settings.limits)
        nonce = (0..<4).flatMap { _ in
            let number = settings.randomNumber()
            return (0..<4).map { UInt8(truncatingIfNeeded: number >> UInt32(8 * $0)) }
        }
        super.init(below: upper)
    }

    deinit {
        timer?.cancel()
        closeDeadline?.cancel()
    }

    // MARK: Opening

    /// Begins the opening, and tells the protocol above.
    public override func connectionMade(over transport: any Transport) throws {
        timer = reactor.callLater(settings.openingLimit) { [weak self] in self?.fail(opening: .timedOut) }
        var isAsked = true
        if case .client(let request) = settings.side {
            let head = request.head(nonce: nonce)
            isAsked = head != nil
            if let head { transport.write(head.octets) }
        }
        try super.connectionMade(over: transport)
        if !isAsked { fail(opening: .badTarget) }
    }

    // MARK: Input

    /// Takes what has come.
    public override func dataReceived(_ bytes: Span<UInt8>) throws {
        switch stage {
        case .opening: try readHead(bytes)
        case .open, .closing: try readFrames(bytes)
        case .ended: break
        }
    }

    func readFrames(_ bytes: Span<UInt8>) throws {
        reader.receive(bytes)
        try process()
    }

    /// Goes through what has come, until the protocol above pauses.
    private func process() throws {
        if isProcessing { return }
        isProcessing = true
        defer { isProcessing = false }
        while stage == .closing || stage == .open && !isPaused {
            let event: WebSocketEvent?
            do throws(WebSocketFailure) {
                event = try reader.next()
            } catch {
                return fail(error)
            }
            guard let event else { return }
            try perform(event)
        }
    }

    private func perform(_ event: WebSocketEvent) throws {
        switch event {
        case .message(let message): if stage == .open { try deliver(message) }
        case .ping(let payload):
            let isStuck = super.bufferedByteCount > WebSocketConnectionLimits.octetsBeforeSilence
            if hasSentClose || isStuck { return }
            sendFrame { WebSocketFrameWriter.append(ping: payload, isAnswer: true, mask: $1, to: &$0) }
        case .pong: awaitsPong = false
        case .close(let code, let reason): closeReceived(code, reason)
        }
    }

    private func deliver(_ message: WebSocketMessage) throws {
        if let upper = upper as? any WebSocketProtocol { return try upper.messageReceived(message) }
        var octets = message.octets
        if settings.form == .lines {
            while let last = octets.last, last == 0x0A || last == 0x0D { octets.removeLast() }
            octets += [0x0D, 0x0A]
        }
        if !octets.isEmpty { try upper?.dataReceived(octets.span) }
    }

    /// Stops giving messages to the protocol.
    public override func pauseProducing() {
        isPaused = true
        if stage == .open || stage == .opening { super.pauseProducing() }
    }

    /// Gives messages again, those first that have come already.
    public override func resumeProducing() {
        isPaused = false
        super.resumeProducing()
        if reader.bufferedCount > 0 { reactor.callLater(.zero) { [weak self] in self?.processOutside() } }
    }

    private func processOutside() {
        do {
            try process()
        } catch {
            end(.protocolFailure(error))
        }
    }

    // MARK: Output

    /// The octets written and not yet taken by the kernel.
    public override var bufferedByteCount: Int { super.bufferedByteCount + early.count }

    /// Sends octets of the stream; see ``WebSocketSettings/Form``.
    public override func write(_ bytes: [UInt8]) { write(bytes.span) }

    /// Sends octets of the stream; see ``WebSocketSettings/Form``.
    public override func write(_ bytes: Span<UInt8>) {
        if stage == .opening { return keep(bytes) }
        guard maySend, bytes.count > 0 else { return }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 8 + WebSocketLimits.headOctets)
        let kind = subprotocol?.kind ?? (settings.form == .lines ? .text : .binary)
        switch settings.form {
        case .octets: WebSocketFrameWriter.append(kind, bytes, mask: mask, to: &output)
        case .lines:
            let isCut = cutter.take(bytes) { line in
                WebSocketFrameWriter.append(kind, line, mask: mask, to: &output)
            }
            if !isCut { return fail(WebSocketFailure(code: .internalError, reason: "a line that does not end")) }
        }
        super.write(output)
    }

    /// Lets the transport below tell `producer` when to write.
    public override func registerProducer(_ producer: any Producer, streaming: Bool) throws {
        try super.registerProducer(producer, streaming: streaming)
        hasProducer = true
    }

    /// Forgets the producer; a close that waited for it goes on.
    public override func unregisterProducer() {
        hasProducer = false
        super.unregisterProducer()
        if stage == .closing { sendClose() }
    }

    /// Octets of the WebSocket itself, for the network.
    func put(_ octets: [UInt8]) { super.write(octets) }

    // MARK: The end

    /// Whether the end has begun.
    public override var isClosing: Bool { stage == .closing || stage == .ended || super.isClosing }

    /// Says a normal Close after what is buffered, and ends when it is answered.
    public override func loseConnection(within deadline: Duration) {
        close(.normal, within: deadline)
    }

    /// The same as ``loseConnection(within:)``: a WebSocket has no halves.
    public override func loseWriteConnection() { loseConnection(within: Self.flushDeadline) }

    /// The peer has gone without a Close.
    public override func readConnectionLost() throws { super.loseConnection(within: settings.closeLimit) }

    /// Nothing: a WebSocket has no halves.
    public override func writeConnectionLost() throws {}

    /// Tells the protocol above.
    public override func connectionLost(_ reason: DisconnectReason) {
        let isUnopened = stage == .opening
        stage = .ended
        for call in [timer, closeDeadline] { call?.cancel() }
        (timer, closeDeadline, early) = (nil, nil, [])
        if isUnopened, settings.role == .client, case .done = reason {
            return super.connectionLost(.layerFailure(WebSocketOpeningFailure.notAWebSocket))
        }
        super.connectionLost(reason)
    }

    // MARK: Below

    /// Ends the connection that the WebSocket goes over.
    func endBelow(within deadline: Duration) { super.loseConnection(within: deadline) }

    /// Reads even if the protocol above wants to read no more.
    func readOn() { super.resumeProducing() }
}
