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

/// Says from where to where a forwarded connection goes.
///
/// ```text
///   string target host │ uint32 target port │ string origin's address │ uint32 origin's port
/// ```
///
/// - Source: RFC 4254 section 7.2.
public struct SSHForwarding: Hashable, Sendable {
    /// Of `direct-tcpip`, the host to connect to; of `forwarded-tcpip`, the address that was connected to.
    public var host: String
    /// Its port.
    public var port: UInt16
    /// Who connects, as the peer says.
    public var originHost: String
    /// The port of who connects.
    public var originPort: UInt16

    /// Makes a forwarding.
    public init(host: String, port: UInt16, originHost: String = "127.0.0.1", originPort: UInt16 = 0) {
        self.host = host
        self.port = port
        self.originHost = originHost
        self.originPort = originPort
    }

    /// - Throws: ``SSHDataFailure/tooLong`` also for a port above 65,535.
    init(from reader: inout SSHReader) throws(SSHDataFailure) {
        host = try reader.text(limit: SSHChannelLimits.hostByteCount)
        port = try reader.port()
        originHost = try reader.text(limit: SSHChannelLimits.hostByteCount)
        originPort = try reader.port()
    }

    func write(to writer: inout SSHWriter) {
        writer.string(host)
        writer.uint32(UInt32(port))
        writer.string(originHost)
        writer.uint32(UInt32(originPort))
    }
}

extension SSHReader {
    mutating func port() throws(SSHDataFailure) -> UInt16 {
        guard let port = UInt16(exactly: try uint32()) else { throw .tooLong }
        return port
    }
}
