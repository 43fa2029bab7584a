import Basics
import CharacterEncodings
import CompressionWire
public import ReactorCore
import TelnetWire
public import Transports

/// One telnet connection over any transport, in either role: negotiation, compression, character sets, back-pressure.
///
/// ```swift
/// let connection = TelnetConnection(TelnetSettings(role: .server), handler: handler, on: reactor)
/// connection.send("Welcome.\r\n")        // once the handler was told `connected(_:)`
/// ```
///
/// What arrives goes through inflating, the machine and decoding to the ``TelnetHandler``; what is sent goes through
/// encoding and deflating to the transport, and each send can be read by the peer at once.
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: those of the machine, of `Inflater`, and one read of input that waits while the input is paused.
/// - SeeAlso: `ShellPeersTests/TelnetConnectionTests`.
public final class TelnetConnection: HalfCloseableProtocol, Producer {
    let settings: TelnetSettings
    let reactor: Reactor
    private var handler: (any TelnetHandler)?
    var machine: TelnetMachine
    private(set) var transport: (any Transport)?
    /// The other end's address; still valid after the connection is lost.
    public private(set) var peer: SocketAddress?

    private var input = CompressedInput()
    private var inputIsPaused = false
    /// Whether the end of the input waits behind what the handler has not taken yet.
    private var inputHasEnded = false
    private var isTakingInput = false
    /// What the peer did wrong outside a call of the transport's.
    private var failure: (any Error)?

    private var outputIsClosed = false
    var deflater: Deflater?
    var wantsCompression = true
    var recoder: TelnetRecoder?
    private var ledger = TextLedger()
    private var tracers: (received: TelnetTracer, sent: TelnetTracer)?
    /// Octets of the text that did not arrive, after the end.
    private var lostByteCount = 0
    /// Whether the peer has more to read than it takes at once.
    private var isBehind = false
    private var mayResume = true
    private var lastSentAt = MonotonicInstant.zero

    /// Makes a connection that is not there yet: a server's factory gives it to the listener, a client to its endpoint.
    ///
    /// - Parameters:
    ///   - settings: How it behaves.
    ///   - handler: Who is told what comes, held until the connection is lost.
    ///   - reactor: Whose thread all of it happens on.
    public init(_ settings: TelnetSettings, handler: any TelnetHandler, on reactor: Reactor) {
        self.settings = settings
        self.handler = handler
        self.reactor = reactor
        machine = TelnetMachine(role: settings.role, policy: settings.agreedPolicy)
        if settings.trace != nil { tracers = (TelnetTracer(), TelnetTracer()) }
    }

    // MARK: From the transport

    /// Opens the negotiation, and tells the handler; for the transport to call, as all of this part.
    public func connectionMade(over transport: any Transport) {
        self.transport = transport
        peer = transport.peer
        write(machine.start())
        handler?.connected(self)
        scheduleKeepAlive()
    }

    /// Takes what has come, to its end or until the input is paused.
    ///
    /// - Throws: ``TelnetFailure``, or what is wrong with compressed input; either ends the connection.
    public func dataReceived(_ bytes: Span<UInt8>) throws {
        handler?.counted(received: bytes.count, sent: 0)
        if !inputIsPaused, input.isEmpty, !machine.inputIsCompressed {
            let taken = feed(bytes)
            if taken < bytes.count { input.append(bytes.extracting(taken..<bytes.count)) }
        } else {
            input.append(bytes)
        }
        try takeInput()
    }

    /// Tells the handler, once it has taken everything, that no more will come.
    ///
    /// - Throws: ``TelnetFailure``, or what is wrong with compressed input; either ends the connection.
    public func readConnectionLost() throws {
        inputHasEnded = true
        try takeInput()
    }

    /// Does nothing: the handler has ended the output itself.
    public func writeConnectionLost() {}

    /// Tells the handler, and lets go of it.
    public func connectionLost(_ reason: DisconnectReason) {
        lostByteCount = untakenByteCount
        let (last, failure) = (handler, failure)
        (handler, transport) = (nil, nil)
        stopDeflating()
        last?.connectionLost(failure.map { .protocolFailure($0) } ?? reason)
    }

    // MARK: Input

    /// Hands on what has come until the handler has enough of it; a script of thousands of lines comes in a single read.
    private func takeInput() throws {
        if isTakingInput { return }
        isTakingInput = true
        defer { isTakingInput = false }
        while !inputIsPaused {
            if let action = machine.nextAction() { perform(action) } else if try !takeWaiting() { break }
        }
        if inputIsPaused || !inputHasEnded { return }
        inputHasEnded = false
        handler?.inputEnded()
    }

    /// Gives the machine the next of what waits for it; false when nothing does.
    private func takeWaiting() throws -> Bool {
        if input.isEmpty { return false }
        guard machine.inputIsCompressed else {
            let plain = input.takePlain()
            let taken = feed(plain.span)
            if taken < plain.count { input.append(plain.span.extracting(taken..<plain.count)) }
            return true
        }
        let step = try input.inflate(octetsPerSecond: settings.inflatedOctetsPerSecond, at: reactor.now)
        _ = feed(step.text.span)
        if step.isEnded {
            machine.compressedInputEnded()
            trace("RCVD end of the compressed stream")
        }
        return true
    }

