import ArgumentParser
import DaemonCore
import PluginCore

/// The command line.
struct RootCommand: ParsableCommand {
    /// What is here whatever plugins there are.
    private static let ownCommands: [any ParsableCommand.Type] = [
        ServeCommand.self, RunCommand.self, ConfigCommand.self, PluginsCommand.self, TelnetClientCommand.self,
        SSHClientCommand.self,
    ]

    /// What is done to servers in the background.
    private static let controlCommands: [any ParsableCommand.Type] = [
        StartCommand.self, StopCommand.self, RestartCommand.self, ReloadCommand.self, StatusCommand.self,
    ]

    static var ownNames: Set<String> { Set((ownCommands + controlCommands).map { $0._commandName } + ["help"]) }

    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "mudd",
            abstract: "Serve a text world to many players.",
            discussion: """
                EXAMPLES
                  mudd serve
                  mudd serve --data /var/lib/mudd --world /usr/share/mudd/World --telnet tcp:4000
                  mudd config --defaults > mudd.yaml
                  mudd start --data /var/lib/mudd
                  mudd status --data /var/lib/mudd

                EXIT STATUS
                """ + "\n" + ExitStatus.allCases.map { "  \($0.rawValue) \($0.meaning)" }.joined(separator: "\n"),
            version: DaemonVersion.current,
            groupedSubcommands: [
                CommandGroup(name: "Game", subcommands: ownCommands),
                CommandGroup(name: "Control", subcommands: controlCommands),
                CommandGroup(
                    name: "Service",
                    subcommands: Mudd.registry.serviceMakers.map(command)),
            ])
    }

    private static func command(_ maker: any ServiceMaker.Type) -> any ParsableCommand.Type {
        func open<Maker: ServiceMaker>(_: Maker.Type) -> any ParsableCommand.Type { ServiceCommand<Maker>.self }
        return open(maker)
    }
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
