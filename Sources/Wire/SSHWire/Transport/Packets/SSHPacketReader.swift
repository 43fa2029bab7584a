/// Finds packets in what arrives, checks and decrypts them in place, and hands out their payloads.
///
/// A packet that is too long, not aligned, wrongly authenticated or wrongly padded gets the same answer as any other
/// once keys are in force: who can change packets learns nothing from ours.
///
/// - Source: RFC 4253 section 6.
struct SSHPacketReader: ~Copyable {
    private var input: [UInt8] = []
    private var start = 0
    private var cipher = SSHCipher.plain
    private var nextCipher: SSHCipher?
    private var isProtected = false
    /// What the length of the packet at the beginning says, as soon as it is known.
    private var length: Int?
    /// What a length may count.
    var limit = SSHTransportLimits.earlyPacketOctets
    /// The number of the next packet.
    private(set) var sequence: UInt32 = 0
    /// What was read under the present key.
    private(set) var octets = 0
    /// Packets that were read under the present key.
    private(set) var packets: UInt32 = 0

    /// Octets of memory that are kept for input however little comes.
    private static let keptOctets = 16_384

    /// Octets that wait.
    var count: Int { input.count - start }

    /// Adds octets that arrived.
    mutating func receive(_ bytes: Span<UInt8>) {
        if start == input.count {
            // A connection that has become quiet gives its memory back.
            let isMuch = input.capacity > Self.keptOctets && bytes.count < input.capacity / 8
            input.removeAll(keepingCapacity: !isMuch)
            start = 0
        } else if start > input.count / 2 {
            // Less is moved than has been read, so that each octet is moved once at most.
            input.removeSubrange(..<start)
            start = 0
        }
        bytes.withUnsafeBufferPointer { input.append(contentsOf: $0) }
    }

    /// Forgets all that waits.
    mutating func discard() {
        input = []
        start = 0
    }

    /// Keeps keys that are used as soon as the peer says that it does so too.
    mutating func prepare(_ cipher: consuming SSHCipher) { nextCipher = consume cipher }

    /// Uses the keys that were prepared.
    mutating func useNext(resetsSequence: Bool) throws(SSHFailure) {
        guard let next = nextCipher.take() else { throw SSHFailure(.protocolError, "There are no new keys.") }
        cipher = next
        isProtected = true
        octets = 0
        packets = 0
        if resetsSequence { sequence = 0 }
    }

    /// Takes a line with its end, LF, which is not part of what is returned.
    ///
    /// - Returns: nil when there is no end yet.
    /// - Throws: A failure for a line that is longer than `limit` octets with its end.
    mutating func line(limit: Int) throws(SSHFailure) -> [UInt8]? {
        let waiting = input[start...]
        guard let end = waiting.prefix(limit).firstIndex(of: UInt8(ascii: "\n")) else {
            if waiting.count >= limit { throw SSHFailure(.versionNotSupported, "The version line is too long.") }
            return nil
        }
        let line = Array(input[start..<end])
        start = end + 1
        return line
    }

    /// The first octets that wait, which stay.
    func waiting(most: Int) -> [UInt8] { Array(input[start...].prefix(most)) }

    /// Takes the payload of the next packet.
    ///
    /// - Returns: nil when the packet is not complete; else at least one octet.
    mutating func next() throws(SSHFailure) -> [UInt8]? {
        guard count >= 4 else { return nil }
        let length = try knownLength()
        let tag = cipher.tagOctets
        let total = 4 + length + tag
        guard count >= total else { return nil }
        guard Self.open(&input, from: start, 4 + length, cipher, sequence) else { throw corrupt }
        let pad = Int(input[start + 4])
        let content = length - 1 - pad
        guard pad >= SSHTransportLimits.paddingOctets, content >= 1 else { throw corrupt }
        let payload = Array(input[start + 5..<start + 5 + content])
        start += total
        self.length = nil
        sequence &+= 1
        packets &+= 1
        octets &+= total
        return payload
    }

    private mutating func knownLength() throws(SSHFailure) -> Int {
        if let length { return length }
        let length = Self.readLength(input, from: start, cipher, sequence)
        // The shortest packet is an octet of padding length, a payload of one octet and the padding.
        guard length >= 2 + SSHTransportLimits.paddingOctets, length <= limit,
            (length + cipher.alignedLengthOctets) % cipher.blockOctets == 0
        else { throw corrupt }
        self.length = length
        return length
    }

    private var corrupt: SSHFailure {
        isProtected
            ? SSHFailure(.macError, "A packet is corrupt.") : SSHFailure(.protocolError, "A packet is malformed.")
    }

    private static func readLength(
        _ input: [UInt8], from start: Int, _ cipher: borrowing SSHCipher, _ sequence: UInt32
    ) -> Int {
        input.withUnsafeBufferPointer { buffer in
            guard let packet = buffer.baseAddress else { return 0 }
            return cipher.length(packet + start, sequence: sequence)
        }
    }

    private static func open(
        _ input: inout [UInt8], from start: Int, _ count: Int, _ cipher: borrowing SSHCipher, _ sequence: UInt32
    ) -> Bool {
        input.withUnsafeMutableBufferPointer { buffer in
            guard let packet = buffer.baseAddress else { return false }
            return cipher.open(packet + start, count, sequence: sequence)
        }
    }
}
