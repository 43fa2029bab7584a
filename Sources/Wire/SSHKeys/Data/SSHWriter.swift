/// Writes the types of which every SSH message, key and signature is made, as ``SSHReader`` reads them.
///
/// - Isolation: none; a value type.
/// - Source: RFC 4251 section 5.
public struct SSHWriter: Sendable {
    /// What was written.
    public private(set) var octets: [UInt8] = []

    /// Begins with nothing, and room for that many octets.
    public init(reserving count: Int = 0) { octets.reserveCapacity(count) }

    /// Begins a message with its number.
    public init(message number: UInt8, reserving count: Int = 0) {
        self.init(reserving: count)
        octets.append(number)
    }

    /// Writes an octet.
    public mutating func octet(_ value: UInt8) { octets.append(value) }

    /// Writes an octet that is 0 or 1.
    public mutating func boolean(_ value: Bool) { octets.append(value ? 1 : 0) }

    /// Writes four octets.
    public mutating func uint32(_ value: UInt32) {
        octets.append(UInt8(truncatingIfNeeded: value >> 24))
        octets.append(UInt8(truncatingIfNeeded: value >> 16))
        octets.append(UInt8(truncatingIfNeeded: value >> 8))
        octets.append(UInt8(truncatingIfNeeded: value))
    }

    /// Writes eight octets.
    public mutating func uint64(_ value: UInt64) {
        uint32(UInt32(truncatingIfNeeded: value >> 32))
        uint32(UInt32(truncatingIfNeeded: value))
    }

    /// Writes octets as they are.
    public mutating func raw(_ value: some Sequence<UInt8>) { octets += value }

    /// Writes octets behind their number.
    public mutating func string(_ value: some Collection<UInt8>) {
        uint32(UInt32(clamping: value.count))
        octets += value
    }

    /// Writes a text as UTF-8.
    public mutating func string(_ value: String) { string(value.utf8) }

    /// Writes a number whose octets are given highest first: without leading zeros, and not as a negative one.
    public mutating func magnitude(_ value: some Collection<UInt8>) {
        let digits = value.drop { $0 == 0 }
        let isHigh = digits.first.map { $0 & 0x80 != 0 } ?? false
        uint32(UInt32(clamping: digits.count + (isHigh ? 1 : 0)))
        if isHigh { octets.append(0) }
        octets += digits
    }

    /// Writes names with commas between them.
    public mutating func names(_ value: [String]) {
        uint32(UInt32(clamping: value.reduce(max(0, value.count - 1)) { $0 + $1.utf8.count }))
        for (index, name) in value.enumerated() {
            if index > 0 { octets.append(UInt8(ascii: ",")) }
            octets += name.utf8
        }
    }
}
