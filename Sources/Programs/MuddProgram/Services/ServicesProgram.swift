import DaemonCore
import Glibc
import Logging
import PluginCore
import ServiceCore

/// Services as a program; the log goes to standard output, that of a daemon to a file beside its pid file.
final class ServicesProgram: DaemonProgram {
    private let name: String
    private let add: (ServiceNode, ServiceContext) throws -> Void
    let defaultPidFile: String?
    private weak var root: ServiceNode?
    private weak var daemon: Daemon?

    /// Makes a program; `add` adds its services.
    init(
        _ name: String, _ configuration: Configuration, add: @escaping (ServiceNode, ServiceContext) throws -> Void
    ) {
        self.name = name
        self.add = add
        defaultPidFile = ServerSite.defaultPidFile(of: name, configuration)
    }

    private var isDetached: Bool { daemon?.isDetached ?? false }

    func prepareDefaultLog() -> LogDestination { isDetached ? .file("mudd-\(name).log") : .standardOutput }

    func arrange(in root: ServiceNode, of daemon: Daemon) throws {
        self.root = root
        self.daemon = daemon
        try add(root, ServiceContext(daemon))
    }

    var announcement: (text: String, status: String) {
        let addresses = root?.addresses ?? []
        let places = addresses.isEmpty ? "runs" : "listens on " + addresses.joined(separator: ", ")
        let ending = isDetached ? "“mudd stop \(name)” stops it." : "Ctrl-C stops it."
        return ("mudd \(name) \(places) (process \(getpid())). \(ending)", places)
    }
}

extension ServiceContext {
    /// What a daemon has for services.
    init(_ daemon: Daemon) {
        self.init(
            reactor: daemon.reactor, endpoints: daemon.endpoints,
            logger: { [log = daemon.log] in log.makeLogger(label: $0) })
    }
}

extension ServiceNode {
    /// Where the services below listen.
    var addresses: [String] {
        let own = (service as? ListeningService)?.address.map { ["\($0)"] } ?? []
        return own + children.flatMap(\.addresses)
    }
}
