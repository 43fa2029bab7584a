/// Cuts the octets of a session into packets.
///
/// ```text
///   uint32 length │ byte number │ length - 1 octets
/// ```
///
/// - Isolation: none; a value type.
/// - Limits: ``SFTPLimits/packet`` octets a packet; a longer one fails as soon as its length is there.
/// - Complexity: linear in the input; each octet is copied twice.
/// - Source: draft-ietf-secsh-filexfer-02 section 3.
struct SFTPFramer: ~Copyable {
    /// What arrived and was not taken, from `start` on.
    private var octets: [UInt8] = []
    private var start = 0

    /// Octets that wait.
    private var count: Int { octets.count - start }

    mutating func receive(_ bytes: Span<UInt8>) {
        if start > octets.count / 2 {
            octets.removeFirst(start)
            start = 0
        }
        bytes.withUnsafeBufferPointer { octets.append(contentsOf: $0) }
    }

    /// Takes the next packet without its length; nil while it is not complete.
    ///
    /// - Throws: ``SFTPFailure/packetLength(_:limit:)``.
    mutating func next() throws(SFTPFailure) -> [UInt8]? {
        guard count >= 4 else { return nil }
        var length: UInt32 = 0
        for octet in octets[start..<start + 4] { length = length << 8 | UInt32(octet) }
        guard length > 0, length <= SFTPLimits.packet else { throw .packetLength(length, limit: SFTPLimits.packet) }
        guard count - 4 >= Int(length) else { return nil }
        let packet = Array(octets[start + 4..<start + 4 + Int(length)])
        start += 4 + Int(length)
        if start == octets.count {
            octets.removeAll(keepingCapacity: octets.capacity <= 65_536)
            start = 0
        }
        return packet
    }
}
