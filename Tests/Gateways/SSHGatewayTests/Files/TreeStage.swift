import AuditCore
import Basics
import CredentialCore
import GatewayCore
import Logging
import ReactorCore
import SFTPWire
import ShellPeers
import WorldLanguage
import WorldModel
import WorldVerbs

@testable import SSHGateway

/// An archive that makes turns durable when the test says so.
final class HeldArchive: TurnArchive {
    private(set) var records: [TurnRecord] = []
    func submit(_ batch: [TurnRecord]) { records += batch }
    var last: UInt64 { records.last?.sequence ?? 0 }
}

/// Files of a world that are in memory.
final class MemoryWorldFiles: WorldEditing {
    var files: [String: [UInt8]] = [
        "world.yaml": Array("title: x\n".utf8), "areas/mill.yaml": Array("area: mill\n".utf8),
    ]
    /// What the next change fails with.
    var failure: WorldEditFailure?
    private(set) var changes: [String] = []

    func entry(at path: WorldPath) -> Deferred<WorldFileEntry?> { .succeeded(entry(path.text, path.name)) }

    private func entry(_ text: String, _ name: String) -> WorldFileEntry? {
        let modified = WallInstant(milliseconds: 1000)
        if let file = files[text] {
            return WorldFileEntry(name: name, isFolder: false, size: file.count, modified: modified)
        }
        guard text.isEmpty || files.keys.contains(where: { $0.hasPrefix(text + "/") }) else { return nil }
        return WorldFileEntry(name: name, isFolder: true, size: 0, modified: modified)
    }

    func list(_ path: WorldPath) -> Deferred<[WorldFileEntry]?> {
        guard let entry = entry(path.text, path.name), entry.isFolder else { return .succeeded(nil) }
        let start = path.names.isEmpty ? "" : path.text + "/"
        let names = Set(
            files.keys.filter { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count).prefix { $0 != "/" }) })
        return .succeeded(names.sorted().compactMap { self.entry(start + $0, $0) })
    }

    func read(_ path: WorldPath) -> Deferred<[UInt8]?> { .succeeded(files[path.text]) }

    func change(_ path: WorldPath, to content: [UInt8]?, by persona: Thing) -> Deferred<String> {
        if let failure { return .failed(failure) }
        files[path.text] = content
        changes.append("\(persona.name) \(path.text)")
        return .succeeded("1 changed")
    }
}

/// A game with Ada in it, and her files.
final class TreeStage {
    let reactor: Reactor
    let world = World()
    let archive = HeldArchive()
    let game: Game
    let files = MemoryWorldFiles()
    let budgets = OpenFileBudgets()
    let ada: Thing
    let tree: GameTree
    private(set) var audited: [AuditEvent] = []

    init(role: Role = .player) throws {
        reactor = try Reactor()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        let root = world.create(.world)
        let hall = world.create(.place)
        world.set(.name, to: "Hall", on: hall)
        world.set(.startPlace, to: hall, on: root)
        let turn = Turn(world: world, actor: root, role: .owner, attendance: nil)
        ada = Accounts.create(name: "Ada", passwordHash: "", settings: [:], turn: turn)
        if let account = world.thing(ada, .account) { world.set(.role, to: role.rawValue, on: account) }
        _ = world.endTurn()
        game = Game(
            reactor: reactor, world: world, interpreter: Interpreter(world: world),
            desk: CredentialDesk(cost: .trivial),
            settings: GameSettings(), log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, seed: 7,
            wallTime: { WallInstant(milliseconds: 1_700_000_000_000) })
        game.archive = archive
        game.start()
        tree = GameTree(
            game: game, persona: ada, origin: "ssh 192.0.2.7", editing: files, refusals: FileRefusals(),
            budgets: budgets)
        game.audit = { [weak self] in self?.audited.append($0) }
    }

    func become(_ role: Role) {
        change { world in
            if let account = world.thing(ada, .account) { world.set(.role, to: role.rawValue, on: account) }
        }
    }

    func change(_ body: (World) -> Void) {
        _ = try? game.act(as: ada) { turn in body(turn.world) }
        settle()
    }

    /// Runs passes until the loop has nothing to do; the archive stays as it is.
    func pass() { for _ in 0..<20 { reactor.runOnePass(waitingAtMost: .zero) } }

    func settle() {
        for _ in 0..<3 {
            pass()
            game.archiveReached(archive.last)
        }
    }

    /// What comes of something once everything is durable.
    func get<Value>(_ deferred: Deferred<Value>) throws -> Value {
        var result: Result<Value, any Error>?
        deferred.whenDone { result = $0 }
        settle()
        guard let result else { throw DeferredFailure.abandoned }
        return try result.get()
    }

    /// How something failed; nil when it did not.
    func status<Value>(_ deferred: Deferred<Value>) -> SFTPStatus? {
        do {
            _ = try get(deferred)
            return nil
        } catch {
            return error as? SFTPStatus ?? .failure("not a status: \(error)")
        }
    }

    func path(_ text: String) throws -> SFTPPath { try SFTPPath(text) }

    func names(_ text: String) throws -> [String] { try get(tree.list(try path(text))).map(\.name) }

    func write(_ text: String, to place: String) throws {
        let file = try get(tree.open(try path(place), [.write, .create, .truncate], SFTPAttributes()))
        try get(file.write(Array(text.utf8), at: 0))
        try get(file.close())
    }

    func read(_ place: String) throws -> String {
        let file = try get(tree.open(try path(place), .read, SFTPAttributes()))
        defer { file.abandon() }
        return String(decoding: try get(file.read(at: 0, count: 1 << 18)), as: UTF8.self)
    }
}
