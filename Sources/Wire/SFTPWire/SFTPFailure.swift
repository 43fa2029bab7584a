/// Why octets that should be SFTP end the session.
public enum SFTPFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// A packet says that it has no octet, or more than `limit`.
    case packetLength(UInt32, limit: Int)
    /// The first packet is no hello, or a later one is.
    case unexpectedHello
    /// A packet is too short to have a number of its own.
    case malformedPacket
    /// The other side speaks a version that is not 3.
    case version(UInt32)

    /// The failure in words, for logs.
    public var description: String {
        switch self {
        case .packetLength(let length, let limit): "an SFTP packet of \(length) octets, where 1 to \(limit) may be"
        case .unexpectedHello: "an SFTP session that does not begin with its hello"
        case .malformedPacket: "an SFTP packet that ends too early"
        case .version(let version): "version \(version) of SFTP"
        }
    }
}
