/// What a proxy says at the beginning of a connection about whom it speaks for (PROXY protocol, versions 1 and 2).
///
/// ```text
///   version 1   PROXY TCP4 192.0.2.7 198.51.100.1 51234 4000 CR LF
///               PROXY UNKNOWN … CR LF
///   version 2   0D 0A 0D 0A 00 0D 0A 51 55 49 54 0A │ version, command │ family, transport │ length │ addresses │ TLVs
///                              12                   │       1          │        1          │   2    │        length
/// ```
///
/// - Source: "The PROXY protocol, versions 1 & 2", HAProxy, section 2.
package struct ProxyHeader: Hashable, Sendable {
    /// The two ends of the connection at the proxy.
    package enum Ends: Hashable, Sendable {
        /// The proxy speaks for itself (`LOCAL`), or does not know (`UNKNOWN`): the connection's own addresses hold.
        case own

        /// IPv4 addresses as numbers, the first octet highest.
        case ipv4(source: UInt32, sourcePort: UInt16, destination: UInt32, destinationPort: UInt16)

        /// IPv6 addresses, sixteen octets each.
        case ipv6(source: [UInt8], sourcePort: UInt16, destination: [UInt8], destinationPort: UInt16)

        /// Paths of Unix sockets.
        case unix(source: String, destination: String)
    }

    package var ends: Ends

    package init(_ ends: Ends) {
        self.ends = ends
    }
}

/// Why a connection does not begin with a proxy's header.
package enum ProxyHeaderError: Error, Hashable, Sendable {
    /// It begins with something else.
    case noHeader
    /// The header is longer than this many octets.
    case tooLong(limit: Int)
    /// A part that makes no sense.
    case malformed(String)
}

