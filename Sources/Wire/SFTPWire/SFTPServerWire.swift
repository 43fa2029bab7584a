import FramingWire
import SSHKeys

/// Reads what a client sends to a server.
///
/// ```text
///   client  SSH_FXP_INIT version, extensions      server  SSH_FXP_VERSION 3, extensions
///           request id …                                  reply id …
/// ```
///
/// - Isolation: none; a value type. After a failure it is spent: end the session.
/// - Limits: ``SFTPLimits/packet`` octets a packet.
/// - Source: draft-ietf-secsh-filexfer-02 sections 3 to 6.
public struct SFTPServerWire: ~Copyable {
    /// What a client sent.
    public enum Event: Hashable, Sendable {
        /// Its hello; it gets ``SFTPServerWire/version`` for an answer.
        case hello(version: UInt32)
        /// A request; it gets one reply with the same id.
        case request(id: UInt32, SFTPRequest)
        /// A request that cannot be read; it gets ``SFTPStatusCode/badMessage``.
        case malformed(id: UInt32)
    }

    /// The version that is spoken here, and by nearly everybody.
    public static let version: UInt32 = 3

    private var framer = LengthPrefixedFramer.ofPackets()
    private var hasHello = false

    /// Begins before the hello.
    public init() {}

    /// Takes what arrived; any number of octets.
    public mutating func receive(_ bytes: Span<UInt8>) { framer.receive(bytes) }

    /// Reads the next packet; nil while it is not complete.
    ///
    /// - Throws: ``SFTPFailure``; the session ends then.
    public mutating func next() throws(SFTPFailure) -> Event? {
        guard let packet = try framer.nextPacket() else { return nil }
        var reader = SSHReader(packet)
        do {
            let number = try reader.octet()
            if number == SFTPPacketNumber.hello || !hasHello { return .hello(version: try hello(number, &reader)) }
            let id = try reader.uint32()
            guard let request = try? SFTPRequest(number: number, &reader) else { return .malformed(id: id) }
            return .request(id: id, request)
        } catch let failure as SFTPFailure {
            throw failure
        } catch {
            throw .malformedPacket
        }
    }

    /// The answer to the hello.
    public static func helloReply(_ extensions: [(name: String, version: String)] = SFTPExtension.offered) -> [UInt8] {
        let offers = extensions.map { SFTPAttributes.Extension(name: $0.name, data: Array($0.version.utf8)) }
        return SFTPPacket.hello(SFTPPacketNumber.version, version: version, offers)
    }

    private mutating func hello(_ number: UInt8, _ reader: inout SSHReader) throws -> UInt32 {
        guard number == SFTPPacketNumber.hello, !hasHello else { throw SFTPFailure.unexpectedHello }
        hasHello = true
        return try reader.uint32()
    }
}
