import ReactorCore
import ReactorTesting
import Transports

/// Makes one recorder after another.
final class RecorderFactory: ProtocolFactory {
    private(set) var made: [Recorder] = []
    var turnsAway = false
    var onData: ((Recorder, [UInt8]) throws -> Void)?
    var onMade: ((Recorder) throws -> Void)?

    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
        guard !turnsAway else { return nil }
        let recorder = Recorder()
        recorder.onData = onData
        recorder.onMade = onMade
        made.append(recorder)
        return recorder
    }
}

/// A factory under policies, and memory transports that connect to it.
struct PolicyStage {
    let test: TestReactor
    let inner = RecorderFactory()
    let factory: any ProtocolFactory

    init(_ makePolicies: (TestReactor) throws -> [any ConnectionPolicy]) throws {
        test = try TestReactor()
        factory = try makePolicies(test).reversed().reduce(inner as any ProtocolFactory) { $0.under($1) }
    }

    /// Connects a peer; the protocol is nil when another one answers, the transport when it is turned away.
    func connect(_ peer: SocketAddress = address("10.0.0.1")) -> (transport: MemoryTransport, recorder: Recorder?)? {
        let before = inner.made.count
        guard let made = factory.makeProtocol(for: peer) else { return nil }
        let transport = MemoryTransport(peer: peer, reactor: test.reactor)
        transport.connect(made)
        return (transport, inner.made.count > before ? inner.made[before] : nil)
    }
}

func address(_ host: String, port: UInt16 = 50_000) -> SocketAddress {
    if let host = IPv4Host(host) { return .ipv4(host, port: port) }
    if let host = IPv6Host(host) { return .ipv6(host, port: port) }
    return .unix(host)
}

/// The text of a typed reason, or the word for an untyped one.
func reason(_ recorder: Recorder) -> String {
    if case .layerFailure(let failure) = recorder.reason { return "\(failure)" }
    return recorder.ending
}
