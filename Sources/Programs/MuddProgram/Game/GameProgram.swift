import AdminGateway
import CoreMetrics
import CredentialCore
import DaemonCore
import FileAccess
import GatewayCore
import Glibc
import IRCGateway
import Logging
import MetricsCore
import PluginCore
import ReactorCore
import SSHGateway
import SSHWire
import ServiceCore
import TelnetGateway
import Transports
import WorldModel
import WorldPlugins
import WorldStore
import WorldVerbs

/// The game as a program: the world, and the doors to it.
///
/// ```text
///   hostkeys ◄── world ◄── control ◄── telnet      each starts when what it points at is ready, and stops before it
///                                  ◄── ssh
///                                  ◄── irc, ircs, ircweb
/// ```
final class GameProgram: DaemonProgram {
    private let data: DataDirectory
    private let files: WorldFiles
    /// Where data and world are for a process that has not entered its root and run folder.
    private let outside: (data: String, world: String)
    private let releasesEarly: Bool
    private let telnet = TelnetFactory()
    private let ssh = SSHFactory()
    private let irc = IRCFactory()
    private var hostKeys: HostKeyService?
    private let desk = CredentialDesk()
    private var checkers: [any CredentialChecker] = []
    private var world: WorldService?
    private var opened: [DoorService] = []
    /// What the section `services` of the configuration describes.
    private weak var services: ServiceNode?
    /// What bridges to other networks share, once the game is open.
    private var bridges: IRCBridgeHub?
    private weak var authority: GameAuthority?
    /// What libraries measure, from the first program of the process on.
    private static let measured = {
        let table = MetricsTable()
        MetricsSystem.bootstrap(table)
        return table
    }()
    private weak var daemon: Daemon?

    init(_ configuration: Configuration, releasesEarly: Bool) {
        data = DataDirectory(path: configuration.data)
        files = WorldFiles(folder: configuration.world)
        outside = (configuration.outside(configuration.data), configuration.outside(configuration.world))
        self.releasesEarly = releasesEarly
    }

    func prepareDefaultLog() throws(DaemonFailure) -> LogDestination {
        try data.prepare()
        return .file(data.log)
    }

    private var game: Game? { world?.host?.game }

