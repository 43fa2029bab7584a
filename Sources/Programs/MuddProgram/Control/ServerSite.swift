import ArgumentParser
import DaemonCore
import FoundationEssentials
import PluginCore
import Synchronization

/// Where a server is to be found: what the commands of control take.
struct SiteOptions: ParsableArguments {
    @Argument(help: "What runs: serve for the game, or the name of a service.")
    var name = ServerSite.game

    @Option(help: ArgumentHelp("The configuration file it was started with.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("The game's data folder; default Data.", valueName: "dir"))
    var data: String?

    @Option(help: ArgumentHelp("Its pid file.", valueName: "file"))
    var pidfile: String?

    @Option(help: ArgumentHelp("The root folder it was given.", valueName: "dir"))
    var chroot: String?

    @Option(help: ArgumentHelp("The folder it runs in.", valueName: "dir"))
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
            file: config, environment: ProcessInfo.processInfo.environment, settings: settings)
        return ServerSite(name, try sources.read())
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
    /// The game's data folder.
    let data: DataDirectory?

    init(_ name: String, _ configuration: Configuration) {
        self.name = name
        let isGame = name == Self.game
        data = isGame ? DataDirectory(path: configuration.outside(configuration.data)) : nil
        pidFile = configuration.pidFile ?? (isGame ? nil : Self.defaultPidFile(of: name, configuration))
        locks = [pidFile, data.map { $0.path + "/lock" }].compactMap { $0 }
    }

    /// Whether a name is that of something to run.
    static func isServer(_ name: String) -> Bool {
        name == game || name == RunCommand._commandName
            || Mudd.registry.serviceMakers.contains { $0.name == name }
    }

    /// The pid file of a service in the background whose configuration names none: it belongs to the folder it runs in.
    static func defaultPidFile(of name: String, _ configuration: Configuration) -> String {
        let file = "mudd-\(name).pid"
        guard configuration.root == nil, let folder = configuration.folder else { return file }
        return "\(folder)/\(file)"
    }

    /// The process that runs; nil when none does.
    func process() throws(DaemonFailure) -> RunningProcess? {
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