/// Reads the header at the beginning of a connection.
///
/// - Limits: ``longestText`` octets for version 1 (section 2.1), ``longestBinary`` after the first 16 for version 2.
/// - Complexity: O(*n*) in the header's octets.
package struct ProxyHeaderDecoder {
    package static let longestText = 107
    /// The addresses need at most 216; the rest is for extensions, which are skipped.
    package static let longestBinary = 4096

    private static let signature: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A]
    private static let word = Array("PROXY ".utf8)
    private static let fixedLength = 16

    private var octets: [UInt8] = []

    package init() {}

    /// Takes one octet.
    ///
    /// - Returns: The header when this was its last octet; what follows belongs to the protocol inside.
    package mutating func receive(_ octet: UInt8) throws(ProxyHeaderError) -> ProxyHeader? {
        octets.append(octet)
        let place = octets.count - 1
        if octets[0] == Self.signature[0] { return try receiveBinary(place) }
        if place < Self.word.count, octet != Self.word[place] { throw .noHeader }
        if octet == 0x0A {
            guard place > 0, octets[place - 1] == 0x0D else { throw .malformed("a line feed without carriage return") }
            return try text()
        }
        if octets.count >= Self.longestText { throw .tooLong(limit: Self.longestText) }
        return nil
    }

    // MARK: Version 1

    private func text() throws(ProxyHeaderError) -> ProxyHeader {
        let fields = octets.dropLast(2).split(separator: 0x20, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        switch fields.count > 1 ? fields[1] : "" {
        case "UNKNOWN": return ProxyHeader(.own)
        case "TCP4" where fields.count == 6:
            return ProxyHeader(
                .ipv4(
                    source: try Self.ipv4(fields[2]), sourcePort: try Self.port(fields[4]),
                    destination: try Self.ipv4(fields[3]), destinationPort: try Self.port(fields[5])))
        case "TCP6" where fields.count == 6:
            return ProxyHeader(
                .ipv6(
                    source: try Self.ipv6(fields[2]), sourcePort: try Self.port(fields[4]),
                    destination: try Self.ipv6(fields[3]), destinationPort: try Self.port(fields[5])))
        default: throw .malformed("neither TCP4, TCP6 nor UNKNOWN with their four fields")
        }
    }

    private static func port(_ text: String) throws(ProxyHeaderError) -> UInt16 {
        guard let port = decimal(text, most: 65_535) else { throw .malformed("port \(text)") }
        return UInt16(port)
    }

    private static func decimal(_ text: String, most: Int) -> Int? {
        let digits = Array(text.utf8)
        guard (1...5).contains(digits.count), digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        guard digits.count == 1 || digits[0] != 0x30, let number = Int(text), number <= most else { return nil }
        return number
    }

    private static func ipv4(_ text: String) throws(ProxyHeaderError) -> UInt32 {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { throw .malformed("IPv4 address \(text)") }
        var bits: UInt32 = 0
        for part in parts {
            guard let octet = decimal(String(part), most: 255) else { throw .malformed("IPv4 address \(text)") }
            bits = bits << 8 | UInt32(octet)
        }
        return bits
    }

    /// Groups of hexadecimal digits with at most one `::` (RFC 4291, section 2.2, form 1 and 2).
    private static func ipv6(_ text: String) throws(ProxyHeaderError) -> [UInt8] {
        let halves = text.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
        var sides: [[UInt8]] = []
        for half in halves {
            var octets: [UInt8] = []
            for group in half.split(separator: ":", omittingEmptySubsequences: half.isEmpty) {
                guard (1...4).contains(group.utf8.count), let value = UInt16(group, radix: 16), group.first != "+"
                else {
                    throw .malformed("IPv6 address \(text)")
                }
                octets += [UInt8(value >> 8), UInt8(value & 0xFF)]
            }
            sides.append(octets)
        }
        let length = sides.map(\.count).reduce(0, +)
        if sides.count == 1, length == 16 { return sides[0] }
        guard sides.count == 2, length <= 14 else { throw .malformed("IPv6 address \(text)") }
        return sides[0] + [UInt8](repeating: 0, count: 16 - length) + sides[1]
    }

    // MARK: Version 2

    private func receiveBinary(_ place: Int) throws(ProxyHeaderError) -> ProxyHeader? {
        if place < Self.signature.count {
            if octets[place] != Self.signature[place] { throw .noHeader }
            return nil
        }
        guard octets.count >= Self.fixedLength else { return nil }
        let length = Int(octets[14]) << 8 | Int(octets[15])
        if length > Self.longestBinary { throw .tooLong(limit: Self.longestBinary) }
        guard octets.count == Self.fixedLength + length else { return nil }
        return try binary(Array(octets[Self.fixedLength...]))
    }

    private func binary(_ body: [UInt8]) throws(ProxyHeaderError) -> ProxyHeader {
        guard octets[12] >> 4 == 2 else { throw .malformed("version \(octets[12] >> 4)") }
        switch octets[12] & 0xF {
        case 0: return ProxyHeader(.own)
        case 1: break
        default: throw .malformed("command \(octets[12] & 0xF)")
        }
        func number(_ place: Int, _ count: Int) -> UInt32 {
            body[place..<place + count].reduce(0) { $0 << 8 | UInt32($1) }
        }
        switch octets[13] >> 4 {
        case 0: return ProxyHeader(.own)
        case 1:
            guard body.count >= 12 else { throw .malformed("addresses cut short") }
            return ProxyHeader(
                .ipv4(
                    source: number(0, 4), sourcePort: UInt16(number(8, 2)), destination: number(4, 4),
                    destinationPort: UInt16(number(10, 2))))
        case 2:
            guard body.count >= 36 else { throw .malformed("addresses cut short") }
            return ProxyHeader(
                .ipv6(
                    source: Array(body[0..<16]), sourcePort: UInt16(number(32, 2)), destination: Array(body[16..<32]),
                    destinationPort: UInt16(number(34, 2))))
        case 3:
            guard body.count >= 216 else { throw .malformed("addresses cut short") }
            return ProxyHeader(.unix(source: Self.path(body[0..<108]), destination: Self.path(body[108..<216])))
        default: throw .malformed("address family \(octets[13] >> 4)")
        }
    }

    private static func path(_ octets: ArraySlice<UInt8>) -> String {
        String(decoding: octets.prefix { $0 != 0 }, as: UTF8.self)
    }
}

extension ProxyHeader {
    /// The header in version 2, as a proxy sends it for a TCP or Unix stream.
    package var encoded: [UInt8] {
        var octets: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A]
        let (command, family, body): (UInt8, UInt8, [UInt8]) =
            switch ends {
            case .own: (0x20, 0x00, [])
            case .ipv4(let source, let sourcePort, let destination, let destinationPort):
                (
                    0x21, 0x11,
                    Self.octets(source) + Self.octets(destination) + Self.octets(sourcePort)
                        + Self.octets(destinationPort)
                )
            case .ipv6(let source, let sourcePort, let destination, let destinationPort):
                (
                    0x21, 0x21,
                    Self.filled(source, 16) + Self.filled(destination, 16) + Self.octets(sourcePort)
                        + Self.octets(destinationPort)
                )
            case .unix(let source, let destination):
                (0x21, 0x31, Self.filled(Array(source.utf8), 108) + Self.filled(Array(destination.utf8), 108))
            }
        octets += [command, family] + Self.octets(UInt16(body.count)) + body
        return octets
    }

    private static func octets(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }

    private static func filled(_ octets: [UInt8], _ count: Int) -> [UInt8] {
        Array(octets.prefix(count)) + [UInt8](repeating: 0, count: max(0, count - octets.count))
    }
}
