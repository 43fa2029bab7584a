/// One message about the character set of the text (CHARSET).
///
/// ```text
///   IAC SB CHARSET  REQUEST 1  separator name (separator name)…  IAC SE
///   IAC SB CHARSET  ACCEPTED 2  name                             IAC SE
///   IAC SB CHARSET  REJECTED 3                                   IAC SE
///   IAC SB CHARSET  TTABLE-IS 4 …                                IAC SE     always answered with TTABLE-REJECTED 5
/// ```
///
/// A request may begin with `[TTABLE]` and a version octet, which offer a table of one's own; we want none.
///
/// - Limits: ``TelnetLimits/characterSets`` names of ``TelnetLimits/characterSetOctets`` printable ASCII octets; others
///   are passed over.
/// - Source: RFC 2066 §2 and §4.
package enum TelnetCharacterSet: Equatable, Sendable {
    /// Ask for one of these, the best first.
    case request([String])
    case accepted(String)
    case rejected
    /// A table that the peer made; what is in it is not read.
    case table
    case tableRejected

    /// Reads the payload; nil for other kinds of message.
    package init?(payload: [UInt8]) {
        let rest = payload.dropFirst()
        switch payload.first {
        case 1: self = .request(Self.names(rest))
        case 2:
            guard let name = Self.name(rest) else { return nil }
            self = .accepted(name)
        case 3: self = .rejected
        case 4: self = .table
        case 5: self = .tableRejected
        default: return nil
        }
    }

    /// The payload, without doubling.
    package var payload: [UInt8] {
        switch self {
        case .request(let names): [1] + names.flatMap { [Self.separator] + Array($0.utf8) }
        case .accepted(let name): [2] + Array(name.utf8)
        case .rejected: [3]
        case .table: [4]
        case .tableRejected: [5]
        }
    }

    /// `;`, which is in no name.
    private static let separator: UInt8 = 0x3B
    private static let tableOffer = Array("[TTABLE]".utf8)

    private static func names(_ octets: ArraySlice<UInt8>) -> [String] {
        var octets = octets
        if octets.starts(with: tableOffer) { octets = octets.dropFirst(tableOffer.count + 1) }
        guard let separator = octets.first else { return [] }
        return Array(
            octets.dropFirst().split(separator: separator).lazy.compactMap(name).prefix(TelnetLimits.characterSets))
    }

    private static func name(_ octets: ArraySlice<UInt8>) -> String? {
        let isName =
            (1...TelnetLimits.characterSetOctets).contains(octets.count)
            && octets.allSatisfy { (0x20...0x7E).contains($0) }
        return isName ? String(decoding: octets, as: UTF8.self) : nil
    }
}
