import FileAccessTesting
import Glibc
import ReactorCore
import Testing
import TransportTLS
import Transports

/// The kinds of socket every contract test runs over.
enum SocketKind: CaseIterable {
    case tcp
    case tcp6
    case unix
}

/// A reactor with a listener on a fresh address, whose accepted protocols are recorded.
final class Harness {
    let reactor: Reactor
    private(set) var accepted: [Recorder] = []
    private(set) var logLines: [String] = []
    var onData: ((Recorder, [UInt8]) throws -> Void)?
    var onMade: ((Recorder) throws -> Void)?
    /// Called while a protocol is made.
    var onMaking: (() -> Void)?
    var turnsAway = false
    /// False counts accepted connections and their losses, and lets go of them.
    var keepsAccepted = true
    private(set) var acceptedCount = 0
    private(set) var lostCount = 0
    private var folder: TemporaryFolder?
    private(set) var endpoint: EndpointDescription
    private var stored: Listener?

    init(_ kind: SocketKind) throws {
        reactor = try Reactor()
        switch kind {
        case .tcp: endpoint = EndpointDescription(.tcp(interface: .loopback, port: 0))
        case .tcp6: endpoint = EndpointDescription(.tcp6(interface: .loopback, port: 0))
        case .unix:
            let made = try TemporaryFolder()
            folder = made
            endpoint = EndpointDescription(.unix(path: made.path + "/socket", mode: 0o600))
        }
        reactor.log = { [weak self] in self?.logLines.append($0) }
        stored = try reactor.listen(endpoint, factory: HarnessFactory(harness: self))
        let port = UInt16(stored?.address.port ?? 0)
        switch kind {
        case .tcp: endpoint.kind = .tcp(interface: .loopback, port: port)
        case .tcp6: endpoint.kind = .tcp6(interface: .loopback, port: port)
        case .unix: break
        }
    }

    deinit {
        reactor.disconnectAll()
        reactor.runOnePass(waitingAtMost: .zero)
        reactor.runOnePass(waitingAtMost: .zero)
        expectNoLeftovers(reactor)
    }

    var listener: Listener {
        get throws { try #require(stored) }
    }

    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
        guard !turnsAway else { return nil }
        onMaking?()
        let made = Recorder()
        made.onData = onData
        made.onMade = onMade
        acceptedCount += 1
        if keepsAccepted { accepted.append(made) } else { made.onLost = { [weak self] in self?.lostCount += 1 } }
        return made
    }

    /// Connects a recorder and waits until both ends know.
    func connect(sourceLocation: SourceLocation = #_sourceLocation) throws -> (client: Recorder, server: Recorder) {
        let before = accepted.count
        let client = Recorder()
        reactor.connect(endpoint, protocol: client).whenDone { _ in }
        try run(sourceLocation: sourceLocation) {
            client.isMade && accepted.count == before + 1 && accepted[before].isMade
        }
        return (client, accepted[before])
    }

    /// Runs passes until the condition holds.
    func run(sourceLocation: SourceLocation = #_sourceLocation, until condition: () -> Bool) throws {
        for _ in 0..<20_000 {
            if condition() { return }
            reactor.runOnePass(waitingAtMost: .milliseconds(1))
        }
        try #require(condition(), "still false after many passes", sourceLocation: sourceLocation)
    }

    /// Runs a few passes in which nothing is expected to happen.
    func idle() {
        for _ in 0..<20 { reactor.runOnePass(waitingAtMost: .zero) }
    }
}

/// Asks the harness, which owns the listener and so may not be owned by it.
final class HarnessFactory: ProtocolFactory {
    private weak var harness: Harness?

    init(harness: Harness) {
        self.harness = harness
    }

    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { harness?.makeProtocol(for: peer) }
}

/// A protocol that remembers everything.
class Recorder: StreamProtocol {
    private(set) var transport: (any Transport)?
    private(set) var received: [UInt8] = []
    private(set) var receivedCount = 0
    private(set) var lossCount = 0
    private(set) var reason: DisconnectReason?
    var keepsBytes = true
    var onData: ((Recorder, [UInt8]) throws -> Void)?
    var onMade: ((Recorder) throws -> Void)?
    var onLost: (() -> Void)?

    var isMade: Bool { transport != nil }

    var isLost: Bool { lossCount > 0 }

    /// Whether the connection is made and, if it is a secure one, its handshake complete or in vain.
    var isReady: Bool { isMade && (isLost || (transport as? TLSTransport).map { $0.session != nil } ?? true) }

    var text: String { String(decoding: received, as: UTF8.self) }

    /// The case of the reason as a word.
    var ending: String {
        switch reason {
        case nil: "none"
        case .done: "done"
        case .lost: "lost"
        case .aborted: "aborted"
        case .protocolFailure: "protocolFailure"
        case .timedOut: "timedOut"
        case .layerFailure: "layerFailure"
        case .outboundOverflow: "outboundOverflow"
        }
    }

    func connectionMade(over transport: any Transport) throws {
        self.transport = transport
        try onMade?(self)
    }

    func dataReceived(_ bytes: Span<UInt8>) throws {
        receivedCount += bytes.count
        guard keepsBytes || onData != nil else { return }
        let copy = bytes.withUnsafeBufferPointer { Array($0) }
        if keepsBytes { received += copy }
        try onData?(self, copy)
    }

    func connectionLost(_ reason: DisconnectReason) {
        lossCount += 1
        self.reason = reason
        onLost?()
    }
}

/// A recorder that goes on when one half is closed.
final class HalfCloseRecorder: Recorder, HalfCloseableProtocol {
    private(set) var readLosses = 0
    private(set) var writeLosses = 0
    var onReadLost: ((HalfCloseRecorder) throws -> Void)?
    var onWriteLost: ((HalfCloseRecorder) throws -> Void)?

    func readConnectionLost() throws {
        readLosses += 1
        try onReadLost?(self)
    }

    func writeConnectionLost() throws {
        writeLosses += 1
        try onWriteLost?(self)
    }
}

/// Counts what a transport asks of a producer.
final class CountingProducer: Producer {
    private(set) var pauses = 0
    private(set) var resumes = 0
    private(set) var stops = 0
    var onResume: (() -> Void)?
    var onPause: (() -> Void)?

    func pauseProducing() {
        pauses += 1
        onPause?()
    }

    func resumeProducing() {
        resumes += 1
        onResume?()
    }

    func stopProducing() { stops += 1 }
}
