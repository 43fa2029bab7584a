import AuditCore
import Basics
import CredentialCore
import GatewayCore
import GatewayTesting
import ReactorCore
import ReactorTesting
import SSHKeys
import SSHWire
import ShellPeers
import TerminalWire
import Transports
import WorldLanguage
import WorldModel
import WorldVerbs

@testable import SSHGateway

extension String {
    /// What a terminal shows of it, as far as the colours go.
    var withoutColours: String { replacing(/\u{1B}\[[0-9;]*m/, with: "") }
}

/// Notes what comes on a channel of a client's.
final class ClientChannel: SSHChannelHandler {
    private(set) var channel: SSHChannel?
    private(set) var output: [UInt8] = []
    private(set) var errors: [UInt8] = []
    private(set) var status: UInt32?
    private(set) var isClosed = false

    /// What has come since the last call.
    func take() -> String {
        defer { output = [] }
        return String(decoding: output, as: UTF8.self)
    }

    func opened(_ channel: SSHChannel) { self.channel = channel }

    func received(_ octets: Span<UInt8>, stream: SSHChannelStream, on channel: SSHChannel) {
        if stream == .errors { errors.append(contentsOf: octets) } else { output.append(contentsOf: octets) }
    }

    func requested(_ request: SSHChannelRequest, on channel: SSHChannel) -> Deferred<Bool> {
        if case .exitStatus(let number) = request { status = number }
        return .succeeded(false)
    }

    func closed(_ channel: SSHChannel) { isClosed = true }
}

/// A client of SSH that shows one password, or nothing where none is wanted.
final class Visitor: SSHClientHandler {
    private(set) var connection: SSHConnection?
    private(set) var isLoggedIn = false
    private(set) var reasons: [DisconnectReason] = []
    /// What was asked and answered.
    private(set) var questions: [String] = []
    /// What was said above the questions of each round.
    private(set) var instructions: [String] = []
    var password: String?
    /// What is shown once questions are not asked any more.
    var passwordLast: String?
    /// By method; a client that has a password shows it once.
    var answers: [String] = []

    func connected(_ connection: SSHConnection) { self.connection = connection }
    func hostKeyShown(_ key: SSHPublicKey, on connection: SSHConnection) -> Deferred<Bool> { .succeeded(true) }

    func loginAction(_ action: SSHClientLoginAction, on connection: SSHConnection) {
        switch action {
        case .choose(let choice, _):
            if let password, choice.known.contains(.password) {
                self.password = nil
                connection.login { $0.attempt(password: password) }
            } else if !answers.isEmpty, choice.known.contains(.keyboardInteractive) {
                connection.login { $0.attemptKeyboardInteractive() }
            } else if let last = passwordLast, choice.known.contains(.password) {
                passwordLast = nil
                connection.login { $0.attempt(password: last) }
            } else {
                connection.disconnect()
            }
        case .ask(let asked):
            questions += asked.questions.map(\.text)
            instructions.append(asked.instruction)
            let count = min(asked.questions.count, answers.count)
            let given = Array(answers.prefix(count))
            answers.removeFirst(count)
            connection.login { $0.answer(given) }
        default: break
        }
    }

    func loggedIn(on connection: SSHConnection) { isLoggedIn = true }
    func connectionLost(_ reason: DisconnectReason) { reasons.append(reason) }
}

/// A game behind the SSH door, and clients of it in memory.
final class DoorStage {
    static let password = "correct horse"

    let test: TestReactor
    let world = World()
    let game: Game
    let archive = PromptArchive()
    let factory = SSHFactory()
    let hall: Thing
    private(set) var ada: Thing
    private(set) var audited: [AuditEvent] = []

    init(role: Role = .player) throws {
        test = try TestReactor()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        let root = world.create(.world)
        hall = world.create(.place)
        world.set(.name, to: "Hall", on: hall)
        world.set(.description, to: "A plain hall with a floor of worn boards.", on: hall)
        world.set(.startPlace, to: hall, on: root)
        let lamp = world.create()
        world.set(.name, to: "brass lamp", on: lamp)
        world.move(lamp, to: hall)
        let turn = Turn(world: world, actor: root, role: .owner, attendance: nil)
        ada = Accounts.create(
            name: "Ada", passwordHash: try PasswordHasher.hash(Self.password, cost: .trivial), settings: [:], turn: turn
        )
        if let account = world.thing(ada, .account) { world.set(.role, to: role.rawValue, on: account) }
        _ = world.endTurn()
        game = .inMemory(world, on: test.reactor, archive)
        factory.keys = HostKeys(current: [try SSHPrivateKey(ed25519Seed: Array(repeating: 1, count: 32))])
        factory.game = game
        game.audit = { [weak self] in self?.audited.append($0) }
    }

    /// One client's connection.
    struct Guest {
        let visitor: Visitor
        let pair: LoopbackPair
    }

    /// Connects as somebody; `prepare` gives the visitor what it shows.
    func connect(
        _ user: String, from source: IPv4Host = .loopback, _ prepare: (Visitor) -> Void = { _ in }
    ) -> Guest? {
        let guest = arrive(user, from: source, prepare)
        guest?.pair.pump()
        return guest
    }

    /// Connects and says nothing yet.
    func arrive(_ user: String, from source: IPv4Host, _ prepare: (Visitor) -> Void = { _ in }) -> Guest? {
        let visitor = Visitor()
        prepare(visitor)
        let address = SocketAddress.ipv4(source, port: 50_000)
        guard let server = factory.makeProtocol(for: address) else { return nil }
        let client = SSHConnection(.client(user: user), handler: visitor, on: test.reactor)
        return Guest(
            visitor: visitor,
            pair: LoopbackPair(client: client, server: server, test: test, clientAddress: address))
    }

    func ada(_ prepare: (Visitor) -> Void = { _ in }) -> Guest? {
        connect("ada") {
            $0.password = Self.password
            prepare($0)
        }
    }

    /// Opens a session and asks for what is wanted there, in order.
    func open(_ guest: Guest?, _ requests: SSHChannelRequest...) -> ClientChannel {
        let end = ClientChannel()
        guard let guest else { return end }
        guest.visitor.connection?.openChannel(.session, handler: end).whenDone { _ in }
        guest.pair.pump()
        for request in requests { end.channel?.request(request).whenDone { _ in } }
        guest.pair.pump()
        return end
    }

    func type(_ text: String, _ end: ClientChannel, _ guest: Guest?) -> String {
        end.channel?.send(text)
        guest?.pair.pump()
        return end.take()
    }

    static let terminal = SSHChannelRequest.terminal(
        SSHTerminalRequest(type: "xterm", size: SSHWindowSize(columns: 60, rows: 20)))
}
