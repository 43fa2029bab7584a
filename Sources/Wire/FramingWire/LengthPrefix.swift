/// How the length before a frame is written.
public enum LengthPrefix: Hashable, Sendable {
    /// The order of a number's octets.
    public enum Order: Hashable, Sendable {
        /// The highest octet first, as on most networks.
        case bigEndian

        /// The lowest octet first.
        case littleEndian
    }

    /// One octet.
    case oneByte

    /// Two octets.
    case twoBytes(Order)

    /// Four octets.
    case fourBytes(Order)

    /// One to ten octets of seven bits each, the lowest first, the highest bit set in all but the last.
    ///
    /// Only the shortest form of a number is valid (unsigned LEB128, as in protocol buffers).
    case varint

    /// The greatest length that can be written.
    public var greatest: UInt64 {
        switch self {
        case .oneByte: UInt64(UInt8.max)
        case .twoBytes: UInt64(UInt16.max)
        case .fourBytes: UInt64(UInt32.max)
        case .varint: UInt64.max
        }
    }

    /// Appends a length, which must not be above ``greatest``.
    func append(_ length: UInt64, to output: inout [UInt8]) {
        switch self {
        case .oneByte: appendFixed(length, 1, .bigEndian, to: &output)
        case .twoBytes(let order): appendFixed(length, 2, order, to: &output)
        case .fourBytes(let order): appendFixed(length, 4, order, to: &output)
        case .varint: appendVarint(length, to: &output)
        }
    }

    /// What the front of a buffer says.
    enum Reading: Equatable {
        case incomplete
        case malformed
        case length(UInt64, prefixCount: Int)
    }

    func read(_ buffer: borrowing FrameBuffer) -> Reading {
        switch self {
        case .oneByte: readFixed(buffer, 1, .bigEndian)
        case .twoBytes(let order): readFixed(buffer, 2, order)
        case .fourBytes(let order): readFixed(buffer, 4, order)
        case .varint: readVarint(buffer)
        }
    }

    // MARK: Fixed width

    private func appendFixed(_ length: UInt64, _ width: Int, _ order: Order, to output: inout [UInt8]) {
        for index in 0..<width {
            let position = order == .bigEndian ? width - 1 - index : index
            output.append(UInt8(truncatingIfNeeded: length >> (UInt64(position) * 8)))
        }
    }

    private func readFixed(_ buffer: borrowing FrameBuffer, _ width: Int, _ order: Order) -> Reading {
        guard buffer.count >= width else { return .incomplete }
        var length: UInt64 = 0
        for index in 0..<width {
            length = length << 8 | UInt64(buffer[order == .bigEndian ? index : width - 1 - index])
        }
        return .length(length, prefixCount: width)
    }

    // MARK: Variable width

    private func appendVarint(_ length: UInt64, to output: inout [UInt8]) {
        var rest = length
        while rest > 0x7F {
            output.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        output.append(UInt8(truncatingIfNeeded: rest))
    }

    private func readVarint(_ buffer: borrowing FrameBuffer) -> Reading {
        var length: UInt64 = 0
        for index in 0..<min(buffer.count, 10) {
            let octet = buffer[index]
            // The tenth octet may hold only the 64th bit.
            if index == 9, octet > 1 { return .malformed }
            length |= UInt64(octet & 0x7F) << (UInt64(index) * 7)
            guard octet & 0x80 == 0 else { continue }
            return octet == 0 && index > 0 ? .malformed : .length(length, prefixCount: index + 1)
        }
        return .incomplete
    }
}
