/// Reads the types of which every SSH message, key and signature is made.
///
/// ```text
///   boolean   1 octet, 0 is false            string      uint32 length │ that many octets
///   uint32    4 octets, highest first        mpint       string, two's complement, highest octet first
///   uint64    8 octets, highest first        name-list   string of names with commas between them
/// ```
///
/// - Isolation: none; a value type. The octets of an array are shared with whoever gave it; those of a slice are copied.
/// - Complexity: O(1) for numbers and strings, O(*n*) in its octets for what is made of them.
/// - Source: RFC 4251 section 5.
public struct SSHReader: Sendable {
    private let octets: [UInt8]
    private var place: Int
    private let end: Int

    /// Reads all of an array, or what is left of it behind `start`.
    public init(_ octets: [UInt8], from start: Int = 0) {
        self.octets = octets
        place = min(max(start, 0), octets.count)
        end = octets.count
    }

    /// Reads what a string held.
    public init(_ slice: ArraySlice<UInt8>) {
        self.init(Array(slice))
    }

    /// Octets that are left.
    public var count: Int { end - place }

    /// Whether nothing is left.
    public var isAtEnd: Bool { place == end }

    /// What has not been read.
    public var rest: ArraySlice<UInt8> { octets[place..<end] }

    /// Reads an octet.
    public mutating func octet() throws(SSHDataFailure) -> UInt8 {
        if place == end { throw .truncated }
        defer { place += 1 }
        return octets[place]
    }

    /// Reads an octet that is zero for false.
    public mutating func boolean() throws(SSHDataFailure) -> Bool { try octet() != 0 }

    /// Reads four octets.
    public mutating func uint32() throws(SSHDataFailure) -> UInt32 {
        guard count >= 4 else { throw .truncated }
        defer { place += 4 }
        return UInt32(octets[place]) << 24 | UInt32(octets[place + 1]) << 16 | UInt32(octets[place + 2]) << 8
            | UInt32(octets[place + 3])
    }

    /// Reads eight octets.
    public mutating func uint64() throws(SSHDataFailure) -> UInt64 {
        guard count >= 8 else { throw .truncated }
        return try UInt64(uint32()) << 32 | UInt64(uint32())
    }

    /// Reads octets behind their number.
    ///
    /// - Throws: ``SSHDataFailure/tooLong`` for more than `limit`, ``SSHDataFailure/truncated`` for more than there are.
    public mutating func string(limit: Int = .max) throws(SSHDataFailure) -> ArraySlice<UInt8> {
        let length = Int(try uint32())
        if length > limit { throw .tooLong }
        return try take(length)
    }

    /// Reads a string of UTF-8.
    public mutating func text(limit: Int = .max) throws(SSHDataFailure) -> String {
        guard let text = String(validating: try string(limit: limit), as: UTF8.self) else { throw .notText }
        return text
    }

    /// Reads a number that is not negative.
    ///
    /// - Returns: Its octets, highest first, without leading zeros; none for zero.
    public mutating func magnitude(limit: Int = 2056) throws(SSHDataFailure) -> ArraySlice<UInt8> {
        let octets = try string(limit: limit)
        guard let first = octets.first else { return octets }
        if first & 0x80 != 0 { throw .negative }
        return octets.drop { $0 == 0 }
    }

    /// Reads names, which are of visible ASCII.
    public mutating func names(limit: Int = 16_384) throws(SSHDataFailure) -> [String] {
        let octets = try string(limit: limit)
        if octets.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) { throw .notText }
        return octets.split(separator: UInt8(ascii: ",")).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Makes sure that nothing is left.
    public func finish() throws(SSHDataFailure) {
        if !isAtEnd { throw .trailing }
    }

    /// Takes that many octets as they are.
    public mutating func take(_ length: Int) throws(SSHDataFailure) -> ArraySlice<UInt8> {
        guard length >= 0, length <= count else { throw .truncated }
        defer { place += length }
        return octets[place..<place + length]
    }
}
