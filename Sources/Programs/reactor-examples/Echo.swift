import ReactorCore
import Transports

// snippet: transport-echo
/// Gives back what it receives.
private final class Echo: StreamProtocol {
    private var transport: (any Transport)?

    func connectionMade(over transport: any Transport) { self.transport = transport }

    func dataReceived(_ bytes: Span<UInt8>) { transport?.write(bytes) }

    func connectionLost(_ reason: DisconnectReason) { transport = nil }
}

final class EchoFactory: ProtocolFactory {
    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { Echo() }
}
// snippet ends

/// `echo tcp:7000`: the smallest server.
func echo(_ reactor: Reactor, _ words: [String]) async throws {
    // snippet: endpoint-first
    let registry = EndpointRegistry(resolver: SystemNameResolver(on: reactor))
    let listening = try registry.server(words[0]).listen(with: EchoFactory(), on: reactor)
    // snippet ends
    say("listening on \(listening.address)")
    try await untilCancelled()
}
