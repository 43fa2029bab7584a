/// The two numbers of an ECDSA signature, in SSH's form and in libcrypto's.
///
/// ```text
///   SSH   mpint r │ mpint s
///   DER   30 length │ 02 length r │ 02 length s
/// ```
///
/// - Source: RFC 5656 section 3.1.2, ITU-T X.690 sections 8.1.3 and 8.3.
struct ECDSASignature {
    /// Octets, highest first, without leading zeros.
    let r: ArraySlice<UInt8>
    /// Octets, highest first, without leading zeros.
    let s: ArraySlice<UInt8>

    /// Reads SSH's form, for a curve.
    init(_ octets: ArraySlice<UInt8>, _ curve: SSHCurve) throws(SSHDataFailure) {
        var reader = SSHReader(octets)
        r = try reader.magnitude(limit: curve.coordinateLength + 1)
        s = try reader.magnitude(limit: curve.coordinateLength + 1)
        try reader.finish()
    }

    /// Reads DER, which libcrypto made.
    init?(der octets: [UInt8]) {
        var rest = octets[...]
        guard var numbers = Self.take(0x30, &rest), let r = Self.take(0x02, &numbers), let s = Self.take(0x02, &numbers)
        else { return nil }
        self.r = r.drop { $0 == 0 }
        self.s = s.drop { $0 == 0 }
    }

    var wire: [UInt8] {
        var writer = SSHWriter(reserving: 16 + r.count + s.count)
        writer.magnitude(r)
        writer.magnitude(s)
        return writer.octets
    }

    var der: [UInt8] { Self.element(0x30, Self.number(r) + Self.number(s)) }

    private static func number(_ value: ArraySlice<UInt8>) -> [UInt8] {
        let isHigh = value.first.map { $0 & 0x80 != 0 } ?? true
        return element(0x02, (isHigh ? [0] : []) + value)
    }

    /// No element here is longer than 141 octets.
    private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let length = UInt8(clamping: content.count)
        return (content.count < 0x80 ? [tag, length] : [tag, 0x81, length]) + content
    }

    private static func take(_ tag: UInt8, _ octets: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard octets.popFirst() == tag, var length = octets.popFirst() else { return nil }
        if length == 0x81, let long = octets.popFirst() { length = long }
        guard octets.count >= Int(length) else { return nil }
        defer { octets = octets.dropFirst(Int(length)) }
        return octets.prefix(Int(length))
    }
}
