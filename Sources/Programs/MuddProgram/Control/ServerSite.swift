import AdminGateway
import ArgumentParser
import DaemonCore
import PluginCore

/// Where a server is to be found: what the commands of control take.
struct SiteOptions: ParsableArguments {
    @Argument(
        help: "What runs: serve for the game, or the name of a service.", completion: .list(ServerSite.names))
    var name = ServerSite.game

    @Option(help: ArgumentHelp("The configuration file it was started with.", valueName: "file"), completion: .file())
    var config: String?

    @Option(help: ArgumentHelp("The game's data folder; default Data.", valueName: "dir"), completion: .directory)
    var data: String?

    @Option(help: ArgumentHelp("Its pid file.", valueName: "file"), completion: .file())
    var pidfile: String?

    @Option(help: ArgumentHelp("The root folder it was given.", valueName: "dir"), completion: .directory)
    var chroot: String?

    @Option(help: ArgumentHelp("The folder it runs in.", valueName: "dir"), completion: .directory)
    var rundir: String?

    /// The options as they would stand after `mudd start NAME`.
    var words: [String] {
        [("--config", config), ("--data", data), ("--pidfile", pidfile), ("--chroot", chroot), ("--rundir", rundir)]
            .flatMap { option, value in value.map { [option, $0] } ?? [] }
    }

    /// The site; complains and ends the process when it cannot be known.
    func site() throws(DaemonFailure) -> ServerSite {
        guard ServerSite.isServer(name) else {
            throw DaemonFailure(.usage, "There is no service “\(name)”; mudd --help lists them.")
        }
        let settings = [
            ("--data", "data", data), ("--pidfile", "process.pidfile", pidfile),
            ("--chroot", "process.chroot", chroot), ("--rundir", "process.rundir", rundir),
        ].compactMap { option, key, text in text.map { ConfigurationSources.Setting(option, key, $0) } }
        let sources = ConfigurationSources(
            file: config, environment: Mudd.environment, settings: settings)
        let configuration = try sources.read()
        return ServerSite(
            name, configuration, isDataNamed: data != nil || configuration.origins["data"] != nil)
    }
}

/// The files by which a server is known from outside.
struct ServerSite {
    /// The name of the game among the servers.
    static let game = "serve"

    let name: String
    /// The pid file, and for the game the lock of its data folder.
    let locks: [String]
    /// The pid file alone; what stands in it without a lock is left from a crash.
    let pidFile: String?
    /// The game's data folder, as far as the configuration tells; ``data(of:)`` is that of a process.
    let data: DataDirectory?
    /// Whom the configuration has it go on as.
    let user: String?
    /// Whether somebody said which data folder is meant.
    private let isDataNamed: Bool

    /// Makes a site of a configuration.
    ///
    /// - Parameters:
    ///   - name: What runs.
    ///   - configuration: Where its files are.
    ///   - isDataNamed: Whether somebody said which data folder is meant.
    init(_ name: String, _ configuration: Configuration, isDataNamed: Bool) {
        self.name = name
        self.isDataNamed = isDataNamed
        user = configuration.user
        let isGame = name == Self.game
        data = isGame ? DataDirectory(path: configuration.outside(configuration.data)) : nil
        pidFile = configuration.pidFile ?? (isGame ? nil : Self.defaultPidFile(of: name, configuration))
        locks = [pidFile, data?.lock].compactMap(\.self)
    }

    /// Whether a name is that of something to run.
    static func isServer(_ name: String) -> Bool { names.contains(name) }

    /// What there is to run.
    static var names: [String] {
        [game, RunCommand._commandName] + Mudd.registry.serviceMakers.map { $0.name }
    }

    /// The pid file of a service in the background whose configuration names none: it belongs to the folder it runs in.
    static func defaultPidFile(of name: String, _ configuration: Configuration) -> String {
        let file = "mudd-\(name).pid"
        guard configuration.root == nil, let folder = configuration.folder else { return file }
        return "\(folder)/\(file)"
    }

    /// The process that runs; nil when none does.
    ///
    /// - Throws: `DaemonFailure` when that cannot be told, or the game answers though nobody holds its lock.
    func process() throws(DaemonFailure) -> RunningProcess? {
        if let holder = try holder() { return holder }
        if let data, let stray { throw DaemonFailure(.tryAgain, Self.remark(on: stray, data)) }
        return nil
    }

    /// What the game says of itself whose lock somebody has removed or replaced; nil when nobody answers.
    var stray: AdminStatus? {
        guard let data, case .status(let answer)? = try? data.ask(.status, within: Self.strayLimit) else { return nil }
        return answer
    }

    /// How long a game may take to answer that nobody knows of.
    private static let strayLimit = Duration.seconds(5)

    /// What there is to say of such a game.
    static func remark(on stray: AdminStatus, _ data: DataDirectory) -> String {
        "Process \(stray.pid) answers at \(data.controlSocket), but nobody holds \(data.lock): it was removed or replaced. Stop "
            + "the server with mud-admin shutdown before another is started."
    }

    /// The process that holds a lock of the server; nil when none does.
    func holder() throws(DaemonFailure) -> RunningProcess? {
        for lock in locks {
            guard let found = try RunningProcess.holding(lock) else { continue }
            // It takes the data folder's lock, too, while it works on a stopped server's data.
            guard ProcessFacts(found.processID).name != "mud-admin" else {
                throw DaemonFailure(
                    .tryAgain,
                    "mud-admin works on the data of \(title) (process \(found.processID)); wait until it has done.")
            }
            return found
        }
        return nil
    }

    /// The data folder that the game works on whose process was found; nil for a service.
    ///
    /// - Throws: `DaemonFailure` when another folder was named, or when it cannot be found out.
    func data(of process: RunningProcess) throws(DaemonFailure) -> DataDirectory? {
        guard let data else { return nil }
        if Self.isHeld(data.lock, by: process) { return data }
        if !isDataNamed {
            // It was found by its pid file alone. What else it has locked it has open.
            let locks = Set(OpenFiles.of(process.processID) ?? []).filter { path in
                path.hasSuffix("/lock") && path != pidFile && Self.isHeld(path, by: process)
            }
            if locks.count == 1, let lock = locks.first { return DataDirectory(path: String(lock.dropLast(5))) }
        }
        let holder: String
        if case .held(let number?) = PidFile.standing(of: data.lock) {
            holder = ", on which process \(number) works"
        } else {
            holder = ""
        }
        throw DaemonFailure(
            .usage,
            "Process \(process.processID), which holds \(pidFile ?? "the pid file"), does not work on the data folder "
                + "\(data.path)\(holder): say with --data which one it has.")
    }

    private static func isHeld(_ lock: String, by process: RunningProcess) -> Bool {
        PidFile.standing(of: lock) == .held(Int(process.processID))
    }

    /// What the server is called in sentences.
    var title: String { "mudd \(name)" }
}

extension ParsableCommand {
    /// Does what may fail, and ends the process with the failure's sentence and status.
    func ending(_ action: () throws(DaemonFailure) -> Void) throws(ExitCode) {
        do throws(DaemonFailure) {
            try action()
        } catch {
            complain(error.description)
            throw ExitCode(error.status.rawValue)
        }
    }
}

/// Reads a time such as `90s` or `5m` from the command line.
func readDuration(_ text: String) throws -> Duration {
    guard let duration = CompactDuration.read(text) else {
        throw ValidationError("“\(text)” is no time; write it like 90s, 5m or 1h30m")
    }
    return duration
}
