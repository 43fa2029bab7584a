import Basics

/// The attributes of a SCRAM message, taken one after the other, because their order is fixed.
///
/// ```text
///   attr-val *("," attr-val)        attr-val = ALPHA "=" 1*(any UTF-8 but NUL ",")
/// ```
///
/// - Limits: ``SASLLimits/message``.
/// - Source: RFC 5802 sections 5.1 and 7.
struct SCRAMAttributes {
    private let fields: [ArraySlice<UInt8>]
    private var next = 0

    init(_ octets: some Sequence<UInt8>) throws(SASLFailure) {
        let octets = Array(octets)
        if octets.count > SASLLimits.message { throw .tooLong("message", limit: SASLLimits.message) }
        guard !octets.contains(0), String(validating: octets, as: UTF8.self) != nil else {
            throw .malformed("message")
        }
        fields = octets.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    }

    /// The letter of the next attribute; nil at the end, or when it is no attribute.
    var nextLetter: UInt8? {
        guard next < fields.count, let letter = fields[next].first, Self.isAttribute(fields[next]) else { return nil }
        return letter
    }

    /// Refuses a message that begins with an extension its reader must know: there are none.
    func refuseDemands() throws(SASLFailure) {
        if nextLetter == UInt8(ascii: "m") { throw .extensionDemanded }
    }

    /// Takes the next attribute, which must have this letter.
    mutating func take(_ letter: Unicode.Scalar, _ part: String) throws(SASLFailure) -> ArraySlice<UInt8> {
        guard let found = nextLetter, found == UInt8(ascii: letter) else { throw .malformed(part) }
        defer { next += 1 }
        return fields[next].dropFirst(2)
    }

    /// Takes the next attribute as Base64 of at most `limit` octets; nothing at all is not taken.
    mutating func takeBase64(_ letter: Unicode.Scalar, _ part: String, limit: Int) throws(SASLFailure) -> [UInt8] {
        guard let octets = Base64.decode(try take(letter, part)) else { throw .malformed(part) }
        if octets.count > limit { throw .tooLong(part, limit: limit) }
        return octets
    }

    /// Takes a nonce: printable ASCII without comma.
    mutating func takeNonce(limit: Int) throws(SASLFailure) -> String {
        try Self.nonce(try take("r", "nonce"), limit: limit)
    }

    /// Takes what follows until `last` is next, or all: extensions, which are passed over.
    mutating func skipExtensions(until last: Unicode.Scalar? = nil) throws(SASLFailure) {
        while next < fields.count {
            guard let letter = nextLetter else { throw .malformed("extension") }
            if let last, letter == UInt8(ascii: last) { return }
            next += 1
        }
    }

    /// Whether nothing follows.
    var isAtEnd: Bool { next == fields.count }

    static func nonce(_ octets: some Collection<UInt8>, limit: Int) throws(SASLFailure) -> String {
        let nonce = try SASLText.parse(octets, "nonce", limit: limit)
        guard nonce.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ",") }) else {
            throw .malformed("nonce")
        }
        return nonce
    }

    private static func isAttribute(_ field: ArraySlice<UInt8>) -> Bool {
        guard field.count >= 3, let letter = field.first else { return false }
        let isLetter =
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= letter || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= letter
        return isLetter && field[field.startIndex + 1] == UInt8(ascii: "=")
    }
}
