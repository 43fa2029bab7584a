import FileAccessTesting
import Glibc
import ReactorCore
import ReactorTesting
import Testing
import TransportTLS
import Transports

/// The transports the contract is proven over.
enum ContractKind: CaseIterable {
    case tcp
    case tcp6
    case unix
    case abstract
    case memory
    case memoryOctetByOctet
    case tls12
    case tls13
    case tlsInMemory
    case tlsInTLSInMemory
    case tlsOctetByOctet
    case layered

    /// All of them; without TCP over IPv6 on a machine that has none.
    static let available = allCases.filter { $0 != .tcp6 || hasIPv6 }

    private static var hasIPv6: Bool {
        guard let reactor = try? Reactor() else { return false }
        let port = try? reactor.listenDatagrams(on: .ipv6(.loopback, port: 0), protocol: DatagramRecorder())
        port?.stopListening()
        reactor.runOnePass(waitingAtMost: .zero)
        return port != nil
    }

    var isMemory: Bool {
        switch self {
        case .memory, .memoryOctetByOctet, .tlsInMemory, .tlsInTLSInMemory, .tlsOctetByOctet: true
        default: false
        }
    }

    /// Whether the descriptor below is a TCP socket.
    var isTCP: Bool {
        switch self {
        case .tcp, .tcp6, .tls12, .tls13, .layered: true
        default: false
        }
    }

    /// The layers of TLS between the protocol and the network.
    var secureLayers: Int {
        switch self {
        case .tls12, .tls13, .tlsInMemory, .tlsOctetByOctet: 1
        case .tlsInTLSInMemory: 2
        default: 0
        }
    }

    /// How much is sent where a lot is to be sent; octet by octet, the point is made with less.
    var bigSize: Int { isOctetByOctet ? 1 << 17 : 8 << 20 }

    var isOctetByOctet: Bool { self == .memoryOctetByOctet || self == .tlsOctetByOctet }

    /// A protocol's end of a connection of this kind, to be given to the network.
    func secured(_ upper: any StreamProtocol, isServer: Bool, reactor: Reactor) throws -> any StreamProtocol {
        var outermost = self == .layered ? TransportLayer(below: upper) : upper
        for _ in 0..<secureLayers {
            let role = try ContractCertificate.role(isServer: isServer, version: self == .tls12 ? .tls12 : .tls13)
            outermost = try TLSTransport(role, protocol: outermost, reactor: reactor)
        }
        return outermost
    }
}

/// Connects two recorders over a transport of any kind, and lets things happen.
final class ContractHarness {
    let reactor: Reactor
    private let kind: ContractKind
    private var test: TestReactor?
    private var pairs: [LoopbackPair] = []
    private var expected: [Recorder] = []
    private var listener: Listener?
    private var endpoint: EndpointDescription?
    private var folder: TemporaryFolder?

    init(_ kind: ContractKind, poller: (any Poller)? = nil) throws {
        self.kind = kind
        guard !kind.isMemory else {
            let made = try TestReactor()
            test = made
            reactor = made.reactor
            return
        }
        reactor = try Reactor(poller: poller)
        reactor.log = { _ in }
        try listen()
    }

    deinit {
        reactor.disconnectAll()
        for pair in pairs {
            pair.client.abortConnection()
            pair.server.abortConnection()
        }
        for _ in 0..<2 { reactor.runOnePass(waitingAtMost: .zero) }
        expectNoLeftovers(reactor)
    }

    private func listen() throws {
        var wanted: EndpointDescription
        switch kind {
        case .tcp6: wanted = EndpointDescription(.tcp6(interface: .loopback, port: 0))
        case .unix, .abstract:
            let made = try TemporaryFolder()
            folder = made
            let path = (kind == .abstract ? "\0" : "") + made.path + "/socket"
            wanted = EndpointDescription(.unix(path: path, mode: nil))
        default: wanted = EndpointDescription(.tcp(interface: .loopback, port: 0))
        }
        let made = try reactor.listen(wanted, factory: ContractFactory(harness: self))
        let port = UInt16(made.address.port ?? 0)
        if case .tcp = wanted.kind { wanted.kind = .tcp(interface: .loopback, port: port) }
        if case .tcp6 = wanted.kind { wanted.kind = .tcp6(interface: .loopback, port: port) }
        (listener, endpoint) = (made, wanted)
    }

