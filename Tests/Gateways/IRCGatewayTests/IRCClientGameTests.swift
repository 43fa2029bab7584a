import ChatPeers
import IRCWire
import ReactorCore
import ReactorTesting
import Testing
import Transports

@testable import IRCGateway

/// The client library plays the game.
@Suite("IRC client in the game")
struct IRCClientGameTests {
    private final class Player: IRCClientHandler {
        private(set) var heard: [IRCClientMessage] = []

        func received(_ event: IRCClientEvent, from client: IRCClient) {
            if case .message(let message) = event { heard.append(message) }
        }
    }

    @Test("It comes in, talks, and asks what was said")
    func playing() throws {
        let stage = try IRCStage()
        let network = MemoryNetwork(stage.test)
        _ = try network.server("game").listen(with: stage.factory, on: stage.test.reactor)
        var settings = IRCClientSettings(nick: "Ada")
        settings.serverPassword = IRCStage.password
        settings.channels = [IRCClientChannel("#chat"), IRCClientChannel("#here")]
        settings.pace = .unlimited
        let (client, player) = (IRCClient(settings, endpoint: network.client("game"), on: stage.test.reactor), Player())
        client.handler = player
        client.start()
        stage.test.advance(by: .seconds(1))
        #expect(client.isRegistered && client.view.nick == "Ada")
        #expect(client.view.channel("#chat")?.isComplete == true && client.view.channel("#here") != nil)
        let ben = try stage.enter("Ben").client
        ben.send("PRIVMSG #chat :good evening")
        try client.say("hello Ben", to: "#chat")
        stage.test.advance(by: .seconds(1))
        #expect(ben.settle().contains { $0.hasPrefix(":Ada!") && $0.hasSuffix("PRIVMSG #chat :hello Ben") })
        let (who, said) = (client.whois("Ben"), client.history(.latest(target: "#chat", after: nil, limit: 10)))
        stage.test.advance(by: .seconds(1))
        #expect(try who.resultNow()?.nick == "Ben")
        #expect(try said.resultNow().map(\.text) == ["good evening", "hello Ben"])
        let heard = player.heard.filter { $0.channel == "#chat" && !$0.isHistory }
        #expect(heard.map(\.text) == ["good evening", "hello Ben"] && heard.map(\.isOwn) == [false, true])
        #expect(heard.allSatisfy { $0.id != nil })
    }
}
