import ArgumentParser
import DaemonCore
import Logging
import ReactorCore

/// The options of everything that runs as a server.
struct ProcessOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A configuration file.", valueName: "file"), completion: .file())
    var config: String?

    @Option(
        help: ArgumentHelp("What the event loop waits with: a name of --help-reactors, or auto.", valueName: "name"),
        completion: .list(["auto"] + PollerKind.allCases.map(\.rawValue)))
    var reactor: String?

    @Flag(help: "List what the event loop can wait with, and exit.")
    var helpReactors = false

    @Option(
        help: ArgumentHelp(
            "trace, debug, info, notice, warning, error or critical; for subsystems: info,game=debug.",
            valueName: "levels"),
        completion: .list(Logger.Level.allCases.map(\.rawValue)))
    var logLevel: String?

    @Option(
        help: ArgumentHelp("How the log is written: text, json or logfmt.", valueName: "format"),
        completion: .list(LogFormat.allCases.map(\.rawValue)))
    var logFormat: String?

    @Option(
        help: ArgumentHelp("The log: a file, - for standard output, or journal.", valueName: "file"),
        completion: .file())
    var logfile: String?

    @Option(
        help: ArgumentHelp("Any key of the configuration, such as limits.idle=2h; repeatable.", valueName: "key=value"))
    var set: [String] = []

    @Flag(help: "Check the configuration and all that a start needs, and exit without starting.")
    var check = false

    @Flag(help: "With --check: whether a start would succeed if the server had stopped that runs on the same data.")
    var forRestart = false

    @Flag(help: "Go to the background when everything is ready; a start that fails says why, with its status.")
    var daemon = false

    @Option(
        defaultAsFlag: "-",
        help: ArgumentHelp(
            "Write at the end what the event loop called and how long that took: to a file, or to standard error.",
            valueName: "file"), completion: .file())
    var profile: String?

    @Option(
        help: ArgumentHelp("A file that names the process, and is locked while it runs.", valueName: "file"),
        completion: .file())
    var pidfile: String?

    @Option(help: ArgumentHelp("Who to go on as when the doors are bound; needs root.", valueName: "name"))
    var user: String?

    @Option(help: ArgumentHelp("The group to go on as; unless given, the user's own.", valueName: "name"))
    var group: String?

    @Option(
        help: ArgumentHelp("A folder that becomes the root of the file system; needs root.", valueName: "dir"),
        completion: .directory)
    var chroot: String?

    @Option(help: ArgumentHelp("The folder that relative paths count from.", valueName: "dir"), completion: .directory)
    var rundir: String?

    @Option(help: ArgumentHelp("The permissions that new files never have, such as 077.", valueName: "octal"))
    var umask: String?

    @Option(help: ArgumentHelp("A folder of plugins to load.", valueName: "dir"), completion: .directory)
    var plugins: String?

    func validate() throws {
        if forRestart, !check { throw ValidationError("--for-restart goes with --check only") }
    }

    /// Where the configuration comes from; `own` are further options, by name, key and value.
    func sources(_ own: [(option: String, key: String, value: String?)] = [], file: String? = nil)
        -> ConfigurationSources
    {
        let options: [(String, String, String?)] = [
            ("--reactor", "reactor", reactor), ("--log-level", "log.level", logLevel),
            ("--log-format", "log.format", logFormat), ("--logfile", "log.file", logfile),
            ("--pidfile", "process.pidfile", pidfile), ("--user", "process.user", user),
            ("--daemon", "process.daemon", daemon ? "yes" : nil), ("--profile", "process.profile", profile),
            ("--group", "process.group", group), ("--chroot", "process.chroot", chroot),
            ("--rundir", "process.rundir", rundir), ("--umask", "process.umask", umask),
            ("--plugins", "plugins", plugins),
        ]
        let named = set.map { setting in
            let sides = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return ConfigurationSources.Setting(
                // Without the value, which may be a password.
                "--set \(sides[0])", String(sides[0]), sides.count > 1 ? String(sides[1]) : "")
        }
        let given = (own + options).compactMap { option, key, text in
            text.map { ConfigurationSources.Setting(option, key, $0) }
        }
        return ConfigurationSources(
            file: file ?? config, environment: Mudd.environment, settings: named + given)
    }

    /// Runs a program as a daemon, and ends this process with its status when it fails.
    func run(
        from sources: ConfigurationSources, _ make: (Configuration) -> any DaemonProgram
    ) throws(ExitCode) {
        if helpReactors { return print(ReactorSetting.table) }
        do throws(DaemonFailure) {
            let (configuration, failure) = try sources.readAsFarAsPossible()
            let onlyChecks = check || failure != nil
            let detachment =
                configuration.isDaemon && !onlyChecks ? try Detachment.begin(environment: sources.environment) : nil
            let program = make(configuration)
            let daemon = try Daemon(
                program, configuration, from: sources, detachment: detachment, onlyChecks: onlyChecks,
                isForRestart: forRestart, besides: failure)
            PluginReload.attach(to: daemon, from: sources) { (program as? GameProgram)?.take($0) }
            if onlyChecks { print(try daemon.check()) } else { try daemon.run() }
        } catch {
            complain(error.description)
            throw ExitCode(error.status.rawValue)
        }
    }
}
