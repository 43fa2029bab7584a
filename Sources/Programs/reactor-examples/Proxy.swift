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
        near.whenMade = { [target, reactor, unowned near] in
            let far = ProxyEnd()
            (near.other, far.other) = (far, near)
            // Nothing is read from the client before the target has answered, and a client that leaves ends the attempt.
            near.transport?.pauseProducing()
            let connecting = target.connect(far, on: reactor)
            near.transport?.scope.add(connecting)
            connecting.whenDone { result in
                guard case .failure(let error) = result else { return }
                say("\(peer): \(error)")
                near.transport?.loseConnection()
            }
        }
        return near
    }
}

// snippet: transport-proxy
/// One of the two connections; it is the producer of the other one's transport.
///
/// It is half-closeable: what one side has said to its end is passed on, while the other one still answers.
private final class ProxyEnd: HalfCloseableProtocol, Producer {
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
        farther.resumeProducing()
    }

    func dataReceived(_ bytes: Span<UInt8>) { other?.transport?.write(bytes) }

    func readConnectionLost() {
        other?.transport?.unregisterProducer()
        other?.transport?.loseWriteConnection()
    }

    func writeConnectionLost() {}

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
