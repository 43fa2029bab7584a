import IRCWire
import ReactorCore
import ReactorTesting
import Testing
import Transports
import WebPeers

@testable import ChatPeers

/// Our client comes to our server by WebSocket; neither knows.
@Suite struct IRCClientWebSocketTests {
    private final class Listener: IRCClientHandler {
        private(set) var texts: [String] = []

        func received(_ event: IRCClientEvent, from client: IRCClient) {
            if case .message(let message) = event { texts.append(message.text) }
        }
    }

    @Test func theyTalkAndPart() throws {
        let network = try IRCNetworkStage()
        let memory = MemoryNetwork(network.test)
        let reactor = network.test.reactor
        let port = try memory.server("irc.test:80").listen(
            with: network.server.webSocket(paths: ["/irc"]), on: reactor)
        let endpoint = WebSocketClientEndpoint(
            memory.client("irc.test:80"), IRCWebSocket.client(host: "irc.test", target: "/irc"))
        var settings = IRCClientSettings(nick: "Heron")
        settings.pace = .unlimited
        settings.channels = [IRCClientChannel("#mud")]
        let client = IRCClient(settings, endpoint: endpoint, on: reactor)
        let listener = Listener()
        client.handler = listener
        client.start()
        let isThere = network.test.run { client.view.channel("#mud")?.isComplete == true }
        #expect(isThere)
        let ada = network.enter("Ada")
        ada.type("JOIN #mud", "PRIVMSG #mud :caf\u{E9}")
        network.test.settle()
        #expect(listener.texts == ["caf\u{E9}"])
        try client.say("hello\nthere", to: "#mud")
        network.test.settle()
        #expect(ada.read().filter { $0.contains(" PRIVMSG #mud ") }.count == 2)
        let lines = memory.connections.map { $0.server.lostReason == nil }
        #expect(lines == [true])
        _ = port
    }
}
