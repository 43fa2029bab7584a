import ArgumentParser
import DaemonCore
import Glibc
import Logging

/// `mudd serve`.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Open the doors and run the world until stopped.",
        discussion: """
            Options win over the configuration file, which wins over the built-in values.
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
        help: ArgumentHelp("trace, debug, info, notice, warning, error or critical.", valueName: "level"),
        transform: readLevel)
    var logLevel: Logger.Level?

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

    @Option(
        help: ArgumentHelp("The permissions that new files never have, such as 077.", valueName: "octal"),
        transform: readMask)
    var umask: UInt32?

    @Flag(name: .customLong("control-early-release"), help: .hidden)
    var releasesEarly = false

    func run() throws {
        if helpReactors { return print(ReactorSetting.table) }
        do throws(DaemonFailure) {
            if releasesEarly {
                Server.complain(
                    "Early release: turns are told before they are on disk. For the crash tests' control only.")
            }
            try Server(try makeConfiguration(), releasesEarly: releasesEarly).run()
        } catch {
            Server.complain(error.description)
            throw ExitCode(error.status.rawValue)
        }
    }

    /// Built-in values, then the file, then the command line.
    private func makeConfiguration() throws(DaemonFailure) -> Configuration {
        var configuration = Configuration()
        if let file = config ?? ownFile { try configuration.overlay(file: file) }
        if let data { configuration.data = data }
        if let world { configuration.world = world }
        if let reactor {
            configuration.reactor = reactor == "auto" ? nil : reactor
            configuration.origins["reactor"] = nil
        }
        if let logLevel { configuration.logLevel = logLevel }
        configuration.pidFile = pidfile ?? configuration.pidFile
        configuration.user = user ?? configuration.user
        configuration.group = group ?? configuration.group
        configuration.root = chroot ?? configuration.root
        configuration.folder = rundir ?? configuration.folder
        configuration.mask = umask ?? configuration.mask
        if let telnet {
            configuration.telnet = telnet == "off" ? nil : telnet
            configuration.origins["doors.telnet"] = nil
        }
        return configuration
    }

    private var ownFile: String? {
        let path = DataDirectory(path: data ?? Configuration().data).configuration
        return access(path, F_OK) == 0 ? path : nil
    }
}

/// Reads octal permissions from the command line.
private func readMask(_ text: String) throws -> UInt32 {
    guard let mask = UInt32(text, radix: 8), mask <= 0o777 else {
        throw ValidationError("a mask is octal digits up to 777")
    }
    return mask
}

/// Reads a log level from the command line.
private func readLevel(_ text: String) throws -> Logger.Level {
    guard let level = Logger.Level(rawValue: text) else {
        throw ValidationError("levels are " + Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return level
}
