import IRCWire
import ReactorCore
import ReactorTesting
import Testing
import Transports
import WebPeers

@testable import ChatPeers

/// A client of ours on a network of ours.
private final class PairStage: IRCClientHandler {
    let network: IRCNetworkStage
    let client: IRCClient
    private(set) var events: [IRCClientEvent] = []

    init(isWeb: Bool = false, _ change: (inout IRCClientSettings) -> Void = { _ in }) throws {
        network = try IRCNetworkStage { $0.allowsClearLogins = true }
        let memory = MemoryNetwork(network.test)
        let factory: any ProtocolFactory = isWeb ? network.server.webSocket() : network.server
        _ = try memory.server("irc.test").listen(with: factory, on: network.test.reactor)
        var settings = IRCClientSettings(nick: "Heron")
        settings.pace = .unlimited
        settings.channels = [IRCClientChannel("#mud")]
        change(&settings)
        let direct: any ClientEndpoint = memory.client("irc.test")
        client = IRCClient(
            settings,
            endpoint: isWeb ? WebSocketClientEndpoint(direct, IRCWebSocket.client(host: "irc.test")) : direct,
            on: network.test.reactor)
        client.handler = self
    }

    func received(_ event: IRCClientEvent, from client: IRCClient) { events.append(event) }

    func begin() -> Bool {
        client.start()
        return network.test.run { self.client.view.channel("#mud")?.isComplete == true }
    }

    func settle() { network.test.settle() }

    var heard: [IRCClientMessage] {
        events.compactMap { if case .message(let message) = $0 { message } else { nil } }
    }
}

@Suite("IRC client and server")
struct IRCClientServerTests {
    @Test("They agree on all capabilities, and the client sees who is there", arguments: [false, true])
    func meeting(isWeb: Bool) throws {
        let stage = try PairStage(isWeb: isWeb)
        let ada = stage.network.enter("Ada")
        ada.type("JOIN #mud", "TOPIC #mud :About birds")
        #expect(stage.begin())
        let view = stage.client.view
        #expect(view.capabilities.isSuperset(of: [.labeledResponse, .batch, .messageTags, .chathistory]))
        #expect(view.source.host != nil && view.channel("#mud")?.topic == "About birds")
        #expect(view.member("ada", on: "#mud")?.modes == "o" && view.member("Heron", on: "#mud")?.modes == "")
        ada.type("MODE #mud +v Heron", "PRIVMSG #mud :hello")
        stage.settle()
        #expect(stage.client.view.member("Heron", on: "#mud")?.modes == "v")
        #expect(stage.heard.map(\.text) == ["hello"])
        try stage.client.say("one\ntwo", to: "#mud")
        try stage.client.act("waves", to: "#mud")
        let lines = ada.read().filter { $0.contains(" PRIVMSG ") }
        #expect(lines.count == 3 && lines[2].hasSuffix("\u{1}ACTION waves\u{1}"))
    }

    @Test("Questions find their answers")
    func questions() throws {
        let stage = try PairStage()
        let ada = stage.network.enter("Ada")
        ada.type("JOIN #mud", "PRIVMSG #mud :first", "PRIVMSG #mud :second")
        #expect(stage.begin())
        let (person, nobody) = (stage.client.whois("Ada"), stage.client.whois("Nobody"))
        let (list, history) = (
            stage.client.list(), stage.client.history(.latest(target: "#mud", after: nil, limit: 10))
        )
        let refused = stage.client.join(IRCClientChannel("nonsense"))
        stage.settle()
        #expect(try person.resultNow()?.realName == "Ada's name")
        #expect(try nobody.resultNow() == nil)
        #expect(try list.resultNow().map(\.name) == ["#mud"])
        #expect(try history.resultNow().map(\.text) == ["first", "second"])
        #expect(throws: IRCClientFailure.self) { try refused.resultNow() }
    }

    @Test("It logs in with the account's password, shown to nobody")
    func login() throws {
        let stage = try PairStage { $0.login = .scram(name: "heron", password: "sesame") }
        let owner = stage.network.enter("heron")
        _ = owner.ask("REGISTER * * sesame")
        owner.type("NICK Egret")
        _ = owner.read()
        #expect(stage.begin())
        #expect(stage.client.view.account == "heron")
        #expect(stage.events.contains(.loggedIn(account: "heron")))
    }

    @Test("A wrong password does not let it in")
    func wrongPassword() throws {
        let stage = try PairStage { $0.login = .scram(name: "heron", password: "wrong") }
        let owner = stage.network.enter("heron")
        _ = owner.ask("REGISTER * * sesame")
        stage.client.start()
        let isTold = stage.network.test.run {
            stage.events.contains { if case .disconnected = $0 { true } else { false } }
        }
        #expect(isTold && !stage.client.isRegistered)
    }
}
