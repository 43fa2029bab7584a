import ArgumentParser
import DaemonCore

/// The server's command line.
struct Mudd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mudd",
        abstract: "Serve a text world to many players.",
        discussion: """
            EXAMPLES
              mudd serve
              mudd serve --data /var/lib/mudd --world /usr/share/mudd/World --telnet tcp:4000
              mudd config --defaults > mudd.yaml

            EXIT STATUS
            """ + "\n" + ExitStatus.allCases.map { "  \($0.rawValue) \($0.meaning)" }.joined(separator: "\n"),
        version: DaemonVersion.current,
        subcommands: [ServeCommand.self, ConfigCommand.self])
}

/// `mudd config`.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Print the annotated configuration with all built-in values.",
        discussion: "EXAMPLE\n  mudd config --defaults > Data/mudd.yaml")

    @Flag(help: "Print the built-in values.")
    var defaults = false

    func validate() throws {
        if !defaults { throw ValidationError("say --defaults to print the built-in values") }
    }

    func run() {
        print(Configuration.reference, terminator: "")
    }
}
