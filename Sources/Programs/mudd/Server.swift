import AdminGateway
import DaemonCore
import GatewayCore
import Glibc
import Logging
import ReactorCore
import TelnetGateway
import Transports
import WorldModel
import WorldStore

/// One run of the server, from a configuration to an exit.
///
/// What can fail is tried first and what changes anything last: a busy port or a wrong world file leaves
/// no trace on the disk.
final class Server {
    private let sources: ConfigurationSources
    private var configuration: Configuration
    private let data: DataDirectory
    private let files: WorldFiles
    private let poller: PollerKind
    private let pidFile: PidFile?
    private let supervisor: SupervisorNotifier?
    private let telnet = TelnetFactory()
    private let reactor: Reactor
    private let log: LogFile
    private let logger: Logger
    private let host: WorldHost
    private var doors: [StartTable.Door] = []
    private var listeners: [Listener] = []

    /// How long a record of level `debug` may wait to be written.
    private static let longestGathering = Duration.milliseconds(250)

    private var game: Game { host.game }

    init(_ sources: ConfigurationSources, releasesEarly: Bool) throws(DaemonFailure) {
        let configuration = try sources.read()
        self.sources = sources
        self.configuration = configuration
        data = DataDirectory(path: configuration.data)
        files = WorldFiles(folder: configuration.world)
        poller = try ReactorSetting.kind(configuration)
        let door = try DoorSetting.telnet(configuration)
        let identity = try ProcessIdentity(user: configuration.user, group: configuration.group)
        supervisor = Self.findSupervisor()
        pidFile = try configuration.pidFile.map { path throws(DaemonFailure) in try PidFile(path: path) }
        reactor = try Self.makeReactor(poller)
        if let door { listeners.append(try Self.bind(door, telnet, reactor, data)) }
        let store: StoredWorld
        do throws(DaemonFailure) {
            try ProcessSurroundings(root: configuration.root, folder: configuration.folder, mask: configuration.mask)
                .enter()
            if !data.hasDatabase { try files.mustBeSound() }
            try data.prepare(for: identity)
            if configuration.user != nil || configuration.group != nil { try identity.assume() }
            let namedLog = try configuration.logFile.map { path throws(DaemonFailure) in
                try Self.openLog(LogDestination(path), configuration)
            }
            try data.prepare()
            store = try Self.openStore(data, releasesEarly: releasesEarly)
            if let namedLog { log = namedLog } else { log = try Self.openLog(.file(data.log), configuration) }
        } catch {
            for listener in listeners { listener.stopListening() }
            throw error
        }
        logger = log.makeLogger(label: "mudd")
        for name in Configuration.unknownVariables(in: sources.environment) {
            logger.warning("this variable belongs to no key", metadata: ["name": "\(name)"])
        }
        let world = World()
        do throws(StoreFailure) {
            let report = try store.load(into: world)
            logger.info("world loaded", metadata: ["things": "\(report.things)", "turn": "\(report.sequence)"])
        } catch {
            throw DaemonFailure(error, data)
        }
        host = WorldHost(
            store: store, world: world, reactor: reactor,
            settings: GameSettings(
                configuration, maximumSessions: Self.fitSessions(configuration, logger)),
            log: log.makeLogger(label: "game"), wallTime: wallTimeNow,
            onFatal: { [logger] reason in Self.die(reason, logger) })
        try begin()
    }

    /// Brings the world into being if there is none, and opens the doors.
    private func begin() throws(DaemonFailure) {
        do throws(DaemonFailure) {
            if game.world.things.isEmpty { try files.load(into: game) }
            guard host.settle() else {
                throw DaemonFailure(.inputOutput, "The new world cannot be written: the disk is full.")
            }
            files.loadHelp(into: game)
            game.claimCode = try makeClaimCode()
            for listener in listeners {
                doors.append(
                    StartTable.Door(name: "telnet", host: listener.address.host, port: listener.address.port ?? 0))
            }
            try openControlSocket()
            game.start()
            telnet.game = game
            for listener in listeners { listener.resumeAccepting() }
        } catch {
            logger.critical("start failed", metadata: ["reason": "\(error)"])
            for listener in listeners { listener.stopListening() }
            _ = host.stop()
            throw error
        }
    }

    /// Serves until stopped.
    ///
    /// - Throws: ``DaemonFailure`` when turns could not be written at the end.
    func run() throws(DaemonFailure) {
        for signal in [SIGINT, SIGTERM] { reactor.onSignal(signal) { [unowned self] in stopBySignal(signal) } }
        reactor.onSignal(SIGHUP) { [unowned self] in reload().recover { _ in "" }.whenDone { _ in } }
        // Their default is to kill the process, and whoever sends one of these means something else.
        for signal in [SIGUSR1, SIGUSR2, SIGALRM] {
            reactor.onSignal(signal) { [unowned self] in
                logger.notice("signal without a meaning here", metadata: ["number": "\(signal)"])
            }
        }
        log.whenRecordsGather { [mailbox = reactor.mailbox, log] in
            mailbox.callFromThread { $0.callLater(Self.longestGathering) { log.flush() } }
        }
        let table = StartTable(
            version: DaemonVersion.current, processID: getpid(), doors: doors, claimCode: game.claimCode, data: data,
            world: configuration.world, adminTool: Self.adminTool)
        print(table.text)
        fflush(nil)
        for door in doors {
            logger.info(
                "listening", metadata: ["door": "\(door.name)", "host": "\(door.host)", "port": "\(door.port)"])
        }
        supervisor?.tell(.ready, .status("serving \(game.world.things.count) things"))
        if let interval = supervisor?.watchdogInterval {
            LoopingCall(on: reactor) { [unowned self] in supervisor?.tell(.watchdog) }.start(every: interval)
        }
        reactor.run()
        supervisor?.tell(.stopping)
        try finish()
    }