    private func feed(_ bytes: Span<UInt8>) -> Int {
        let taken = machine.receive(bytes)
        if tracers != nil {
            var octets: [UInt8] = []
            for index in 0..<taken { octets.append(bytes[index]) }
            for name in tracers?.received.names(in: octets) ?? [] { trace("RCVD \(name)") }
        }
        return taken
    }

    private func perform(_ action: TelnetAction) {
        switch action {
        case .send(let octets): write(octets)
        case .compressOutput: startDeflating()
        case .writePlain: endDeflating()
        case .decompressInput: break
        case .characterSet(let name):
            use(CharacterEncoding(named: name))
            handler?.received(action)
        case .line(let octets): handler?.received(.line(recoder?.decodeWhole(octets) ?? octets))
        case .prompt(let octets): handler?.received(.prompt(recoder?.decodeWhole(octets) ?? octets))
        case .octets(let octets): handler?.received(.octets(recoder?.decode(octets) ?? octets))
        default: handler?.received(action)
        }
    }

    /// Hands on nothing more until ``resumeInput()``; the peer is slowed down.
    public func pauseInput() {
        inputIsPaused = true
        transport?.pauseProducing()
    }

    /// Hands on what has waited, and what will come.
    public func resumeInput() {
        inputIsPaused = false
        takeInputOutsideTransport()
        if !inputIsPaused { transport?.resumeProducing() }
    }

    func takeInputOutsideTransport() {
        do {
            try takeInput()
        } catch {
            failure = error
            transport?.abortConnection()
        }
    }

    // MARK: Output

    /// Octets handed over that the peer has not taken yet, as they are on the wire.
    public var bufferedByteCount: Int { transport?.bufferedByteCount ?? 0 }

    /// Octets of text handed over that the peer is not known to have; still valid when the connection is lost.
    package var untakenByteCount: Int {
        guard let transport else { return lostByteCount }
        return ledger.untaken(wire: transport.untakenByteCount)
    }

    /// Sends text with CR LF as line ends, in the character set of the connection.
    public func send(_ text: String) { send(Array(text.utf8)) }

    /// Sends text in UTF-8 with CR LF as line ends, and telnet's commands in it, such as ``promptMark`` gives.
    ///
    /// An octet 255, which UTF-8 never holds, begins a command. Nothing is sent once the output is closed.
    public func send(_ text: borrowing [UInt8]) {
        let text = copy text
        machine.textSent()
        write(recoder?.encode(text) ?? text, text: text.count)
        if !isBehind, bufferedByteCount > StreamLimits.producerHighWater { waitForReader() }
    }

    /// Sends ASCII that ``untakenByteCount`` leaves out.
    package func sendApart(_ octets: [UInt8]) { write(octets) }

    func write(_ octets: [UInt8], text: Int = 0) {
        guard let transport, !outputIsClosed, !octets.isEmpty || text > 0 else { return }
        lastSentAt = reactor.now
        if tracers != nil {
            for name in tracers?.sent.names(in: octets) ?? [] { trace("SENT \(name)") }
        }
        if deflater == nil { return put(octets, text: text, to: transport) }
        var deflated: [UInt8] = []
        deflater?.compress(octets, into: &deflated)
        deflater?.flush(into: &deflated)
        put(deflated, text: text, to: transport)
    }

    func put(_ octets: [UInt8], text: Int, to transport: any Transport) {
        ledger.sent(text: text, wire: octets.count)
        handler?.counted(received: 0, sent: octets.count)
        transport.write(octets)
    }

    /// Has the transport say when the peer has taken everything; only then, so that an end of the connection waits for nobody.
    private func waitForReader() {
        isBehind = true
        handler?.peerFellBehind()
        mayResume = false
        try? transport?.registerProducer(self, streaming: false)
        mayResume = true
    }

    /// Tells the handler that the peer has taken everything; for the transport to call.
    public func resumeProducing() {
        // Registering already asks for a first piece.
        guard mayResume else { return }
        transport?.unregisterProducer()
        isBehind = false
        handler?.peerCaughtUp()
    }

    /// Does nothing: the handler was told that its peer fell behind.
    public func pauseProducing() {}
    /// Does nothing: the handler hears of the end.
    public func stopProducing() {}

    // MARK: Ends

    /// Closes after what was sent has gone out; a peer that does not take it within the limit is cut off.
    public func close(within limit: Duration = .seconds(30)) { transport?.loseConnection(within: limit) }

    /// Tells the peer that nothing more will come, after what was sent; input goes on.
    public func closeOutput() {
        outputIsClosed = true
        transport?.loseWriteConnection()
    }

    /// Closes now.
    public func abort() { transport?.abortConnection() }

    func trace(_ line: String) { settings.trace?(line) }

    private func scheduleKeepAlive() {
        guard let interval = settings.keepAlive, let transport else { return }
        let silent = lastSentAt.duration(to: reactor.now)
        transport.scope.callLater(interval - min(silent, interval), on: reactor) { [weak self] in
            guard let self, self.transport != nil else { return }
            if lastSentAt.duration(to: reactor.now) >= interval { send(.noOperation) }
            scheduleKeepAlive()
        }
    }
}