    func nextProtocol() -> (any StreamProtocol)? {
        guard !expected.isEmpty else { return nil }
        return try? kind.secured(expected.removeFirst(), isServer: true, reactor: reactor)
    }

    /// Connects two protocols and waits until both know, or until something else has happened.
    func connect(
        client: Recorder, server: Recorder, until isDone: (() -> Bool)? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let clientEnd = try kind.secured(client, isServer: false, reactor: reactor)
        if let endpoint {
            expected.append(server)
            begin(clientEnd, at: endpoint)
        } else {
            let serverEnd = try kind.secured(server, isServer: true, reactor: reactor)
            let pair = LoopbackPair(client: clientEnd, server: serverEnd, test: test)
            if kind.isOctetByOctet { pair.octetsPerDelivery = 1 }
            pairs.append(pair)
        }
        try run(sourceLocation: sourceLocation) { isDone?() ?? (client.isReady && server.isReady) }
    }

    private func begin(_ clientEnd: some StreamProtocol, at endpoint: EndpointDescription) {
        reactor.connect(endpoint, protocol: clientEnd).whenDone { _ in }
    }

    /// Connects two fresh recorders.
    func connect(sourceLocation: SourceLocation = #_sourceLocation) throws -> (client: Recorder, server: Recorder) {
        let (client, server) = (Recorder(), Recorder())
        try connect(client: client, server: server, sourceLocation: sourceLocation)
        return (client, server)
    }

    func run(sourceLocation: SourceLocation = #_sourceLocation, until condition: () -> Bool) throws {
        for _ in 0..<20_000 {
            if condition() { return }
            pass()
        }
        try #require(condition(), "still false after many passes", sourceLocation: sourceLocation)
    }

    /// Lets things happen of which none is expected.
    func idle(passes: Int = 20) {
        for _ in 0..<passes { if test == nil { reactor.runOnePass(waitingAtMost: .zero) } else { pass() } }
    }

    private func pass() {
        guard let test else {
            reactor.runOnePass(waitingAtMost: .milliseconds(1))
            return
        }
        for pair in pairs { pair.pump() }
        test.advance(by: .milliseconds(1))
    }
}

private final class ContractFactory: ProtocolFactory {
    private weak var harness: ContractHarness?

    init(harness: ContractHarness) {
        self.harness = harness
    }

    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { harness?.nextProtocol() }
}

/// Writes a known sequence of octets to a transport, as fast as that wants it.
final class SequenceProducer: Producer {
    private let transport: any Transport
    private let isStreaming: Bool
    private let total: Int
    private(set) var written = 0
    private(set) var pauses = 0
    private(set) var stops = 0
    private(set) var mostBuffered = 0
    private var isPaused = false

    init(_ total: Int, over transport: any Transport, streaming: Bool) throws {
        self.total = total
        self.transport = transport
        isStreaming = streaming
        try transport.registerProducer(self, streaming: streaming)
        if streaming { resumeProducing() }
    }

    /// A run of octets whose period no buffer size shares, twice in a row so that every slice is in one piece.
    private static let pattern: [UInt8] = {
        let period = (0..<65_521).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        return period + period
    }()

    /// A part of the sequence.
    static func octets(_ range: Range<Int>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var next = range.lowerBound
        while next < range.upperBound {
            let start = next % 65_521
            let count = min(65_521, range.upperBound - next)
            result.append(contentsOf: pattern[start..<start + count])
            next += count
        }
        return result
    }

    func pauseProducing() {
        pauses += 1
        isPaused = true
    }

    func resumeProducing() {
        isPaused = false
        repeat {
            guard written < total else { return transport.unregisterProducer() }
            let count = min(8_192, total - written)
            transport.write(Self.octets(written..<written + count))
            written += count
            mostBuffered = max(mostBuffered, transport.bufferedByteCount)
        } while isStreaming && !isPaused
    }

    func stopProducing() { stops += 1 }
}

/// Checks that what a recorder gets is the known sequence.
final class SequenceCheck {
    private(set) var count = 0
    private(set) var isRight = true

    init(_ recorder: Recorder) {
        recorder.keepsBytes = false
        recorder.onData = { [weak self] _, bytes in self?.check(bytes) }
    }

    private func check(_ bytes: [UInt8]) {
        let expected = SequenceProducer.octets(count..<count + bytes.count)
        if memcmp(expected, bytes, bytes.count) != 0 { isRight = false }
        count += bytes.count
    }
}
