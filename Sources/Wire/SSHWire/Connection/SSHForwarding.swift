import SSHKeys

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
