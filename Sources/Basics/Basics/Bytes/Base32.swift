/// Base32 with the standard alphabet, as one-time password secrets are written.
///
/// ```text
///   5 octets  →  8 characters of A-Z 2-7      written without padding, read with or without
/// ```
///
/// - Source: RFC 4648 section 6.
package enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    /// The characters for `octets`, without padding.
    ///
    /// - Complexity: O(*n*).
    package static func text(_ octets: some Collection<UInt8>) -> String {
        var characters: [UInt8] = []
        var (bits, count) = (UInt32(0), 0)
        for octet in octets {
            bits = bits << 8 | UInt32(octet)
            count += 8
            while count >= 5 {
                count -= 5
                characters.append(alphabet[Int(bits >> UInt32(count) & 0x1F)])
            }
        }
        if count > 0 { characters.append(alphabet[Int(bits << UInt32(5 - count) & 0x1F)]) }
        return String(decoding: characters, as: UTF8.self)
    }

    /// The octets that `text` stands for, or nil when it is no Base32.
    ///
    /// People type these, so small letters and spaces between groups are taken. Unused bits must be zero and the
    /// number of characters one that whole octets give.
    ///
    /// - Complexity: O(*n*).
    package static func decode(_ text: String) -> [UInt8]? {
        var characters = Array(text.utf8.filter { $0 != UInt8(ascii: " ") })
        let written = characters.count
        while characters.last == UInt8(ascii: "=") { characters.removeLast() }
        guard written == characters.count || written % 8 == 0 && written - characters.count < 8 else { return nil }
        guard [0, 2, 4, 5, 7].contains(characters.count % 8) else { return nil }
        var octets: [UInt8] = []
        var (bits, count) = (UInt32(0), 0)
        for character in characters {
            guard let value = value(of: character) else { return nil }
            bits = bits << 5 | UInt32(value)
            count += 5
            guard count >= 8 else { continue }
            count -= 8
            octets.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
        guard bits & (1 << UInt32(count) - 1) == 0 else { return nil }
        return octets
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a")
        case UInt8(ascii: "2")...UInt8(ascii: "7"): character - UInt8(ascii: "2") + 26
        default: nil
        }
    }
}
