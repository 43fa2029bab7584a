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
        try process.run(from: process.sources()) { ServiceProgram<Maker>(options, $0) }
    }
}

/// A maker's services as a program; the log goes to standard output, that of a daemon to a file beside its pid file.
private final class ServiceProgram<Maker: ServiceMaker>: DaemonProgram {
    private let options: Maker.Options
    let defaultPidFile: String?
    private weak var root: ServiceNode?
    private weak var daemon: Daemon?

    init(_ options: Maker.Options, _ configuration: Configuration) {
        self.options = options
        defaultPidFile = ServerSite.defaultPidFile(of: Maker.name, configuration)
    }

    private var isDetached: Bool { daemon?.isDetached ?? false }

    func prepareDefaultLog() -> LogDestination { isDetached ? .file("mudd-\(Maker.name).log") : .standardOutput }

    func arrange(in root: ServiceNode, of daemon: Daemon) throws {
        self.root = root
        self.daemon = daemon
        let context = ServiceContext(
            reactor: daemon.reactor, endpoints: daemon.endpoints,
            logger: { [log = daemon.log] in log.makeLogger(label: $0) })
        try Maker.addServices(to: root, options, context)
    }

    var announcement: (text: String, status: String) {
        let addresses = root.map(Self.addresses) ?? []
        let places = addresses.isEmpty ? "runs" : "listens on " + addresses.joined(separator: ", ")
        let ending = isDetached ? "“mudd stop \(Maker.name)” stops it." : "Ctrl-C stops it."
        return ("mudd \(Maker.name) \(places) (process \(getpid())). \(ending)", places)
    }

    private static func addresses(below node: ServiceNode) -> [String] {
        let own = (node.service as? ListeningService)?.address.map { ["\($0)"] } ?? []
        return own + node.children.flatMap(addresses)
    }
}
