import FramingWire
import SSHKeys

/// Reads what a server sends to a client.
///
/// - Isolation: none; a value type. After a failure it is spent: end the session.
/// - Limits: ``SFTPLimits/packet`` octets a packet.
/// - Source: draft-ietf-secsh-filexfer-02 sections 3, 4 and 7.
public struct SFTPClientWire: ~Copyable {
    /// What a server sent.
    public enum Event: Hashable, Sendable {
        /// Its hello, with the extensions it has and their versions.
        case hello(extensions: [String: String])
        /// The reply to the request of this id.
        case reply(id: UInt32, SFTPReply)
    }

    private var framer = LengthPrefixedFramer.ofPackets()
    private var hasHello = false

    /// Begins before the hello.
    public init() {}

    /// What a client says first.
    public static var hello: [UInt8] { SFTPPacket.hello(SFTPPacketNumber.hello, version: SFTPServerWire.version, []) }

    /// Takes what arrived; any number of octets.
    public mutating func receive(_ bytes: Span<UInt8>) { framer.receive(bytes) }

    /// Reads the next packet; nil while it is not complete.
    ///
    /// - Throws: ``SFTPFailure``; the session ends then. A reply that cannot be read is one: what it answers is unknown.
    public mutating func next() throws(SFTPFailure) -> Event? {
        guard let packet = try framer.nextPacket() else { return nil }
        var reader = SSHReader(packet)
        do {
            let number = try reader.octet()
            guard hasHello else { return .hello(extensions: try hello(number, &reader)) }
            if number == SFTPPacketNumber.version { throw SFTPFailure.unexpectedHello }
            let id = try reader.uint32()
            guard let reply = try SFTPReply(number: number, &reader) else { throw SFTPFailure.malformedPacket }
            return .reply(id: id, reply)
        } catch let failure as SFTPFailure {
            throw failure
        } catch {
            throw .malformedPacket
        }
    }

    private mutating func hello(_ number: UInt8, _ reader: inout SSHReader) throws -> [String: String] {
        guard number == SFTPPacketNumber.version else { throw SFTPFailure.unexpectedHello }
        hasHello = true
        let version = try reader.uint32()
        guard version == SFTPServerWire.version else { throw SFTPFailure.version(version) }
        var extensions: [String: String] = [:]
        while !reader.isAtEnd, extensions.count < SFTPLimits.extensions {
            let one = try SFTPAttributes.Extension(&reader)
            extensions[one.name] = String(decoding: one.data, as: UTF8.self)
        }
        return extensions
    }
}
