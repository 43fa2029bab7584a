import DaemonCore
import Glibc
import ReactorCore
import Transports

/// Where a door is to be opened, and what to say when that cannot be.
struct DoorSetting {
    let name: String
    let endpoint: EndpointDescription
    private let origin: String
    private let option: String

    /// Reads the setting of the telnet door; nil when the door is off.
    static func telnet(_ configuration: Configuration) throws(DaemonFailure) -> DoorSetting? {
        guard let text = configuration.telnet else { return nil }
        let isFromFile = configuration.origins["doors.telnet"] != nil
        let origin = isFromFile ? configuration.origin(of: "doors.telnet") + ": doors.telnet" : "--telnet"
        let status = isFromFile ? ExitStatus.configuration : .usage
        let endpoint: EndpointDescription
        do throws(EndpointFailure) {
            endpoint = try EndpointDescription(text)
        } catch {
            throw DaemonFailure(status, "\(origin): \(error)")
        }
        if case .unix = endpoint.kind {
            throw DaemonFailure(status, "\(origin): endpoint \"\(text)\": this door needs tcp or tcp6")
        }
        return DoorSetting(name: "telnet", endpoint: endpoint, origin: origin, option: "--telnet")
    }

    /// The failure to listen in a sentence for the operator.
    func explain(_ failure: ListenFailure) -> DaemonFailure {
        let (host, port): (String, UInt16) =
            switch endpoint.kind {
            case .tcp(let interface, let port): (interface?.description ?? "all addresses", port)
            case .tcp6(let interface, let port): (interface?.description ?? "all IPv6 addresses", port)
            case .unix(let path, _): (path, 0)
            }
        switch failure.cause.code {
        case EADDRINUSE:
            var other = EndpointDescription(endpoint.kind)
            if case .tcp(let interface, _) = endpoint.kind { other.kind = .tcp(interface: interface, port: 0) }
            if case .tcp6(let interface, _) = endpoint.kind { other.kind = .tcp6(interface: interface, port: 0) }
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
