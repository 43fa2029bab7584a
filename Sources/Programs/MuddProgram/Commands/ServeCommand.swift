import ArgumentParser
import CredentialCore
import DaemonCore

/// `mudd serve`.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Open the doors and run the world until stopped.",
        discussion: """
            Options win over the environment (MUDD_LIMITS_IDLE=2h for limits.idle), which wins over the configuration
            file, which wins over the built-in values. mudd config --defaults explains every key.
            An endpoint is tcp:PORT:interface=ADDRESS or tcp6:PORT:interface=ADDRESS; port 0 picks a free one.
            Without an interface the whole network can connect; telnet and IRC are not encrypted, SSH is.
            The configuration file is mudd.yaml in the data folder unless --config or MUDD_CONFIG names another,
            and the log is mudd.log there.

            EXAMPLES
              mudd serve
              mudd serve --telnet tcp:5000:interface=127.0.0.1 --ssh off --irc off
              mudd serve --config /etc/mudd/mudd.yaml
              mudd serve --auth accounts --auth file:/etc/mudd/passwords
              mudd serve --help-reactors
            """)

    @Option(
        help: ArgumentHelp("The folder of what a running server owns; default Data.", valueName: "dir"),
        completion: .directory)
    var data: String?

    @Option(
        help: ArgumentHelp("The folder of the world's texts; default World.", valueName: "dir"), completion: .directory)
    var world: String?

    @Option(help: ArgumentHelp("Where telnet players come in: an endpoint, or off.", valueName: "endpoint"))
    var telnet: String?

    @Option(help: ArgumentHelp("Where SSH players come in: an endpoint, or off.", valueName: "endpoint"))
    var ssh: String?

    @Option(help: ArgumentHelp("Where IRC players come in: an endpoint, or off.", valueName: "endpoint"))
    var irc: String?

    @Option(
        help: ArgumentHelp(
            "Who may say who a player is: a type of --help-auth with its arguments; repeatable, asked in order.",
            valueName: "type:args"))
    var auth: [String] = []

    @Flag(help: "List the types that --auth knows, and exit.")
    var helpAuth = false

    @OptionGroup(title: "Process options")
    var process: ProcessOptions

    @Flag(name: .customLong("control-early-release"), help: .hidden)
    var releasesEarly = false

    func run() throws {
        if helpAuth { return print(CheckerTable(Mudd.checkerTypes).help) }
        if releasesEarly {
            complain("Early release: turns are told before they are on disk. For the crash tests' control only.")
        }
        let sources = process.sources([
            ("--data", "data", data), ("--world", "world", world), ("--telnet", "doors.telnet", telnet),
            ("--ssh", "doors.ssh", ssh), ("--irc", "doors.irc", irc),
            ("--auth", "auth", auth.isEmpty ? nil : auth.map(CheckerList.protected).joined(separator: " ")),
        ])
        try process.run(from: sources) { GameProgram($0, releasesEarly: releasesEarly) }
    }
}
