import AdminGateway
import AuditCore
import CredentialCore
import DaemonCore
import GatewayCore
import Glibc
import Logging
import PluginCore
import ReactorCore
import ServiceCore
import TelnetGateway
import Transports
import WorldLanguage
import WorldModel
import WorldPlugins
import WorldStore
import WorldVerbs

/// A number with what is counted: `1 turn`, `2 turns`.
func counted(_ number: UInt64, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

/// The world in play: brought into being or read at the start, folded away at the stop.
final class WorldService: Service {
    /// The world, from the start to the stop.
    private(set) var host: WorldHost?
    /// What changes the files that the world was made of; there from the start to the stop, as the world is.
    private(set) var editor: WorldEditor?
    private var keeper: AuditKeeper?
    /// Held to the end of the process, so that nobody takes one that hangs for gone.
    private var lock: StoreLock?

    /// How players come in.
    struct Access {
        let desk: CredentialDesk
        /// Gives the checkers, ready to be asked.
        let checkers: () throws -> [any CredentialChecker]
    }

    private let data: DataDirectory
    private let files: WorldFiles
    private let access: Access
    private let releasesEarly: Bool
    private let settings: (Logger) -> GameSettings
    private unowned let log: LogFile

    init(
        _ data: DataDirectory, _ files: WorldFiles, _ access: Access, log: LogFile, releasesEarly: Bool,
        settings: @escaping (Logger) -> GameSettings
    ) {
        self.data = data
        self.files = files
        self.access = access
        self.log = log
        self.releasesEarly = releasesEarly
        self.settings = settings
    }

    func start(_ post: ServicePost) throws -> Deferred<Void>? {
        let checkers = try access.checkers()
        try data.prepare()
        lock = nil
        let store = try data.openStore(releasesEarly: releasesEarly)
        lock = store.lock
        let (world, logger) = (World(), log.makeLogger(label: "mudd"))
        do throws(StoreFailure) {
            let report = try store.load(into: world)
            logger.info("world loaded", metadata: ["things": "\(report.things)", "turn": "\(report.sequence)"])
        } catch {
            throw DaemonFailure(error, data)
        }
        let keeper = try AuditKeeper(data, on: post.reactor, logger: logger)
        let host = WorldHost(
            store: store, world: world, reactor: post.reactor, desk: access.desk, settings: settings(logger),
            log: log.makeLogger(label: "game"), wallTime: wallTimeNow,
            onFatal: { reason in Self.die(reason, logger) })
        self.host = host
        editor = files.makeEditor(for: host.game)
        self.keeper = keeper
        let game = host.game
        game.use(checkers)
        game.audit = { keeper.take($0) }
        keeper.take(
            AuditEvent(.start, actor: "uid \(geteuid())", detail: "mudd \(DaemonVersion.current), process \(getpid())"))
        if world.things.isEmpty { try files.load(into: game) }
        try upgrade(game)
        return host.settle().map { [files] isOnDisk in
            guard isOnDisk else {
                throw DaemonFailure(.inputOutput, "The new world cannot be written: the disk is full.")
            }
            files.settleDrafts(of: game)
            files.loadHelp(into: game)
            let hasOwner = world.accounts.contains { $0[.role] == Role.owner.rawValue }
            if !hasOwner { game.claimCode = try ClaimCode.make() }
            game.interpreter.verbs = GameVerb.table(with: Mudd.registry.all(GameVerb.self))
            game.start()
        }
    }

    /// Brings a world of an older version into the form of this one, in one turn.
    private func upgrade(_ game: Game) throws {
        guard game.world.needsUpgrade else { return }
        var steps: [String] = []
        try game.administer { turn in steps = turn.world.upgrade() }
        for step in steps { game.log.notice("world upgraded", metadata: ["step": "\(step)"]) }
    }

    func stop(_ post: ServicePost) throws -> Deferred<Void>? {
        guard let host else { return nil }
        let isWhole = host.stop()
        let sequence = host.game.world.sequence
        self.host = nil
        editor = nil
        keeper?.close(AuditEvent(.stop, actor: "uid \(geteuid())", detail: "process \(getpid()), turn \(sequence)"))
        keeper = nil
        let lost = sequence - min(sequence, host.committer.durable)
        guard isWhole else {
            throw DaemonFailure(
                .inputOutput, "\(counted(lost, "turn")) at the end could not be written; nobody has seen them.")
        }
        log.makeLogger(label: "mudd").info("world folded", metadata: ["turn": "\(sequence)"])
        print("mudd has stopped; \(sequence == 1 ? "the only turn is" : "all \(sequence) turns are") on disk.")
        fflush(nil)
        return nil
    }

    /// Ends the process at once: what is not on disk by now must not be seen by anybody.
    private static func die(_ reason: String, _ logger: Logger) -> Never {
        logger.critical("the disk failed", metadata: ["reason": "\(reason)"])
        complain("The server stops at once, because its disk failed: \(reason)")
        _exit(ExitStatus.inputOutput.rawValue)
    }
}

/// A door for players: bound while the rights are there, opened when the world is.
final class DoorService: Service {
    private(set) var listener: (any ListeningPort)?
    var name: String { door.name }
    /// The door's row in the table of the start, once it is open.
    var row: StartTable.Door? {
        guard let address = listener?.address else { return nil }
        return StartTable.Door(name: name, at: address, isEncrypted: door.isConfidential, command: door.command)
    }

    private let door: DoorSetting
    private let factory: any ProtocolFactory
    private let data: DataDirectory
    private let logger: Logger
    private let onOpening: () -> Void
    private let onClosing: () -> Void

    /// Makes a door; `onOpening` gives the factory what its protocols will need, and `onClosing` takes it away.
    init(
        _ door: DoorSetting, _ factory: any ProtocolFactory, _ data: DataDirectory, _ logger: Logger,
        onClosing: @escaping () -> Void = {}, onOpening: @escaping () -> Void
    ) {
        self.door = door
        self.factory = factory
        self.data = data
        self.logger = logger
        self.onOpening = onOpening
        self.onClosing = onClosing
    }

    /// Looks whether the door could be opened.
    ///
    /// - Throws: `DaemonFailure`, as opening it would.
    func tryOut(in daemon: Daemon?) throws(DaemonFailure) {
        do throws(ListenFailure) {
            try daemon?.tryOut(door.endpoint)
        } catch {
            throw door.explain(error)
        }
    }

    func privilegedStart(_ post: ServicePost) throws -> Deferred<Void>? {
        do {
            let listener = try door.endpoint.listen(with: factory, on: post.reactor)
            listener.pauseAccepting()
            self.listener = listener
        } catch {
            // A second server on the same data has the same doors; that the data is in use says more.
            if data.hasDatabase { _ = try data.openStore(releasesEarly: false) }
            throw door.explain(error)
        }
        return nil
    }

    func start(_ post: ServicePost) throws -> Deferred<Void>? {
        guard let listener else { return nil }
        onOpening()
        listener.resumeAccepting()
        let address = listener.address
        logger.info(
            "listening",
            metadata: ["door": "\(door.name)", "host": "\(address.host)", "port": "\(address.port ?? 0)"])
        return nil
    }

    func stop(_ post: ServicePost) throws -> Deferred<Void>? {
        listener?.stopListening()
        listener = nil
        onClosing()
        return nil
    }
}

/// The control socket.
final class ControlService: Service {
    private let path: String
    private let authority: () -> GameAuthority
    private var listener: Listener?

    init(path: String, authority: @escaping () -> GameAuthority) {
        self.path = path
        self.authority = authority
    }

    func start(_ post: ServicePost) throws -> Deferred<Void>? {
        do throws(ListenFailure) {
            listener = try AdminDoor.listen(path: path, authority: authority(), reactor: post.reactor)
        } catch {
            throw DaemonFailure(.cannotCreate, "The control socket \(path) cannot be opened: \(error.cause).")
        }
        return nil
    }

    func stop(_ post: ServicePost) throws -> Deferred<Void>? {
        listener?.stopListening()
        listener = nil
        return nil
    }
}
