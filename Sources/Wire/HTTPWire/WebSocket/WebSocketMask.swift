/// The four octets that a client's payload is combined with, so that nobody in between takes it for HTTP.
///
/// - Source: RFC 6455 §5.3.
enum WebSocketMask {
    /// Combines the octets from `start` on with the key, whose first octet belongs to octet `phase` of the payload.
    static func apply(_ key: UInt32, to octets: inout [UInt8], from start: Int, phase: Int) {
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: key >> UInt32(24 - 8 * (($0 + phase) & 3))) }
        var wide: UInt64 = 0
        for index in (0..<8).reversed() { wide = wide << 8 | UInt64(bytes[index & 3]) }
        octets.withUnsafeMutableBytes { buffer in
            var index = start
            while index + 8 <= buffer.count {
                let value = UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                buffer.storeBytes(of: (value ^ wide).littleEndian, toByteOffset: index, as: UInt64.self)
                index += 8
            }
            while index < buffer.count {
                buffer[index] ^= bytes[(index - start) & 3]
                index += 1
            }
        }
    }
}
