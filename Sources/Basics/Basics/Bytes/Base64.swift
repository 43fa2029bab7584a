/// Base64 with the standard alphabet, strict in both directions.
///
/// ```text
///   3 octets  →  4 characters of A-Z a-z 0-9 + /      the last group is filled up with `=`
/// ```
///
/// Every run of octets has exactly one spelling here: white space, other alphabets, missing padding and padding
/// whose unused bits are not zero are refused, so that two texts never mean the same secret.
///
/// - Source: RFC 4648 sections 3 and 4.
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The value of each ASCII character; 0xFF for those outside the alphabet.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    private static let padding = UInt8(ascii: "=")

    /// The characters for `octets`, padded to a multiple of four.
    ///
    /// - Complexity: O(*n*).
    package static func encode(_ octets: some Collection<UInt8>) -> [UInt8] {
        var characters: [UInt8] = []
        characters.reserveCapacity((octets.count + 2) / 3 * 4)
        var (bits, count) = (UInt32(0), 0)
        for octet in octets {
            bits = bits << 8 | UInt32(octet)
            count += 8
            while count >= 6 {
                count -= 6
                characters.append(alphabet[Int(bits >> UInt32(count) & 0x3F)])
            }
        }
        if count > 0 { characters.append(alphabet[Int(bits << UInt32(6 - count) & 0x3F)]) }
        while characters.count % 4 != 0 { characters.append(padding) }
        return characters
    }

    /// The characters for `octets`, as a text.
    package static func text(_ octets: some Collection<UInt8>) -> String {
        String(decoding: encode(octets), as: UTF8.self)
    }

    /// The octets that `characters` stand for, or nil when they are not what ``encode(_:)`` gives for any.
    ///
    /// - Complexity: O(*n*).
    package static func decode(_ characters: some BidirectionalCollection<UInt8>) -> [UInt8]? {
        guard characters.count % 4 == 0 else { return nil }
        let fill = characters.suffix(2).reversed().prefix { $0 == padding }.count
        var octets: [UInt8] = []
        octets.reserveCapacity(characters.count / 4 * 3)
        var (bits, count) = (UInt32(0), 0)
        for character in characters.dropLast(fill) {
            let value = values[Int(character)]
            guard value != 0xFF else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            octets.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
        guard bits & (1 << UInt32(count) - 1) == 0 else { return nil }
        return octets
    }
}