    func arrange(in root: ServiceNode, of daemon: Daemon) throws {
        self.daemon = daemon
        // All that is wrong is told at once.
        var list = FailureList()
        checkers = makeCheckers(daemon.configuration, daemon, &list)
        let access = WorldService.Access(desk: desk) { [unowned self, unowned daemon] in
            try openCheckers(daemon.configuration)
        }
        let world = WorldService(
            data, files, access, log: daemon.log, releasesEarly: releasesEarly
        ) { [unowned daemon] in
            GameSettings(daemon.configuration, maximumSessions: Self.fitSessions(daemon.configuration, $0))
        }
        // A disk that is slow to take the last turns is waited for.
        var policy = ServicePolicy()
        policy.stopLimit = .seconds(3600)
        // A server that has no keys to show is to make no world.
        let needed = daemon.configuration.ssh == nil ? [] : ["hostkeys"]
        try root.add("world", world, after: needed, policy: policy)
        let control = ControlService(path: data.controlSocket) { [unowned self, unowned daemon] in
            authority(for: daemon, world)
        }
        try root.add("control", control, after: ["world"])
        self.world = world
        let logger = daemon.log.makeLogger(label: "mudd")
        let metrics = list.attempt { () throws(DaemonFailure) in
            try DoorSetting.metrics(daemon.configuration, daemon.endpoints)
        }
        if let door = metrics ?? nil {
            let pages = StatusDoor(statusPages(daemon), on: daemon.reactor)
            opened.append(DoorService(door, pages, data, logger) {})
        }
        let setting = list.attempt { () throws(DaemonFailure) in
            try DoorSetting.telnet(daemon.configuration, daemon.endpoints)
        }
        if let door = setting ?? nil {
            telnet.isEncrypted = door.isEncrypted
            opened.append(
                DoorService(door, telnet, data, logger) { [unowned self] in
                    telnet.game = game
                    game?.openPorts = { [unowned self] in ports }
                })
        }
        let shell = list.attempt { () throws(DaemonFailure) in
            try DoorSetting.ssh(daemon.configuration, daemon.endpoints)
        }
        if let door = shell ?? nil {
            let keys = HostKeyService(HostKeyService.folder(daemon.configuration), data, logger)
            try root.add("hostkeys", keys)
            hostKeys = keys
            list.attempt { () throws(DaemonFailure) in try use(daemon.configuration) }
            opened.append(
                DoorService(door, ssh, data, logger, onClosing: { [ssh] in ssh.close() }) { [unowned self] in
                    ssh.keys = keys.keys
                    ssh.services.editing = self.world?.editor
                    ssh.game = game
                })
        }
        let chat = list.attempt { () throws(DaemonFailure) in
            try DoorSetting.irc(daemon.configuration, daemon.endpoints)
        }
        for door in chat ?? [] {
            let factory: any ProtocolFactory = door.isWebSocket ? irc.web : irc
            opened.append(
                DoorService(door, factory, data, logger, onClosing: { [irc] in irc.close() }) { [unowned self] in
                    irc.settings = IRCDoorSettings(daemon.configuration, securePort: securePort)
                    if let game { irc.open(game) }
                })
        }
        for door in opened {
            try root.add(door.name, door, after: ["control"])
        }
        if !daemon.configuration.services.isEmpty {
            // A bridge needs the game.
            let isBridge = daemon.configuration.services.contains { $0.kind == IRCBridgeMaker.name }
            let services = try root.add("services", after: isBridge ? ["control"] : [])
            list.attempt { () throws(DaemonFailure) -> Void in
                try ServiceSection.arrange(
                    daemon.configuration.services, in: services, serviceContext(daemon, daemon.endpoints))
            }
            self.services = services
        }
        try list.throwIfAny()
    }

    func validate(_ new: Configuration, with endpoints: EndpointRegistry) throws(DaemonFailure) {
        guard let daemon else { return }
        let old = daemon.configuration
        var list = FailureList()
        if new.checkers != old.checkers { _ = makeCheckers(new, daemon, &list) }
        // Certificates are read before the daemon enters its root and run folder, and are not to be found from there.
        func isToBeSeen(_ text: String?) -> Bool { !daemon.hasMoved || text?.contains("tls") != true }
        if new.telnet != old.telnet, isToBeSeen(new.telnet) {
            list.attempt { () throws(DaemonFailure) in try DoorSetting.telnet(new, endpoints) }
        }
        if new.ssh != old.ssh, isToBeSeen(new.ssh) {
            list.attempt { () throws(DaemonFailure) in try DoorSetting.ssh(new, endpoints) }
        }
        list.attempt { () throws(DaemonFailure) in _ = try Self.keyExchanges(new) }
        let chat = [new.irc, new.ircSecure, new.ircWeb]
        if chat != [old.irc, old.ircSecure, old.ircWeb], chat.allSatisfy(isToBeSeen) {
            list.attempt { () throws(DaemonFailure) in _ = try DoorSetting.irc(new, endpoints) }
        }
        if new.metrics != old.metrics, isToBeSeen(new.metrics) {
            list.attempt { () throws(DaemonFailure) in try DoorSetting.metrics(new, endpoints) }
        }
        if new.world != old.world, access(new.world, R_OK | X_OK) != 0 {
            let reason = SystemReason.text(of: errno)
            list.add(
                DaemonFailure(
                    .configuration,
                    "\(new.origin(of: "world")): world: the folder \(new.world) cannot be read: \(reason)"))
        }
        if ServiceSection.mustBeValidated(new, in: daemon) {
            list.attempt { () throws(DaemonFailure) -> Void in
                let trial = ServiceNode("services", on: daemon.reactor)
                try ServiceSection.arrange(new.services, in: trial, serviceContext(daemon, endpoints))
            }
        }
        try list.throwIfAny()
    }

