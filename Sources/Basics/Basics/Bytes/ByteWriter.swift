/// Appends fixed and variable-width values to a growing byte array.
///
/// ```text
///   varint   7 bits an octet, low group first, high bit = more follow (LEB128), 1 to 10 octets
///   signed   zigzag, then varint
///   string   varint length in octets, then UTF-8
///   fixed32  4 octets, little endian
/// ```
///
/// - Isolation: none; a value type.
/// - SeeAlso: ``ByteReader``, `BasicsTests/ByteCodingTests`.
package struct ByteWriter {
    /// What was written so far.
    package private(set) var bytes: [UInt8] = []

    package init(reserving capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    package mutating func byte(_ value: UInt8) {
        bytes.append(value)
    }

    package mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    package mutating func signed(_ value: Int64) {
        varint(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    package mutating func string(_ value: String) {
        var value = value
        value.withUTF8 { octets in
            varint(UInt64(octets.count))
            unsafe bytes.append(contentsOf: octets)
        }
    }

    package mutating func blob(_ value: [UInt8]) {
        varint(UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    package mutating func fixed32(_ value: UInt32) {
        for shift in stride(from: UInt32(0), to: 32, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }
}
