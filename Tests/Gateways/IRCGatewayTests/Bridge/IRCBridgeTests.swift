import Basics
import ChatPeers
import CredentialCore
import GatewayCore
import GatewayTesting
import IRCWire
import Logging
import ReactorCore
import ReactorTesting
import Testing
import Transports
import WorldModel
import WorldVerbs

@testable import IRCGateway

/// A game with a door, a network elsewhere, and bridges between the two.
private final class BridgeStage {
    let inside: IRCStage
    let network: MemoryNetwork
    let hub: IRCBridgeHub
    let outside: IRCServer
    private var guests: [Guest] = []

    init() throws {
        inside = try IRCStage()
        network = MemoryNetwork(inside.test)
        hub = IRCBridgeHub(inside.game, mark: 1)
        outside = try Self.server("there.test", inside.test)
        _ = try network.server("there.test").listen(with: outside, on: inside.test.reactor)
    }

    static func server(_ name: String, _ test: TestReactor) throws -> IRCServer {
        let house = IRCNetwork(IRCNetworkSettings(), on: test.reactor)
        var settings = IRCServerSettings(name: name)
        settings.pace = nil
        let server = IRCServer(settings, house: house, on: test.reactor)
        return server
    }

    /// Starts a bridge and lets it join.
    func bridge(
        _ network: String = "there", at server: String = "there.test", nick: String = "Harbour",
        _ change: (inout IRCBridgeSettings) -> Void = { _ in }
    ) -> IRCBridge {
        var client = IRCClientSettings(nick: nick)
        client.pace = .unlimited
        var settings = IRCBridgeSettings(
            network: network, client: client, links: [IRCBridgeLink(channel: "chat", outside: "#harbour")])
        change(&settings)
        let bridge = IRCBridge(
            settings, endpoint: self.network.client(server), game: inside.game, hub: hub,
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        bridge.start()
        settle()
        return bridge
    }

    func settle() { for _ in 0..<10 { inside.test.settle() } }

    /// Somebody on a network elsewhere.
    final class Guest {
        let end = LineClient()
        let pair: LoopbackPair
        private let stage: BridgeStage

        init(_ stage: BridgeStage, _ server: IRCServer, _ nick: String) throws {
            self.stage = stage
            let made = try #require(server.makeProtocol(for: .ipv4(.loopback, port: 50_001)))
            pair = LoopbackPair(client: end, server: made, test: stage.inside.test)
            send("NICK \(nick)", "USER \(nick) 0 * :\(nick)", "JOIN #harbour")
        }

        @discardableResult
        func send(_ lines: String...) -> [String] {
            end.send(lines)
            return read()
        }

        /// What has come, and was said.
        func read() -> [String] {
            for _ in 0..<4 {
                pair.pump()
                stage.settle()
            }
            return end.take().filter { $0.contains(" PRIVMSG ") }
        }
    }

    func guest(_ nick: String, on server: IRCServer? = nil) throws -> Guest {
        try Guest(self, server ?? outside, nick)
    }

    /// Somebody in the game who hears `chat`.
    func player(_ name: String) throws -> IRCStage.Client {
        let client = try inside.enter(name).client
        client.send("JOIN #chat")
        return client
    }

    func history() throws -> [ChannelMessage] {
        let channel = try #require(Channel(named: "chat", in: inside.world))
        return channel.history(for: inside.world.root ?? inside.hall)
    }
}

/// What was said of the lines, without sources and tags.
private func words(_ lines: [String]) -> [String] {
    lines.filter { $0.contains(" PRIVMSG ") }.compactMap { line in
        line.range(of: " :").map { String(line[$0.upperBound...]) }
    }
}

extension String {
    fileprivate func range(of text: String) -> Range<String.Index>? { firstRange(of: text) }
}

@Suite("IRC bridge")
struct IRCBridgeTests {
    @Test("What is said here is said there, with who said it, and the other way round")
    func bothWays() throws {
        let stage = try BridgeStage()
        let bridge = stage.bridge()
        #expect(bridge.client.isRegistered)
        let (ada, zed) = (try stage.player("Ada"), try stage.guest("zed"))
        ada.send("PRIVMSG #chat :good evening")
        ada.send("PRIVMSG #chat :\u{1}ACTION waves\u{1}")
        #expect(words(zed.read()) == ["<Ada> good evening", "* Ada waves."])
        ada.settle()
        zed.send("PRIVMSG #harbour :hello \u{2}all\u{2}")
        let heard = ada.settle().filter { $0.contains("PRIVMSG #chat") }
        #expect(heard.count == 1 && heard[0].contains("zed") && heard[0].hasSuffix(":hello all"))
        #expect(try stage.history().map(\.name) == ["Ada", "Ada", "zed@there"])
        #expect(words(zed.read()) == [])
        #expect(bridge.counts.outward == 2 && bridge.counts.inward == 1)
    }