    /// What services beside the game are given: the game itself too, for bridges.
    private func serviceContext(_ daemon: Daemon, _ endpoints: EndpointRegistry) -> ServiceContext {
        var context = ServiceContext(daemon, endpoints)
        context.offer(
            IRCBridgeHost { [unowned self] in
                guard let game else { return nil }
                let hub = bridges ?? IRCBridgeHub(game)
                bridges = hub
                return (game, hub)
            })
        return context
    }

    private func makeCheckers(
        _ configuration: Configuration, _ daemon: Daemon, _ list: inout FailureList
    ) -> [any CredentialChecker] {
        let table = CheckerTable(Mudd.checkerTypes)
        let context = CheckerContext(reactor: daemon.reactor, desk: desk)
        var made: [any CredentialChecker] = []
        for text in configuration.checkers {
            do throws(CheckerFailure) {
                made.append(try table.make(text, context))
            } catch {
                list.add(Self.complaint(error, configuration))
            }
        }
        return made
    }

    /// Lets the checkers read what they need, as the user that the server has become.
    private func openCheckers(_ configuration: Configuration) throws(DaemonFailure) -> [any CredentialChecker] {
        do {
            for checker in checkers { try checker.open() }
            return checkers
        } catch {
            throw Self.complaint(error, configuration)
        }
    }

    private static func complaint(_ error: any Error, _ configuration: Configuration) -> DaemonFailure {
        configuration.complaint(about: "auth", option: "--auth", "\(error)")
    }

    var hasDataFolder: Bool { true }

    /// The lock of the data folder.
    var locks: [String] { [DataDirectory(path: outside.data).lock] }

    func check() throws(DaemonFailure) -> String {
        for door in opened { try door.tryOut(in: daemon) }
        // Nothing is entered for a check, so what checkers read can only be found where the root stays as it is.
        if let daemon, !daemon.hasMoved { _ = try openCheckers(daemon.configuration) }
        let (data, files) = (DataDirectory(path: outside.data), WorldFiles(folder: outside.world))
        try data.tryOut()
        if let daemon, hostKeys != nil {
            try HostKeyService.tryOut(daemon.configuration.outside(HostKeyService.folder(daemon.configuration)))
        }
        if let daemon, daemon.configuration.logFile == nil, access(data.path, F_OK) == 0 {
            try daemon.tryOut(log: data.log)
        }
        guard data.hasDatabase else {
            try files.mustBeSound()
            return
                "The world's files in \(outside.world) are in order; a first start would make a world of them in \(data.path)."
        }
        let found = checkStore(at: data.database)
        guard found.problems.isEmpty else { throw DaemonFailure(.damaged, found.problems.joined(separator: "\n")) }
        return "The database is in order: " + counted(UInt64(found.things), "thing") + ", "
            + counted(found.turns, "turn") + "."
    }

    func prepareFolders(for identity: ProcessIdentity) throws(DaemonFailure) {
        if !data.hasDatabase { try files.mustBeSound() }
        // Whom the server becomes may read other keys; those are read before there is a world, too.
        if let daemon, hostKeys != nil, identity.user == geteuid() {
            try HostKeyService.tryOut(HostKeyService.folder(daemon.configuration))
        }
        try data.prepare(for: identity)
    }

    var announcement: (text: String, status: String) {
        (startTable.text, "serving \(game?.world.things.count ?? 0) things")
    }

    private var startTable: StartTable {
        var table = StartTable(
            version: DaemonVersion.current, processID: getpid(), doors: doors, claimCode: game?.claimCode, data: data,
            world: files.startTableLine(), adminTool: Self.adminTool, services: services?.addresses ?? [])
        table.fingerprints = hostKeys?.keys?.fingerprints ?? []
        table.canMakeAccounts = checkers.contains { $0 is GameAccounts }
        if daemon?.isDetached ?? false { table.ending = "\(Self.program) stop --data \(data.path) stops the server." }
        return table
    }

