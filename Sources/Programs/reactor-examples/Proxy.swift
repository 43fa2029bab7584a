import ReactorCore
import Transports

/// Connects each client to a target, and passes on what either says, no faster than the other reads.
private final class ProxyFactory: ProtocolFactory {
    private let target: any ClientEndpoint
    private let reactor: Reactor

    init(target: any ClientEndpoint, reactor: Reactor) {
        self.target = target
        self.reactor = reactor
    }

    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
        let near = ProxyEnd()
        let far = ProxyEnd()
        near.other = far
        far.other = near
        near.whenMade = { [target, reactor] in
            // Nothing is read from the client before the target has answered.
            near.transport?.pauseProducing()
            target.connect(far, on: reactor).whenDone { result in
                switch result {
                case .success: near.transport?.resumeProducing()
                case .failure(let error):
                    say("\(peer): \(error)")
                    near.transport?.loseConnection()
                }
            }
        }
        return near
    }
}

// snippet: transport-proxy
/// One of the two connections; it is the producer of the other one's transport.
private final class ProxyEnd: StreamProtocol, Producer {
    var other: ProxyEnd?
    var whenMade: (() -> Void)?
    private(set) var transport: (any Transport)?

    func connectionMade(over transport: any Transport) throws {
        self.transport = transport
        whenMade?()
        whenMade = nil
        guard let partner = other, let farther = partner.transport else { return }
        try transport.registerProducer(partner, streaming: true)
        try farther.registerProducer(self, streaming: true)
    }

    func dataReceived(_ bytes: Span<UInt8>) { other?.transport?.write(bytes) }

    func connectionLost(_ reason: DisconnectReason) {
        transport = nil
        other?.transport?.unregisterProducer()
        other?.transport?.loseConnection()
        other = nil
    }

    func pauseProducing() { transport?.pauseProducing() }
    func resumeProducing() { transport?.resumeProducing() }
    func stopProducing() { transport?.loseConnection() }
}
// snippet ends

/// `proxy tcp:7000 tcp:mud.example.org:4000`: back-pressure between two connections.
func proxy(_ reactor: Reactor, _ words: [String]) async throws {
    let registry = EndpointRegistry(resolver: SystemNameResolver(on: reactor))
    let factory = ProxyFactory(target: try registry.client(words[1]), reactor: reactor)
    let listening = try registry.server(words[0]).listen(with: factory, on: reactor)
    say("listening on \(listening.address)")
    try await untilCancelled()
}
