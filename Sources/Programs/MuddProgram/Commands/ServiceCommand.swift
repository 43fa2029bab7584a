import ArgumentParser
import DaemonCore
import Glibc
import PluginCore
import ServiceCore

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
        try process.run(from: process.sources()) { _ in ServiceProgram<Maker>(options) }
    }
}

/// A maker's services as a program; the log goes to standard output.
private final class ServiceProgram<Maker: ServiceMaker>: DaemonProgram {
    private let options: Maker.Options
    private weak var root: ServiceNode?

    init(_ options: Maker.Options) {
        self.options = options
    }

    func prepareDefaultLog() -> LogDestination { .standardOutput }

    func arrange(in root: ServiceNode, of daemon: Daemon) throws {
        self.root = root
        let context = ServiceContext(
            reactor: daemon.reactor, endpoints: daemon.endpoints,
            logger: { [log = daemon.log] in log.makeLogger(label: $0) })
        try Maker.addServices(to: root, options, context)
    }

    var announcement: (text: String, status: String) {
        let addresses = root.map(Self.addresses) ?? []
        let places = addresses.isEmpty ? "runs" : "listens on " + addresses.joined(separator: ", ")
        return ("mudd \(Maker.name) \(places) (process \(getpid())). Ctrl-C stops it.", places)
    }

    private static func addresses(below node: ServiceNode) -> [String] {
        let own = (node.service as? ListeningService)?.address.map { ["\($0)"] } ?? []
        return own + node.children.flatMap(addresses)
    }
}