    @Test("Nothing leaves before it is durable")
    func durable() throws {
        let stage = try BridgeStage()
        _ = stage.bridge()
        let (ada, zed) = (try stage.player("Ada"), try stage.guest("zed"))
        stage.inside.archive.isHeld = true
        ada.send("PRIVMSG #chat :good evening")
        #expect(zed.read() == [])
        stage.inside.archive.letGo()
        #expect(words(zed.read()) == ["<Ada> good evening"])
    }

    @Test("Notices, private words, signs and history stay where they are")
    func others() throws {
        let stage = try BridgeStage()
        let bridge = stage.bridge()
        let zed = try stage.guest("zed")
        zed.send("NOTICE #harbour :a notice", "PRIVMSG Harbour :private", "PRIVMSG #harbour :\u{1}VERSION\u{1}")
        zed.send("PRIVMSG #other :elsewhere", "PRIVMSG #harbour :\u{2}\u{2}")
        #expect(bridge.counts.inward == 0)
        #expect(try stage.history().isEmpty)
    }

    @Test("Two bridges to one channel do not speak to each other")
    func twoOnOneChannel() throws {
        let stage = try BridgeStage()
        let bridges = [stage.bridge(), stage.bridge("there", nick: "Harbour2")]
        let (ada, zed) = (try stage.player("Ada"), try stage.guest("zed"))
        ada.send("PRIVMSG #chat :hello")
        zed.send("PRIVMSG #harbour :hi")
        stage.settle()
        // Each says it once, and hears the other without passing it on.
        #expect(try stage.history().filter { $0.name == "Ada" }.count == 1)
        #expect(bridges.map(\.counts.inward) == [1, 1])
        #expect(bridges.map(\.counts.outward) == [1, 1])
    }

    @Test("A line goes on to a second network, and does not come back from either")
    func secondNetwork() throws {
        let stage = try BridgeStage()
        let far = try BridgeStage.server("far.test", stage.inside.test)
        _ = try stage.network.server("far.test").listen(with: far, on: stage.inside.test.reactor)
        let bridges = [stage.bridge(), stage.bridge("far", at: "far.test")]
        let (zed, yan) = (try stage.guest("zed"), try stage.guest("yan", on: far))
        zed.send("PRIVMSG #harbour :hello")
        #expect(words(yan.read()) == ["<zed@there> hello"])
        yan.send("PRIVMSG #harbour :\u{1}ACTION nods\u{1}")
        #expect(words(zed.read()) == ["* yan@far nods"])
        stage.settle()
        #expect(bridges.map(\.counts.inward) == [1, 1] && bridges.map(\.counts.outward) == [1, 1])
        #expect(try stage.history().count == 2)
    }

    @Test("A foreign relay that sends lines round is not listened to")
    func foreignRelay() throws {
        let stage = try BridgeStage()
        let bridge = stage.bridge()
        let (ada, relay) = (try stage.player("Ada"), try stage.guest("relay"))
        ada.send("PRIVMSG #chat :hello")
        relay.send("PRIVMSG #harbour :[net] <Ada> hello", "PRIVMSG #harbour :<Harbour> <Ada> hello")
        #expect(bridge.counts.inward == 0 && bridge.counts.echoes == 2)
    }

    @Test("A line whose path goes through this game is not listened to")
    func path() throws {
        let stage = try BridgeStage()
        let bridge = stage.bridge()
        let zed = try stage.guest("zed")
        zed.send("CAP REQ :message-tags")
        zed.send("@+mudd/path=9,1 PRIVMSG #harbour :round", "@+mudd/path=9 PRIVMSG #harbour :through another game")
        #expect(bridge.counts.echoes == 1 && bridge.counts.inward == 1)
    }

