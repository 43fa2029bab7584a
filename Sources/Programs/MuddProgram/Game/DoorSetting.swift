import DaemonCore
import Glibc
import ReactorCore
import Transports

/// Where a door is to be opened, and what to say when that cannot be.
struct DoorSetting {
    let name: String
    let endpoint: any ServerEndpoint
    private let origin: String
    /// What an endpoint follows on the command line.
    private let option: String

    /// Reads the setting of the telnet door; nil when the door is off.
    static func telnet(_ configuration: Configuration, _ registry: EndpointRegistry) throws(DaemonFailure)
        -> DoorSetting?
    {
        try configuration.telnet.map { text throws(DaemonFailure) in
            try read(text, "telnet", option: "--telnet ", configuration, registry)
        }
    }

    /// Reads the setting of the door for monitoring; nil when the door is off.
    static func metrics(_ configuration: Configuration, _ registry: EndpointRegistry) throws(DaemonFailure)
        -> DoorSetting?
    {
        try configuration.metrics.map { text throws(DaemonFailure) in
            try read(text, "metrics", option: "--set doors.metrics=", configuration, registry)
        }
    }

    private static func read(
        _ text: String, _ name: String, option: String, _ configuration: Configuration, _ registry: EndpointRegistry
    ) throws(DaemonFailure) -> DoorSetting {
        let key = "doors." + name
        let isFromFile = configuration.origins[key] != nil
        let shown = option.hasSuffix(" ") ? String(option.dropLast()) : option
        let origin = isFromFile ? configuration.origin(of: key) + ": " + key : shown
        do {
            return DoorSetting(name: name, endpoint: try registry.server(text), origin: origin, option: option)
        } catch {
            throw DaemonFailure(isFromFile ? .configuration : .usage, "\(origin): \(error)")
        }
    }

    /// The failure to listen in a sentence for the operator.
    func explain(_ error: any Error) -> DaemonFailure {
        guard let failure = error as? ListenFailure else {
            return DaemonFailure(.unavailable, "\(origin): \(error).")
        }
        let (host, port): (String, UInt16)
        switch failure.endpoint.kind {
        case .tcp(let interface, let number): (host, port) = (interface?.description ?? "all addresses", number)
        case .tcp6(let interface, let number): (host, port) = (interface?.description ?? "all IPv6 addresses", number)
        case .unix: return DaemonFailure(.unavailable, "\(origin): \(failure).")
        }
        switch failure.cause.code {
        case EADDRINUSE:
            var other = failure.endpoint
            if case .tcp(let interface, _) = other.kind { other.kind = .tcp(interface: interface, port: 0) }
            if case .tcp6(let interface, _) = other.kind { other.kind = .tcp6(interface: interface, port: 0) }
            return DaemonFailure(
                .unavailable,
                "Port \(port) on \(host) is in use by another program; choose another, or 0 for any free one: \(option)\(other)"
                    + " (with make: make run ARGS=\"\(option)\(other)\").")
        case EACCES, EPERM:
            return DaemonFailure(
                .noPermission,
                "Port \(port) on \(host) may not be opened; choose one above 1023 with \(option)ENDPOINT.")
        case EADDRNOTAVAIL:
            return DaemonFailure(.unavailable, "\(origin): this machine has no address \(host).")
        default:
            return DaemonFailure(.unavailable, "\(origin): \(failure).")
        }
    }
}
