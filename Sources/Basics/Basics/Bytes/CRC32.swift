/// The CRC-32 of IEEE 802.3 (polynomial 0xEDB88320, reflected), as zlib and PNG use it.
///
/// Detects every burst of up to 32 flipped bits; it is no defence against an attacker.
package struct CRC32 {
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in
            value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
        }
    }

    private var state: UInt32 = 0xFFFF_FFFF

    package init() {}

    // Not for any sequence: across modules that is not specialized, and then costs ten times as much.
    package mutating func add(_ bytes: [UInt8]) {
        var state = state
        let table = Self.table
        for byte in bytes {
            state = table[Int((state ^ UInt32(byte)) & 0xFF)] ^ (state >> 8)
        }
        self.state = state
    }

    package var value: UInt32 { state ^ 0xFFFF_FFFF }

    /// The checksum of `bytes` alone.
    package static func of(_ bytes: [UInt8]) -> UInt32 {
        var sum = CRC32()
        sum.add(bytes)
        return sum.value
    }
}