    func take(_ configuration: Configuration) {
        guard let daemon else { return }
        // What cannot be used was refused before.
        try? use(configuration)
        game?.settings = GameSettings(
            configuration,
            maximumSessions: Self.fitSessions(configuration, daemon.log.makeLogger(label: "mudd")))
    }

    func readAgain() -> Deferred<String?> {
        guard let daemon, let hostKeys else { return .succeeded(nil) }
        return hostKeys.reload(on: daemon.reactor).map { [ssh] remark in
            ssh.keys = hostKeys.keys
            return remark
        }
    }

    /// Takes what the SSH door does beside letting players in.
    private func use(_ configuration: Configuration) throws(DaemonFailure) {
        let settings = configuration.shell
        ssh.services.keyExchanges = try Self.keyExchanges(configuration)
        ssh.services.banner = settings.banner
        ssh.services.dial =
            settings.isForwarding ? { [unowned self] in daemon?.endpoints.client(host: $0, port: $1) } : nil
    }

    /// What the SSH door is to offer; nil for what it offers by itself.
    private static func keyExchanges(_ configuration: Configuration) throws(DaemonFailure) -> [SSHKeyExchangeMethod]? {
        do throws(KeyExchangeList.Failure) {
            return try configuration.shell.keyExchanges.map { text throws(KeyExchangeList.Failure) in
                try KeyExchangeList.read(text)
            }
        } catch {
            throw configuration.complaint(
                about: "ssh.keyexchange", option: "--set ssh.keyexchange=", error.description)
        }
    }

    /// Gives players the verbs of the plugins that are in now.
    func take(_ registry: PluginRegistry) {
        game?.interpreter.verbs = GameVerb.table(with: registry.all(GameVerb.self))
    }

    /// Lets players read why.
    func sayFarewell(then: @escaping () -> Void) {
        guard let game else { return then() }
        game.shutDown(after: .zero, reason: GameAuthority.farewell, then: then)
    }

    /// What monitoring asks; ``Ungated/serverControl``.
    private func statusPages(_ daemon: Daemon) -> [String: () -> StatusDoor.Page] {
        [
            "/": { [unowned self] in StatusDoor.Page(startTable.publicText) },
            "/metrics": { [unowned self] in
                guard let page = authority?.metricsPage() else { return .init(status: 503, "not ready\n") }
                return StatusDoor.Page(mediaType: PrometheusPage.mediaType, page.text)
            },
            "/health": { StatusDoor.Page("ok\n") },
            "/ready": { [unowned self, unowned daemon] in
                var problems = authority?.complaints ?? ["There is no world yet."]
                if !daemon.isReady { problems.append("Not all services are ready.") }
                if problems.isEmpty { return StatusDoor.Page("ready\n") }
                return StatusDoor.Page(status: 503, problems.joined(separator: "\n") + "\n")
            },
        ]
    }

    private var doors: [StartTable.Door] { opened.compactMap(\.row) }

    /// Where players come in.
    private var ports: (plain: [Int], encrypted: [Int]) {
        let doors = doors.filter { $0.name == "telnet" }
        return (
            doors.filter { !$0.isEncrypted && $0.port > 0 }.map(\.port),
            doors.filter { $0.isEncrypted && $0.port > 0 }.map(\.port)
        )
    }

    /// Where IRC is spoken with TLS; nil where it is not.
    private var securePort: UInt16? {
        doors.first { $0.name == "ircs" && $0.isEncrypted }.flatMap { UInt16(exactly: $0.port) }
    }

