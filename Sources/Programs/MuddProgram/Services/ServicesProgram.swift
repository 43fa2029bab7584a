import DaemonCore
import Glibc
import Logging
import PluginCore
import ReactorCore
import ServiceCore
import Transports

/// Services as a program; the log goes to standard output, that of a daemon to a file beside its pid file.
final class ServicesProgram: DaemonProgram {
    private let name: String
    private let add: (ServiceNode, ServiceContext, Configuration) throws -> Void
    let defaultPidFile: String?
    private weak var root: ServiceNode?
    private weak var daemon: Daemon?

    /// Makes a program; `add` adds its services.
    init(
        _ name: String, _ configuration: Configuration,
        add: @escaping (ServiceNode, ServiceContext, Configuration) throws -> Void
    ) {
        self.name = name
        self.add = add
        defaultPidFile = ServerSite.defaultPidFile(of: name, configuration)
    }

    private var defaultLog: String { "mudd-\(name).log" }

    private var isDetached: Bool { daemon?.isDetached ?? false }

    func prepareDefaultLog() -> LogDestination { isDetached ? .file(defaultLog) : .standardOutput }

    func arrange(in root: ServiceNode, of daemon: Daemon) throws {
        self.root = root
        self.daemon = daemon
        try add(root, ServiceContext(daemon, daemon.endpoints), daemon.configuration)
    }

    func validate(_ configuration: Configuration, with endpoints: EndpointRegistry) throws(DaemonFailure) {
        // The options of a single service are those of the command line, which stay as they are.
        guard let daemon, ServiceSection.mustBeValidated(configuration, in: daemon) else { return }
        do {
            let trial = ServiceNode("services", on: daemon.reactor)
            try add(trial, ServiceContext(daemon, endpoints), configuration)
        } catch {
            throw error as? DaemonFailure ?? DaemonFailure(.configuration, "\(error)")
        }
    }

    func check() throws(DaemonFailure) -> String {
        if let daemon, daemon.isMeantForBackground, daemon.configuration.logFile == nil {
            try daemon.tryOut(log: daemon.configuration.outside(defaultLog))
        }
        return ""
    }

    var announcement: (text: String, status: String) {
        let addresses = root?.addresses ?? []
        let places = addresses.isEmpty ? "runs" : "listens on " + addresses.joined(separator: ", ")
        let ending = isDetached ? "“mudd stop \(name)” stops it." : "Ctrl-C stops it."
        return ("mudd \(name) \(places) (process \(getpid())). \(ending)", places)
    }
}

extension ServiceContext {
    /// What a daemon has for services, whose descriptions may name these kinds of endpoints.
    init(_ daemon: Daemon, _ endpoints: EndpointRegistry) {
        self.init(
            reactor: daemon.reactor, endpoints: endpoints,
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
