import Basics
import Glibc
public import ReactorCore

/// A pair of inherited descriptors as one connection: usually the standard input and output of this process.
///
/// They may be pipes, terminals, sockets or regular files. Copies are used, so closing the connection leaves the descriptors
/// open; while it lasts they do not block, for whoever else uses them as well, as the kernel keeps that with the open file.
final class StandardStream: UpgradableTransport, PipeOwner {
    let peer: SocketAddress = .unix("")
    let host: SocketAddress = .unix("")
    let scope = DeferredScope()
    let peerCredentials: PeerCredentials? = nil
    private let reactor: Reactor
    private let input: PipeEnd
    private let output: PipeEnd
    private var streamProtocol: (any StreamProtocol)?
    private var deadline: DelayedCall?
    private(set) var isClosing = false
    private var hasEnded = false

    /// Makes a connection of copies of two descriptors.
    init(input: Int32, output: Int32, reactor: Reactor) throws(SystemFailure) {
        let copies = (fcntl(input, F_DUPFD_CLOEXEC, 3), fcntl(output, F_DUPFD_CLOEXEC, 3))
        guard copies.0 >= 0, copies.1 >= 0 else {
            let failure = SystemFailure(call: "fcntl")
            for copy in [copies.0, copies.1] where copy >= 0 { close(copy) }
            throw failure
        }
        self.reactor = reactor
        self.input = PipeEnd(copies.0, reads: true, writes: false, isShared: true, reactor: reactor)
        self.output = PipeEnd(copies.1, reads: false, writes: true, isShared: true, reactor: reactor)
    }

    func start(_ streamProtocol: any StreamProtocol) {
        self.streamProtocol = streamProtocol
        do {
            try input.start(self)
            try output.start(self)
            try streamProtocol.connectionMade(over: self)
        } catch let failure as SystemFailure {
            end(.lost(failure))
        } catch {
            end(.protocolFailure(error))
        }
    }

    // MARK: Transport

    var bufferedByteCount: Int { output.bufferedByteCount }

    var waterMarks: WaterMarks {
        get { output.waterMarks }
        set { output.waterMarks = newValue }
    }

    func write(_ bytes: [UInt8]) { output.write(bytes) }

    func write(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe output.write(Array($0)) }
    }

    func loseWriteConnection() { output.finish() }

    func loseConnection(within limit: Duration) {
        guard !hasEnded else { return }
        if isClosing {
            if let deadline, reactor.now.advanced(by: limit) < deadline.deadline { deadline.reset(limit) }
            return
        }
        isClosing = true
        input.pause()
        deadline = reactor.callLater(limit) { [weak self] in self?.end(.timedOut) }
        if output.writing == .closed { return endLater(.done) }
        output.finish()
    }

    func abortConnection() {
        guard !hasEnded else { return }
        isClosing = true
        input.pause()
        output.abandon()
        endLater(.aborted)
    }

    func pauseProducing() { input.pause() }

    func resumeProducing() { if !isClosing { input.resume() } }

    func registerProducer(_ producer: any Producer, streaming: Bool) throws {
        try output.register(producer, streaming: streaming)
    }

    func unregisterProducer() { output.unregisterProducer() }

    func replaceProtocol(with newProtocol: any StreamProtocol) throws {
        guard !output.hasProducer else { throw TransportMisuse.producerRegisteredTwice }
        if !hasEnded { streamProtocol = newProtocol }
    }

    func discardUndelivered() -> Int { hasEnded ? 0 : input.discardWaiting() }

    // MARK: Pipes

    func pipe(_ pipe: PipeEnd, received bytes: Span<UInt8>) {
        guard !isClosing else { return }
        do { try streamProtocol?.dataReceived(bytes) } catch { fail(error) }
    }

    func pipeReadingEnded(_ pipe: PipeEnd, _ failure: SystemFailure?) {
        if let failure { return end(.lost(failure)) }
        if output.writing == .closed { return end(.done) }
        guard let halfCloseable = streamProtocol as? any HalfCloseableProtocol else { return loseConnection() }
        do { try halfCloseable.readConnectionLost() } catch { fail(error) }
    }

    func pipeWritingEnded(_ pipe: PipeEnd, _ failure: SystemFailure?) {
        if let failure {
            let wasClosing = isClosing
            // The other side may have said goodbye before it went; its two pipes end in any order.
            if failure.code == EPIPE, !wasClosing { input.receiveWaiting() }
            guard isClosing == wasClosing else { return }
            let isOverflow = failure.code == ENOBUFS
            return end(isOverflow ? .outboundOverflow(limit: output.waterMarks.limit) : .lost(failure))
        }
        if isClosing || input.reading == .closed { return end(.done) }
        guard let halfCloseable = streamProtocol as? any HalfCloseableProtocol else { return }
        do { try halfCloseable.writeConnectionLost() } catch { fail(error) }
    }

    /// The protocol threw: what it wrote before is sent if the kernel takes it, and the connection ends.
    private func fail(_ error: any Error) {
        output.sendOnce()
        end(.protocolFailure(error))
    }

    private func endLater(_ reason: DisconnectReason) {
        reactor.callLater(.zero) { [self] in end(reason) }
    }

    private func end(_ reason: DisconnectReason) {
        guard !hasEnded else { return }
        (hasEnded, isClosing) = (true, true)
        deadline?.cancel()
        input.abandon()
        output.abandon()
        let last = streamProtocol
        streamProtocol = nil
        last?.connectionLost(reason)
        scope.end()
    }
}

/// The standard input and output of this process as an endpoint: one connection, made at once.
///
/// For programs run by `inetd(8)`, by a supervisor, or at a terminal.
public struct StandardEndpoint: ServerEndpoint {
    /// Where octets come from.
    public var input: Int32

    /// Where octets go to.
    public var output: Int32

    /// The endpoint as in a description.
    public var description: String { "stdio:" }

    /// Makes an endpoint of two descriptors; unless said, 0 and 1.
    public init(input: Int32 = 0, output: Int32 = 1) {
        self.input = input
        self.output = output
    }

    /// Makes the connection.
    ///
    /// - Throws: ``SystemFailure`` when one of the descriptors is not open.
    public func listen(with factory: any ProtocolFactory, on reactor: Reactor) throws -> any ListeningPort {
        let stream = try StandardStream(input: input, output: output, reactor: reactor)
        if let streamProtocol = factory.makeProtocol(for: stream.peer) { stream.start(streamProtocol) }
        return StandardPort()
    }
}

/// There is nothing to wait for: the one connection is there.
private final class StandardPort: ListeningPort {
    let address: SocketAddress = .unix("")

    func stopListening() {}

    func pauseAccepting() {}

    func resumeAccepting() {}
}

extension EndpointRegistry {
    /// Adds the kind `stdio:`, the standard input and output of this process.
    public mutating func registerStandard() {
        registerServer("stdio") { arguments, _ in
            if let text = arguments.positional(), !text.isEmpty {
                throw arguments.failure(text, "standard input and output have no address")
            }
            return StandardEndpoint()
        }
    }
}
