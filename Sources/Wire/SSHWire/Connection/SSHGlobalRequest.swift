import SSHKeys

/// Asks for something, or tells something, that concerns all of a connection.
///
/// ```text
///   80 │ string name │ boolean wants an answer │ fields of the request
/// ```
///
/// - Limits: ``SSHChannelLimits``.
/// - Source: RFC 4254 sections 4 and 7.1, OpenSSH's PROTOCOL 2.2 and 2.5.
public enum SSHGlobalRequest: Hashable, Sendable {
    /// `tcpip-forward`: listen at this address; an empty host for all, port 0 for a free one.
    case forward(host: String, port: UInt16)
    /// `cancel-tcpip-forward`: listen no more.
    case cancelForward(host: String, port: UInt16)
    /// `keepalive@openssh.com`: an answer, whichever.
    case keepAlive
    /// `no-more-sessions@openssh.com`: sessions asked for from now on are somebody else's.
    case noMoreSessions
    /// `hostkeys-00@openssh.com`: the server's keys, in the blobs of ``SSHPublicKey``.
    case hostKeys([[UInt8]])
    /// `hostkeys-prove-00@openssh.com`: these keys are to be proven by signatures.
    case proveHostKeys([[UInt8]])
    /// Some other request, with its fields as they came.
    case other(name: String, fields: [UInt8])

    /// The name on the wire.
    public var name: String {
        switch self {
        case .forward: "tcpip-forward"
        case .cancelForward: "cancel-tcpip-forward"
        case .keepAlive: "keepalive@openssh.com"
        case .noMoreSessions: "no-more-sessions@openssh.com"
        case .hostKeys: "hostkeys-00@openssh.com"
        case .proveHostKeys: "hostkeys-prove-00@openssh.com"
        case .other(let name, _): name
        }
    }

    /// - Throws: ``SSHDataFailure`` for fields that are damaged, too long or too many.
    init(name: String, from reader: inout SSHReader) throws(SSHDataFailure) {
        switch name {
        case "tcpip-forward":
            let host = try reader.text(limit: SSHChannelLimits.hostByteCount)
            self = .forward(host: host, port: try reader.port())
        case "cancel-tcpip-forward":
            let host = try reader.text(limit: SSHChannelLimits.hostByteCount)
            self = .cancelForward(host: host, port: try reader.port())
        case "keepalive@openssh.com": self = .keepAlive
        case "no-more-sessions@openssh.com": self = .noMoreSessions
        case "hostkeys-00@openssh.com": self = .hostKeys(try Self.keys(from: &reader))
        case "hostkeys-prove-00@openssh.com": self = .proveHostKeys(try Self.keys(from: &reader))
        default: self = .other(name: name, fields: Array(reader.rest))
        }
    }

    func writeFields(to writer: inout SSHWriter) {
        switch self {
        case .forward(let host, let port), .cancelForward(let host, let port):
            writer.string(host)
            writer.uint32(UInt32(port))
        case .hostKeys(let keys), .proveHostKeys(let keys):
            for key in keys { writer.string(key) }
        case .other(_, let fields): writer.raw(fields)
        case .keepAlive, .noMoreSessions: break
        }
    }

    private static func keys(from reader: inout SSHReader) throws(SSHDataFailure) -> [[UInt8]] {
        var keys: [[UInt8]] = []
        while !reader.isAtEnd {
            if keys.count == SSHChannelLimits.hostKeyCount { throw .tooLong }
            keys.append(Array(try reader.string(limit: SSHChannelLimits.hostKeyByteCount)))
        }
        return keys
    }
}