    // MARK: Reloading

    /// Opens the log anew, reads the configuration again on a worker thread, and takes over what can change now.
    ///
    /// - Returns: What changed and what did not, for people; fails with ``AdminFailure`` when nothing changed because the
    ///   configuration is wrong.
    private func reload() -> Deferred<String> {
        supervisor?.tell(.reloading(since: SystemMonotonicTime().now()))
        var remarks: [String] = []
        do throws(DaemonFailure) {
            try log.reopen()
        } catch {
            logger.error("the log goes on where it was", metadata: ["reason": "\(error)"])
            remarks.append(error.description)
        }
        return reactor.deferToThread { [sources] in try sources.read() }.mapResult { [self] result in
            defer { supervisor?.tell(.ready) }
            do {
                remarks += take(try result.get())
            } catch {
                logger.error("the configuration stays as it was", metadata: ["reason": "\(error)"])
                throw AdminFailure(.failed, "Nothing has changed. \(error)")
            }
            return remarks.isEmpty ? "Nothing has changed." : remarks.joined(separator: "\n")
        }
    }

    /// Takes over a new configuration, but for what only the next start can use.
    private func take(_ new: Configuration) -> [String] {
        let changes = configuration.changes(to: new)
        for change in changes {
            let message: Logger.Message = change.isLive ? "setting changed" : "setting changes at the next start"
            logger.notice(message, metadata: ["key": "\(change.path)", "old": "\(change.old)", "new": "\(change.new)"])
        }
        configuration.takeLive(from: new)
        log.levels = configuration.logLevels
        log.rotate(by: configuration.logRotation)
        game.settings = GameSettings(configuration, maximumSessions: Self.fitSessions(configuration, logger))
        return changes.map { $0.isLive ? "\($0)" : "\($0) (at the next start)" }
    }

    private func changeLog(_ text: String?) throws(AdminFailure) -> String {
        if let text {
            guard let levels = LogLevels(text) else {
                throw AdminFailure(.usage, "“\(text)” is no level; write one like debug, or info,game=debug.")
            }
            log.levels = levels
        }
        let table = log.subsystems.map { "  \($0)  \(log.levels.level(of: $0).rawValue)" }
        return (["Levels: \(log.levels)"] + table).joined(separator: "\n")
    }

    private func finish() throws(DaemonFailure) {
        for listener in listeners { listener.stopListening() }
        let isWhole = host.stop()
        logger.info("stopped", metadata: ["turn": "\(game.world.sequence)"])
        log.flush()
        if isWhole { print("mudd has stopped; all \(game.world.sequence) turns are on disk.") }
        fflush(nil)
        let lost = game.world.sequence - min(game.world.sequence, host.committer.durable)
        if !isWhole {
            throw DaemonFailure(.inputOutput, "The last \(lost) turns could not be written; nobody has seen them.")
        }
    }

    private var wasAskedToStop = false

    /// The first signal lets players read why; the second only writes what is there.
    private func stopBySignal(_ signal: Int32) {
        logger.notice("signal", metadata: ["number": "\(signal)"])
        if wasAskedToStop { return reactor.stop() }
        wasAskedToStop = true
        game.shutDown(after: .zero, reason: GameAuthority.farewell) { [unowned self] in reactor.stop() }
    }

    // MARK: Doors

    private func openControlSocket() throws(DaemonFailure) {
        let surroundings = GameAuthority.Surroundings(
            version: DaemonVersion.current, processID: getpid(), reactor: poller.rawValue,
            doors: doors.map { AdminStatus.Door(name: $0.name, host: $0.host, port: $0.port) },
            committer: host.committer, database: data.database,
            reloadWorld: { [files, game] in files.reload(into: game) },
            reload: { [unowned self] in reload() },
            log: { [unowned self] text throws(AdminFailure) in try changeLog(text) },
            stop: { [unowned self] in reactor.stop() })
        let authority = GameAuthority(game: game, surroundings: surroundings)
        do throws(ListenFailure) {
            listeners.append(try AdminDoor.listen(path: data.controlSocket, authority: authority, reactor: reactor))
        } catch {
            throw DaemonFailure(
                .cannotCreate, "The control socket \(data.controlSocket) cannot be opened: \(error.cause).")
        }
    }

    private func makeClaimCode() throws(DaemonFailure) -> String? {
        let hasOwner = game.world.accounts.contains { $0[.role] == Role.owner.rawValue }
        return hasOwner ? nil : try ClaimCode.make()
    }
}
