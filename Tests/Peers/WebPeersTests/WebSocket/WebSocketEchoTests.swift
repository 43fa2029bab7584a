import HTTPWire
import ReactorCore
import ReactorTesting
import Testing
import Transports
import WebPeers

// snippet: websocket-protocol
/// Sends every message back.
private final class Echo: WebSocketProtocol {
    private var socket: WebSocketTransport?

    func connectionMade(over transport: any Transport) {}

    func webSocketOpened(_ subprotocol: WebSocketSubprotocol?, over transport: WebSocketTransport) {
        socket = transport
    }

    func messageReceived(_ message: WebSocketMessage) { socket?.send(message) }

    func dataReceived(_ bytes: Span<UInt8>) {}

    func connectionLost(_ reason: DisconnectReason) { socket = nil }
}
// snippet ends

private final class EchoFactory: ProtocolFactory {
    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { Echo() }
}

/// What the article shows.
@Suite struct WebSocketEchoTests {
    @Test func messagesComeBack() throws {
        let test = try TestReactor()
        let network = MemoryNetwork(test)
        let reactor = test.reactor
        let (endpoint, tcp) = (network.server("a.example:80"), network.client("a.example:80"))
        let factory = EchoFactory()
        // snippet: websocket-server
        var settings = WebSocketSettings(
            .server(WebSocketRules(origins: .only(["https://a.example"]), paths: ["/echo"])))
        settings.limits.messageOctets = 65_536
        settings.pingInterval = .seconds(30)
        let port = try endpoint.listen(with: factory.under(WebSocketPolicy(settings, on: reactor)), on: reactor)
        // snippet ends
        let client = MessageProtocol()
        // snippet: websocket-client
        let request = WebSocketRequest(host: "a.example", target: "/echo")
        WebSocketClientEndpoint(tcp, WebSocketSettings(.client(request))).connect(client, on: reactor).whenDone {
            result in
            if case .failure(let error) = result { print("nobody answers: \(error)") }
        }
        // snippet ends
        test.settle()
        client.socket?.send(WebSocketMessage("hello"))
        test.settle()
        #expect(client.messages == [WebSocketMessage("hello")])
        _ = port
    }
}