    private func authority(for daemon: Daemon, _ world: WorldService) -> GameAuthority {
        guard let host = world.host else { preconditionFailure("the control socket starts after the world") }
        let game = host.game
        var surroundings = GameAuthority.Surroundings(
            version: DaemonVersion.current, processID: getpid(), reactor: daemon.poller.rawValue,
            doors: doors.map { AdminStatus.Door(name: $0.name, host: $0.host, port: $0.port) },
            committer: host.committer, database: data.database,
            reloadWorld: { [files, unowned world] in
                guard let editor = world.editor else { return .failed(AdminFailure(.notRunning, "There is no world.")) }
                return files.reload(into: game, editor)
            },
            reload: { [unowned daemon] in
                daemon.reload().recover { throw AdminFailure(.failed, "\($0)") }
            },
            log: { [log = daemon.log] text throws(AdminFailure) in try Self.change(log, text) },
            stop: { [reactor = daemon.reactor] in reactor.stop() })
        surroundings.fingerprints = { [unowned self] in hostKeys?.keys?.allFingerprints ?? [] }
        surroundings.bridges = { [unowned self] in (bridges?.bridges ?? []).map(AdminStatus.Bridge.init) }
        let made = GameAuthority(game: game, surroundings: surroundings, measured: Self.measured)
        authority = made
        return made
    }

    private static func change(_ log: LogFile, _ text: String?) throws(AdminFailure) -> String {
        if let text {
            guard let levels = LogLevels(text) else {
                throw AdminFailure(.usage, "“\(text)” is no level; write one like debug, or info,game=debug.")
            }
            // A name with a dot stands below the one before the dot.
            let unknown = levels.bySubsystem.keys.filter { name in
                !log.subsystems.contains { $0 == name || $0.hasPrefix(name + ".") }
            }
            guard unknown.isEmpty else {
                throw AdminFailure(
                    .usage,
                    "There is no subsystem called \(unknown.sorted().joined(separator: " or ")); there are "
                        + log.subsystems.joined(separator: ", ") + ".")
            }
            log.levels = levels
        }
        let table = log.subsystems.map { "  \($0)  \(log.levels.level(of: $0).rawValue)" }
        return (["Levels: \(log.levels)"] + table).joined(separator: "\n")
    }

    // MARK: Surroundings

    /// Descriptors for everything but players: database, log, listeners, administrators, backups, clients refused.
    private static let descriptorsInReserve = 128
    /// Without so many the server itself cannot do its work.
    private static let fewestInReserve = 40

    /// Raises the limit of open files as far as allowed, and lets in no more players than that leaves room for.
    ///
    /// Otherwise a crowd at a door would take the last descriptor, and `mud-admin` could not be used to look into it.
    private static func fitSessions(_ configuration: Configuration, _ logger: Logger) -> Int {
        let openFiles = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(openFiles, &limit) == 0 else { return configuration.maximumSessions }
        let needed = rlim_t(configuration.maximumSessions + descriptorsInReserve)
        if limit.rlim_cur < needed {
            limit.rlim_cur = min(needed, limit.rlim_max)
            _ = setrlimit(openFiles, &limit)
            _ = getrlimit(openFiles, &limit)
        }
        if limit.rlim_cur >= needed { return configuration.maximumSessions }
        let reserve = max(fewestInReserve, min(descriptorsInReserve, Int(limit.rlim_cur) / 2))
        let fitting = max(1, Int(limit.rlim_cur) - reserve)
        logger.warning(
            "fewer players than configured, for want of open files",
            metadata: ["open_files": "\(limit.rlim_cur)", "players": "\(fitting)"])
        return fitting
    }

    /// This program as it was called.
    private static var program: String { CommandLine.arguments.first ?? "mudd" }

    /// `mud-admin` as it can be called from here: beside this program.
    private static var adminTool: String {
        let own = program
        guard let slash = own.lastIndex(of: "/") else { return "mud-admin" }
        return own[...slash] + "mud-admin"
    }
}

extension GameSettings {
    init(_ configuration: Configuration, maximumSessions: Int) {
        self.init()
        guestsAllowed = configuration.guestsAllowed
        self.maximumSessions = maximumSessions
        loginLimit = configuration.loginLimit
        idleLimit = configuration.idleLimit
        linkDeadLimit = configuration.linkDeadLimit
        compressedSessions = configuration.compressedSessions
        linesPerSecond = configuration.linesPerSecond
        keepAlive = configuration.keepAlive
        clientOffers = ClientOffers(configuration.clients)
        listing = GameListing(configuration.listing)
    }
}
