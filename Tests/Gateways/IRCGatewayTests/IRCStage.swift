import AuditCore
import Basics
import ChatPeers
import CredentialCore
import GatewayCore
import GatewayTesting
import IRCWire
import ReactorCore
import ReactorTesting
import TerminalWire
import Transports
import WorldLanguage
import WorldModel
import WorldVerbs

@testable import IRCGateway

/// The end of a client of IRC: notes each line that comes.
final class LineClient: StreamProtocol {
    private var transport: (any Transport)?
    private var pending: [UInt8] = []
    private var lines: [String] = []
    private(set) var isLost = false

    func connectionMade(over transport: any Transport) { self.transport = transport }

    func dataReceived(_ bytes: Span<UInt8>) {
        for index in bytes.indices { pending.append(bytes[index]) }
        while let end = pending.firstIndex(of: 0x0A) {
            lines.append(String(decoding: pending[..<end].filter { $0 != 0x0D }, as: UTF8.self))
            pending.removeSubrange(...end)
        }
    }

    func connectionLost(_ reason: DisconnectReason) { isLost = true }

    func send(_ lines: [String]) { transport?.write(Array(lines.map { $0 + "\r\n" }.joined().utf8)) }

    /// What has come since the last call.
    func take() -> [String] {
        defer { lines = [] }
        return lines
    }
}

/// A game behind the IRC door, and clients of it in memory.
final class IRCStage {
    static let password = "correct horse"

    let test: TestReactor
    let world = World()
    let game: Game
    let archive = PromptArchive()
    let factory = IRCFactory()
    let hall: Thing
    private(set) var audited: [AuditEvent] = []

    init() throws {
        test = try TestReactor()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        let root = world.create(.world)
        world.set(.title, to: "The Test House", on: root)
        hall = world.create(.place)
        world.set(.name, to: "Hall", on: hall)
        world.set(.description, to: "A plain hall with a floor of worn boards.", on: hall)
        world.set(.startPlace, to: hall, on: root)
        let yard = world.create(.place)
        world.set(.name, to: "Yard", on: yard)
        for (way, from, to) in [(Direction.north, hall, yard), (.south, yard, hall)] {
            let exit = world.create(.exit)
            world.set(.direction, to: way.rawValue, on: exit)
            world.set(.destination, to: to, on: exit)
            world.move(exit, to: from)
        }
        let lamp = world.create()
        world.set(.name, to: "brass lamp", on: lamp)
        world.move(lamp, to: hall)
        let turn = Turn(world: world, actor: root, role: .owner, attendance: nil)
        for name in ["Ada", "Ben", "Cy"] {
            let persona = Accounts.create(
                name: name, passwordHash: try PasswordHasher.hash(Self.password, cost: .trivial), settings: [:],
                turn: turn)
            if name == "Ada", let account = world.thing(persona, .account) {
                world.set(.role, to: Role.admin.rawValue, on: account)
            }
        }
        let chat = try Channel.create("chat", turn)
        world.set(.joinsNewcomers, to: true, on: chat.thing)
        world.set(.description, to: "Talk about anything.", on: chat.thing)
        _ = try Channel.create("trade", turn)
        _ = world.endTurn()
        game = .inMemory(world, on: test.reactor, archive)
        factory.settings.house.name = "irc.test"
        factory.open(game)
        game.audit = { [weak self] in self?.audited.append($0) }
    }

    var house: GameHouse {
        guard let house = factory.house else { preconditionFailure("the door was opened") }
        return house
    }

    /// One client's connection.
    final class Client {
        let end = LineClient()
        let pair: LoopbackPair
        private let stage: IRCStage

        init?(_ stage: IRCStage, from source: IPv4Host) {
            let address = SocketAddress.ipv4(source, port: 50_000)
            guard let server = stage.factory.makeProtocol(for: address) else { return nil }
            self.stage = stage
            pair = LoopbackPair(client: end, server: server, test: stage.test, clientAddress: address)
        }

        /// Sends lines and returns what comes.
        @discardableResult
        func send(_ lines: String...) -> [String] {
            end.send(lines)
            return settle()
        }

        /// What has come by now.
        @discardableResult
        func settle() -> [String] {
            for _ in 0..<4 {
                pair.pump()
                stage.test.settle()
            }
            return end.take()
        }
    }

    func connect(from source: IPv4Host = .loopback) throws -> Client {
        guard let client = Client(self, from: source) else { throw Refused() }
        return client
    }

    struct Refused: Error {}

    /// Somebody who has come in with their password, and what they were greeted with.
    func enter(_ name: String, _ capabilities: String = "") throws -> (client: Client, greeting: [String]) {
        let client = try connect()
        var lines: [String] = []
        if !capabilities.isEmpty { lines += client.send("CAP REQ :\(capabilities)") }
        lines += client.send("PASS :\(Self.password)")
        lines += client.send("NICK \(name)", "USER \(name) 0 * :\(name)")
        if !capabilities.isEmpty { lines += client.send("CAP END") }
        return (client, lines)
    }
}
