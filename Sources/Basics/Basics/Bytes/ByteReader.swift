/// Why bytes could not be decoded.
package enum ByteFailure: Error, Equatable {
    /// The input ended inside a value; `at` is the offset in octets where the value began.
    case incomplete(at: Int)
    /// The octets at this offset cannot be what was asked for.
    case malformed(at: Int)
}

/// Reads what ``ByteWriter`` writes; never traps on any input.
///
/// - Isolation: none; a value type.
/// - Complexity: each read is linear in the octets it consumes.
package struct ByteReader {
    private let bytes: [UInt8]
    /// Offset of the next unread octet.
    package private(set) var position = 0

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Octets not read yet.
    package var remaining: Int { max(0, bytes.count - position) }
    package var isAtEnd: Bool { position >= bytes.count }

    package mutating func byte() throws(ByteFailure) -> UInt8 {
        guard position < bytes.count else { throw .incomplete(at: position) }
        defer { position += 1 }
        return bytes[position]
    }

    package mutating func varint() throws(ByteFailure) -> UInt64 {
        let start = position
        var result: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            guard position < bytes.count else {
                position = start
                throw .incomplete(at: start)
            }
            let octet = bytes[position]
            position += 1
            // The tenth octet may hold only the 64th bit.
            if shift == 63, octet > 1 { throw .malformed(at: start) }
            result |= UInt64(octet & 0x7F) << shift
            if octet & 0x80 == 0 { return result }
            shift += 7
            if shift > 63 { throw .malformed(at: start) }
        }
    }

    package mutating func signed() throws(ByteFailure) -> Int64 {
        let raw = try varint()
        return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
    }

    /// Reads a length and that many octets.
    package mutating func blob() throws(ByteFailure) -> ArraySlice<UInt8> {
        let start = position
        let length = try varint()
        guard length <= UInt64(bytes.count - position) else {
            position = start
            throw .incomplete(at: start)
        }
        let end = position + Int(length)
        defer { position = end }
        return bytes[position..<end]
    }

    /// Reads a length and that many octets of UTF-8; anything that is not UTF-8 is malformed.
    package mutating func string() throws(ByteFailure) -> String {
        let start = position
        let octets = try blob()
        guard let text = String(validating: octets, as: UTF8.self) else { throw .malformed(at: start) }
        return text
    }

    package mutating func fixed32() throws(ByteFailure) -> UInt32 {
        guard bytes.count - position >= 4 else { throw .incomplete(at: position) }
        var result: UInt32 = 0
        for index in 0..<4 {
            result |= UInt32(bytes[position + index]) << UInt32(index * 8)
        }
        position += 4
        return result
    }
}
