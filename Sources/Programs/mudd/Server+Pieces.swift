import AdminGateway
import DaemonCore
import GatewayCore
import Glibc
import Logging
import ReactorCore
import Transports
import WorldStore

extension Server {
    static func makeReactor(_ poller: PollerKind) throws(DaemonFailure) -> Reactor {
        do {
            return try Reactor(poller)
        } catch {
            throw DaemonFailure(.inputOutput, "The event loop cannot be made: \(error).")
        }
    }

    /// Binds a door, which accepts nobody yet; before rights are given up, and before anything is created or changed.
    static func bind(
        _ door: DoorSetting, _ factory: any ProtocolFactory, _ reactor: Reactor, _ data: DataDirectory
    ) throws(DaemonFailure) -> Listener {
        do throws(ListenFailure) {
            let listener = try reactor.listen(door.endpoint, factory: factory)
            listener.pauseAccepting()
            return listener
        } catch {
            // A second server on the same data has the same doors; that the data is in use says more.
            if data.hasDatabase { _ = try openStore(data, releasesEarly: false) }
            throw door.explain(error)
        }
    }

    static func openLog(
        _ destination: LogDestination, _ configuration: Configuration
    ) throws(DaemonFailure) -> LogFile {
        try LogFile(
            destination, format: configuration.logFormat, levels: configuration.logLevels,
            rotation: configuration.logRotation)
    }

    /// Finds the supervisor in the environment, and takes it out of there: it is meant for this process alone.
    static func findSupervisor() -> SupervisorNotifier? {
        var environment: [String: String] = [:]
        for name in ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"] {
            environment[name] = getenv(name).map { String(cString: $0) }
            unsetenv(name)
        }
        return SupervisorNotifier(environment: environment)
    }

    /// Descriptors for everything but players: database, log, listeners, administrators, backups, clients refused.
    private static let descriptorsInReserve = 128
    /// Without so many the server itself cannot do its work.
    private static let fewestInReserve = 40

    /// Raises the limit of open files as far as allowed, and lets in no more players than that leaves room for.
    ///
    /// Otherwise a crowd at a door would take the last descriptor, and `mud-admin` could not be used to look into it.
    static func fitSessions(_ configuration: Configuration, _ logger: Logger) -> Int {
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

    /// `mud-admin` as it can be called from here: beside this program.
    static var adminTool: String {
        let own = CommandLine.arguments.first ?? "mudd"
        guard let slash = own.lastIndex(of: "/") else { return "mud-admin" }
        return own[...slash] + "mud-admin"
    }

    static func openStore(_ data: DataDirectory, releasesEarly: Bool) throws(DaemonFailure) -> StoredWorld {
        var options = StoreOptions()
        options.releasesEarly = releasesEarly
        do throws(StoreFailure) {
            return try StoredWorld(path: data.database, options: options, time: wallTimeNow())
        } catch {
            throw DaemonFailure(error, data)
        }
    }

    /// Ends the process at once: what is not on disk by now must not be seen by anybody.
    static func die(_ reason: String, _ logger: Logger) -> Never {
        logger.critical("the disk failed", metadata: ["reason": "\(reason)"])
        complain("The server stops at once, because its disk failed: \(reason)")
        _exit(ExitStatus.inputOutput.rawValue)
    }

    /// Writes a message for the operator to standard error.
    static func complain(_ text: String) {
        let octets = Array("mudd: \(text)\n".utf8)
        _ = octets.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
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
    }
}

extension DaemonFailure {
    /// What keeps the database from being opened, with the status to exit with.
    init(_ failure: StoreFailure, _ data: DataDirectory) {
        switch failure {
        case .locked(_, let pid):
            let owner = pid.map { "process \($0)" } ?? "another process"
            self.init(.tryAgain, "A server works on the data folder \(data.path) already (\(owner)).")
        case .damaged, .notADatabase, .notAWorld, .newerVersion: self.init(.damaged, failure.sentence)
        case .unreadable: self.init(.noPermission, failure.sentence)
        case .exists, .cannotCreate: self.init(.cannotCreate, failure.sentence)
        case .diskFull, .io, .closed: self.init(.inputOutput, failure.sentence)
        }
    }
}