    @Test("A flood there does not drown the game")
    func flood() throws {
        let stage = try BridgeStage()
        let bridge = stage.bridge()
        let zed = try stage.guest("zed")
        for number in 0..<100 { zed.end.send(["PRIVMSG #harbour :line \(number)"]) }
        _ = zed.read()
        #expect(bridge.counts.inward == 5 && bridge.counts.leftOut == 95)
    }

    @Test("Moderators here keep people there from speaking, by name or network")
    func moderation() throws {
        let stage = try BridgeStage()
        let bridge = stage.bridge()
        let (ada, zed) = (try stage.player("Ada"), try stage.guest("zed"))
        ada.send("PRIVMSG *game :channel chat ban zed@there 10m")
        zed.send("PRIVMSG #harbour :may I")
        #expect(bridge.counts.refused == 1 && bridge.counts.inward == 0)
        ada.send("PRIVMSG *game :channel chat unban zed@there")
        zed.send("PRIVMSG #harbour :thank you")
        #expect(bridge.counts.inward == 1)
    }

    @Test("Masks of the operator's are not listened to")
    func ignored() throws {
        let stage = try BridgeStage()
        let bridge = stage.bridge { $0.ignored = ["zed", "*!spam@*"] }
        let zed = try stage.guest("zed")
        zed.send("PRIVMSG #harbour :hello")
        #expect(bridge.counts.inward == 0)
    }

    @Test("A bridge that is thrown out comes back later")
    func kicked() throws {
        let stage = try BridgeStage()
        let zed = try stage.guest("zed")
        let bridge = stage.bridge()
        zed.send("KICK #harbour Harbour :shoo")
        #expect(bridge.client.view.channel("#harbour") == nil)
        stage.inside.test.advance(by: .seconds(59))
        #expect(bridge.client.view.channel("#harbour") == nil)
        stage.inside.test.advance(by: .seconds(2))
        stage.settle()
        #expect(bridge.client.view.channel("#harbour") != nil)
    }

    @Test("The second time it stays away twice as long, and after a quiet hour as long as at first")
    func kickedAgain() throws {
        let stage = try BridgeStage()
        let zed = try stage.guest("zed")
        let bridge = stage.bridge()
        func isBack(after seconds: Int) -> Bool {
            stage.inside.test.advance(by: .seconds(seconds))
            stage.settle()
            return bridge.client.view.channel("#harbour") != nil
        }
        zed.send("KICK #harbour Harbour :shoo")
        #expect(!isBack(after: 59))
        #expect(isBack(after: 2))
        zed.send("KICK #harbour Harbour :shoo again")
        #expect(!isBack(after: 119))
        #expect(isBack(after: 2))
        // Step by step, so that neither end takes the other for gone.
        for _ in 0..<140 {
            zed.send("PING x")
            #expect(isBack(after: 30))
        }
        zed.send("KICK #harbour Harbour :once more")
        #expect(!isBack(after: 59))
        #expect(isBack(after: 2))
    }

    @Test("A network that goes away is waited for, and what is said meanwhile is not kept")
    func away() throws {
        let stage = try BridgeStage()
        let bridge = stage.bridge()
        let ada = try stage.player("Ada")
        stage.network.connections.last?.server.abortConnection()
        stage.settle()
        ada.send("PRIVMSG #chat :into the void")
        #expect(bridge.counts.lost == 1)
        stage.inside.test.advance(by: .seconds(2))
        stage.settle()
        #expect(bridge.client.view.channel("#harbour") != nil)
    }

    @Test("A link is a channel here and one there, perhaps with a key")
    func links() {
        #expect(IRCBridgeLink("chat=#harbour") == IRCBridgeLink(channel: "chat", outside: "#harbour"))
        #expect(IRCBridgeLink("chat=#harbour,key") == IRCBridgeLink(channel: "chat", outside: "#harbour", key: "key"))
        for text in ["chat", "=#x", "chat=", "chat=#a b"] { #expect(IRCBridgeLink(text) == nil) }
    }
}
