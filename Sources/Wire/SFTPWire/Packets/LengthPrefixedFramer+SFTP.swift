import FramingWire

/// The packets of a session.
///
/// ```text
///   uint32 length │ byte number │ length - 1 octets
/// ```
///
/// - Limits: ``SFTPLimits/packet`` octets a packet; a longer one fails as soon as its length is there.
/// - Source: draft-ietf-secsh-filexfer-02 section 3.
extension LengthPrefixedFramer {
    /// Cuts what comes in a session; packets of files come one behind the other, so that the room for a few is kept.
    static func ofPackets() -> LengthPrefixedFramer {
        LengthPrefixedFramer(.fourBytes(.bigEndian), limit: SFTPLimits.packet, idleCapacity: 65_536)
    }

    /// Takes the next packet without its length; nil while it is not complete.
    ///
    /// - Throws: ``SFTPFailure/packetLength(_:limit:)``; nothing can be read after it.
    mutating func nextPacket() throws(SFTPFailure) -> [UInt8]? {
        let packet: [UInt8]?
        do throws(LengthPrefixFailure) {
            packet = try next()
        } catch {
            guard case .tooLong(let length, _) = error else { throw .malformedPacket }
            throw .packetLength(UInt32(clamping: length), limit: SFTPLimits.packet)
        }
        if packet?.isEmpty == true { throw .packetLength(0, limit: SFTPLimits.packet) }
        return packet
    }
}
