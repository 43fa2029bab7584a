/// Makes packets of payloads, one behind the other in one buffer where they are encrypted in place.
///
/// ```text
///   uint32 length │ octet padding length │ payload │ padding, 4 to 255 octets │ code
/// ```
///
/// - Source: RFC 4253 section 6.
struct SSHPacketWriter: ~Copyable {
    private(set) var output: [UInt8] = []
    private var cipher = SSHCipher.plain
    private var padding = SSHPaddingSource()
    /// Octets that were taken last, as many as which are expected next.
    private var lastTaken = 0
    /// The number of the next packet.
    private(set) var sequence: UInt32 = 0
    /// What was written under the present key.
    private(set) var octets = 0
    /// Packets that were written under the present key.
    private(set) var packets: UInt32 = 0
    /// Whether libcrypto has refused; then nothing is written any more.
    private(set) var isBroken = false

    /// Octets of memory that are taken at once at most.
    private static let reservedOctets = 1 << 18

    /// Uses new keys for what follows.
    mutating func use(_ cipher: consuming SSHCipher, resetsSequence: Bool) {
        self.cipher = cipher
        octets = 0
        packets = 0
        if resetsSequence { sequence = 0 }
    }

    /// Writes octets that are no packet.
    mutating func appendLine(_ line: [UInt8]) { output += line }

    /// Takes what was written.
    mutating func takeOutput() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &output)
        if !taken.isEmpty { lastTaken = min(taken.count, Self.reservedOctets) }
        return taken
    }

    /// Random octets; none when libcrypto has none, which breaks the writer.
    mutating func randomOctets(_ count: Int) -> [UInt8] {
        if let octets = try? SSHPaddingSource.octets(count) { return octets }
        isBroken = true
        return []
    }

    /// Writes a packet.
    mutating func append(_ payload: [UInt8]) { append(payload, followedBy: [UInt8]().span) }

    /// Writes a packet whose payload comes in two pieces.
    mutating func append(_ head: [UInt8], followedBy body: Span<UInt8>) {
        guard !isBroken else { return }
        let block = cipher.blockOctets
        let content = head.count + body.count
        let aligned = cipher.alignedLengthOctets + 1 + content
        var pad = block - aligned % block
        if pad < SSHTransportLimits.paddingOctets { pad += block }
        let tag = cipher.tagOctets
        let start = output.count
        // One allocation for all that comes together, rather than one for each doubling.
        if start == 0 { output.reserveCapacity(max(lastTaken, 5 + content + pad + tag)) }
        let length = UInt32(clamping: 1 + content + pad)
        for shift in stride(from: UInt32(24), through: 0, by: -8) {
            output.append(UInt8(truncatingIfNeeded: length >> shift))
        }
        output.append(UInt8(truncatingIfNeeded: pad))
        output += head
        body.withUnsafeBufferPointer { output.append(contentsOf: $0) }
        let isPadded = padding.append(pad + tag, to: &output)
        let count = output.count - start - tag
        let number = sequence
        let isSealed = Self.seal(&output, from: start, count, cipher, number)
        guard isPadded, isSealed else {
            // Never let anything readable out.
            output.removeSubrange(start...)
            isBroken = true
            return
        }
        sequence &+= 1
        packets &+= 1
        octets &+= count
    }

    private static func seal(
        _ output: inout [UInt8], from start: Int, _ count: Int, _ cipher: borrowing SSHCipher, _ sequence: UInt32
    ) -> Bool {
        output.withUnsafeMutableBufferPointer { buffer in
            guard let packet = buffer.baseAddress else { return false }
            return cipher.seal(packet + start, count, sequence: sequence)
        }
    }
}
