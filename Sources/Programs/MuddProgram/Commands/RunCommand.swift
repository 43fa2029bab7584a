import ArgumentParser
import DaemonCore

/// `mudd run`.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run the services that a configuration file describes, without the game.",
        discussion: """
            The section services: of the file names them; mudd config --defaults explains it. mudd serve runs the game and
            the same services beside it.

            EXAMPLES
              mudd run services.yaml --check
              mudd run services.yaml --set services.mirror.options.listen=tcp:4007
            """)

    @Argument(help: ArgumentHelp("The configuration file.", valueName: "file"), completion: .file())
    var file: String

    @OptionGroup(title: "Process options")
    var process: ProcessOptions

    func validate() throws {
        if process.config != nil { throw ValidationError("the file stands for --config") }
    }

    func run() throws {
        try process.run(from: process.sources(file: file)) { configuration in
            ServicesProgram("run", configuration) { root, context, configuration in
                guard !configuration.services.isEmpty else {
                    throw DaemonFailure(.configuration, "\(file): there are no services in it")
                }
                try ServiceSection.arrange(configuration.services, in: root, context)
            }
        }
    }

    /// The file in a command line that has not been parsed yet; nil when it is another subcommand.
    static func file(in arguments: [String]) -> String? {
        var words = arguments.dropFirst().prefix { $0 != "--" }
        if words.first == StartCommand._commandName { words = words.dropFirst() }
        guard words.first == configuration.commandName else { return nil }
        let flags = Set(OptionTable(ProcessOptions.self).rows.filter(\.isFlag).flatMap(\.keys).map { "--\($0)" })
        var rest = words.dropFirst()
        while let word = rest.popFirst() {
            if !word.hasPrefix("-") { return word }
            if !word.contains("="), !flags.contains(word), word != "--help", word != "-h" { _ = rest.popFirst() }
        }
        return nil
    }
}
