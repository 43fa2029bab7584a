import ArgumentParser
import DaemonCore
import FoundationEssentials

/// `mudd serve`.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Open the doors and run the world until stopped.",
        discussion: """
            Options win over the environment (MUDD_LIMITS_IDLE=2h for limits.idle), which wins over the configuration
            file, which wins over the built-in values. mudd config --defaults explains every key.
            An endpoint is tcp:PORT:interface=ADDRESS or tcp6:PORT:interface=ADDRESS; port 0 picks a free one.
            Without an interface the whole network can connect, and telnet is not encrypted.

            EXAMPLES
              mudd serve
              mudd serve --telnet tcp:5000:interface=127.0.0.1
              mudd serve --config /etc/mudd/mudd.yaml
              mudd serve --help-reactors
            """)

    @Option(help: ArgumentHelp("The folder of what a running server owns; default Data.", valueName: "dir"))
    var data: String?

    @Option(help: ArgumentHelp("The folder of the world's texts; default World.", valueName: "dir"))
    var world: String?

    @Option(help: ArgumentHelp("A configuration file; default mudd.yaml in the data folder.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Where telnet players come in: an endpoint, or off.", valueName: "endpoint"))
    var telnet: String?

    @Option(
        help: ArgumentHelp("What the event loop waits with: a name of --help-reactors, or auto.", valueName: "name"))
    var reactor: String?

    @Flag(help: "List what the event loop can wait with, and exit.")
    var helpReactors = false

    @Option(
        help: ArgumentHelp(
            "trace, debug, info, notice, warning, error or critical; for subsystems: info,game=debug.",
            valueName: "levels"))
    var logLevel: String?

    @Option(help: ArgumentHelp("How the log is written: text, json or logfmt.", valueName: "format"))
    var logFormat: String?

    @Option(
        help: ArgumentHelp(
            "The log: a file, - for standard output, or journal; default mudd.log in the data folder.",
            valueName: "file"))
    var logfile: String?

    @Option(
        help: ArgumentHelp("Any key of the configuration, such as limits.idle=2h; repeatable.", valueName: "key=value"))
    var set: [String] = []

    @Option(help: ArgumentHelp("A file that names the process, and is locked while it runs.", valueName: "file"))
    var pidfile: String?

    @Option(help: ArgumentHelp("Who to go on as when the doors are bound; needs root.", valueName: "name"))
    var user: String?

    @Option(help: ArgumentHelp("The group to go on as; unless given, the user's own.", valueName: "name"))
    var group: String?

    @Option(help: ArgumentHelp("A folder that becomes the root of the file system; needs root.", valueName: "dir"))
    var chroot: String?

    @Option(help: ArgumentHelp("The folder that relative paths count from.", valueName: "dir"))
    var rundir: String?

    @Option(help: ArgumentHelp("The permissions that new files never have, such as 077.", valueName: "octal"))
    var umask: String?

    @Flag(name: .customLong("control-early-release"), help: .hidden)
    var releasesEarly = false

    func run() throws {
        if helpReactors { return print(ReactorSetting.table) }
        do throws(DaemonFailure) {
            if releasesEarly {
                complain(
                    "Early release: turns are told before they are on disk. For the crash tests' control only.")
            }
            let sources = sources
            let configuration = try sources.read()
            let program = try GameProgram(configuration, releasesEarly: releasesEarly)
            try Daemon(program, configuration, from: sources).run()
        } catch {
            complain(error.description)
            throw ExitCode(error.status.rawValue)
        }
    }

    private var sources: ConfigurationSources {
        let options: [(String, String, String?)] = [
            ("--data", "data", data), ("--world", "world", world), ("--telnet", "doors.telnet", telnet),
            ("--reactor", "reactor", reactor), ("--log-level", "log.level", logLevel),
            ("--log-format", "log.format", logFormat), ("--logfile", "log.file", logfile),
            ("--pidfile", "process.pidfile", pidfile), ("--user", "process.user", user),
            ("--group", "process.group", group), ("--chroot", "process.chroot", chroot),
            ("--rundir", "process.rundir", rundir), ("--umask", "process.umask", umask),
        ]
        let named = set.map { setting in
            let sides = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return ConfigurationSources.Setting(
                "--set \(setting)", String(sides[0]), sides.count > 1 ? String(sides[1]) : "")
        }
        let own = options.compactMap { option, path, text in
            text.map { ConfigurationSources.Setting(option, path, $0) }
        }
        return ConfigurationSources(
            file: config, environment: ProcessInfo.processInfo.environment, settings: named + own)
    }
}
