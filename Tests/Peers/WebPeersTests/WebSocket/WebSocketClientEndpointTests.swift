import HTTPWire
import ReactorCore
import ReactorTesting
import Testing
import Transports
import WebPeers

@Suite struct WebSocketClientEndpointTests {
    private final class Factory: ProtocolFactory {
        let server = NotingProtocol()
        func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { server }
    }

    @Test func aListenersPolicyAndAClientsEndpointMeet() throws {
        let test = try TestReactor()
        let network = MemoryNetwork(test)
        let factory = Factory()
        let rules = WebSocketSettings(.server(WebSocketRules(subprotocols: [WebSocketStage.text])), form: .lines)
        let port = try network.server("a.example:80").listen(
            with: factory.under(WebSocketPolicy(rules, on: test.reactor)), on: test.reactor)
        let request = WebSocketRequest(host: "a.example", subprotocols: [WebSocketStage.text])
        let endpoint = WebSocketClientEndpoint(
            network.client("a.example:80"), WebSocketSettings(.client(request), form: .lines))
        let client = NotingProtocol()
        client.greeting = "hello\r\n"
        var connected: NotingProtocol?
        endpoint.connect(client, on: test.reactor).whenDone { connected = try? $0.get() }
        test.settle()
        #expect(connected === client && factory.server.pieces == ["hello\r\n"])
        client.transport?.loseConnection()
        test.settle()
        #expect(factory.server.end == "connection closed")
        _ = port
    }
}
