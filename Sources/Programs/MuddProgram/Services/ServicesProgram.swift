import DaemonCore
import Glibc
import Logging
import PluginCore
import ServiceCore

/// Services as a program; the log goes to standard output.
final class ServicesProgram: DaemonProgram {
    private let name: String
    private let add: (ServiceNode, ServiceContext) throws -> Void
    private weak var root: ServiceNode?

    /// Makes a program; `add` adds its services.
    init(_ name: String, add: @escaping (ServiceNode, ServiceContext) throws -> Void) {
        self.name = name
        self.add = add
    }

    func prepareDefaultLog() -> LogDestination { .standardOutput }

    func arrange(in root: ServiceNode, of daemon: Daemon) throws {
        self.root = root
        try add(root, ServiceContext(daemon))
    }

    var announcement: (text: String, status: String) {
        let addresses = root?.addresses ?? []
        let places = addresses.isEmpty ? "runs" : "listens on " + addresses.joined(separator: ", ")
        return ("mudd \(name) \(places) (process \(getpid())). Ctrl-C stops it.", places)
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
