import DaemonCore
import Glibc
import ReactorCore
import Transports

/// Where a door is to be opened, and what to say when that cannot be.
struct DoorSetting {
    let name: String
    let endpoint: any ServerEndpoint
    private let origin: String
    private let option: String

    /// Reads the setting of the telnet door; nil when the door is off.
    static func telnet(_ configuration: Configuration, _ registry: EndpointRegistry) throws(DaemonFailure)
        -> DoorSetting?
    {
        guard let text = configuration.telnet else { return nil }
        let isFromFile = configuration.origins["doors.telnet"] != nil
        let origin = isFromFile ? configuration.origin(of: "doors.telnet") + ": doors.telnet" : "--telnet"
        do {
            return DoorSetting(
                name: "telnet", endpoint: try registry.server(text), origin: origin, option: "--telnet")
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
                "Port \(port) on \(host) is in use by another program; choose another, or 0 for any free one: \(option) \(other)"
                    + " (with make: make run ARGS=\"\(option) \(other)\").")
        case EACCES, EPERM:
            return DaemonFailure(
                .noPermission, "Port \(port) on \(host) may not be opened; choose one above 1023 with \(option).")
        case EADDRNOTAVAIL:
            return DaemonFailure(.unavailable, "\(origin): this machine has no address \(host).")
        default:
            return DaemonFailure(.unavailable, "\(origin): \(failure).")
        }
    }
}
