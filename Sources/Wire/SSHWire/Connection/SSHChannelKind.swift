import SSHKeys

/// Says what a channel is for.
///
/// ```text
///   90 │ string name │ uint32 sender's number │ uint32 window │ uint32 largest packet │ fields of the kind
/// ```
///
/// - Source: RFC 4254 sections 5.1, 6.1 and 7.2.
public enum SSHChannelKind: Hashable, Sendable {
    /// `session`: a shell, a command or a subsystem.
    case session
    /// `direct-tcpip`: the client wants the server to connect to the target.
    case direct(SSHForwarding)
    /// `forwarded-tcpip`: somebody has connected to a port on which the server listens for the client.
    case forwarded(SSHForwarding)
    /// Some other kind, such as `x11` or `auth-agent@openssh.com`, with its fields as they came.
    case other(name: String, fields: [UInt8])

    /// The name on the wire.
    public var name: String {
        switch self {
        case .session: "session"
        case .direct: "direct-tcpip"
        case .forwarded: "forwarded-tcpip"
        case .other(let name, _): name
        }
    }

    init(name: String, from reader: inout SSHReader) throws(SSHDataFailure) {
        switch name {
        case "session": self = .session
        case "direct-tcpip": self = .direct(try SSHForwarding(from: &reader))
        case "forwarded-tcpip": self = .forwarded(try SSHForwarding(from: &reader))
        default: self = .other(name: name, fields: Array(reader.rest))
        }
    }

    func writeFields(to writer: inout SSHWriter) {
        switch self {
        case .session: break
        case .direct(let forwarding), .forwarded(let forwarding): forwarding.write(to: &writer)
        case .other(_, let fields): writer.raw(fields)
        }
    }
}
