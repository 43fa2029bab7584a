import ArgumentParser
import PluginCore

/// `mudd NAME` for a maker of services.
struct ServiceCommand<Maker: ServiceMaker>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: Maker.name, abstract: Maker.abstract, discussion: Maker.discussion)
    }

    @OptionGroup
    var options: Maker.Options

    @OptionGroup(title: "Process options")
    var process: ProcessOptions

    func run() throws {
        try process.run(from: process.sources()) { configuration in
            ServicesProgram(Maker.name, configuration) { root, context, _ in
                try Maker.addServices(to: root, options, context)
            }
        }
    }
}
