import SSHKeys

/// How much a server takes, as it tells a client that asks.
///
/// ```text
///   uint64 packet │ uint64 read │ uint64 write │ uint64 open handles
/// ```
///
/// - Source: OpenSSH's PROTOCOL, section 4.8, `limits@openssh.com`.
public struct SFTPServerLimits: Hashable, Sendable {
    /// The most octets of a packet behind its length; 0 when nobody says.
    public var packet: UInt64
    /// The most octets that one request reads.
    public var read: UInt64
    /// The most octets that one request writes.
    public var write: UInt64
    /// The most files and directories that are open at once.
    public var handles: UInt64

    /// Makes limits; those of ``SFTPLimits`` unless something else is said.
    public init(
        packet: Int = SFTPLimits.packet, read: Int = SFTPLimits.data, write: Int = SFTPLimits.data, handles: Int
    ) {
        self.packet = UInt64(clamping: packet)
        self.read = UInt64(clamping: read)
        self.write = UInt64(clamping: write)
        self.handles = UInt64(clamping: handles)
    }

    /// Reads an answer; nil when it is none.
    public init?(_ octets: [UInt8]) {
        var reader = SSHReader(octets)
        do {
            packet = try reader.uint64()
            read = try reader.uint64()
            write = try reader.uint64()
            handles = try reader.uint64()
        } catch {
            return nil
        }
    }

    /// The answer's octets.
    public var octets: [UInt8] {
        var writer = SSHWriter(reserving: 32)
        for number in [packet, read, write, handles] { writer.uint64(number) }
        return writer.octets
    }
}
