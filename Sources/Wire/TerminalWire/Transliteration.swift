/// Writes characters for terminals that do not have them, losing as little as possible.
package enum Transliteration {
    /// What stands for a character in ASCII.
    private static let ascii: [Unicode.Scalar: String] = [
        "\u{2018}": "'", "\u{2019}": "'", "\u{201A}": "'", "\u{201C}": "\"", "\u{201D}": "\"", "\u{201E}": "\"",
        "\u{2013}": "-", "\u{2014}": "--", "\u{2026}": "...", "\u{2022}": "*", "\u{00A0}": " ", "\u{2212}": "-",
        "\u{20AC}": "EUR", "\u{2122}": "(tm)", "\u{00A9}": "(c)", "\u{00AE}": "(r)", "\u{00B0}": " deg",
        "\u{00D7}": "x", "\u{00F7}": "/", "\u{2190}": "<-", "\u{2192}": "->", "\u{2191}": "^", "\u{2193}": "v",
        "\u{00AB}": "<<", "\u{00BB}": ">>", "\u{2039}": "<", "\u{203A}": ">", "\u{00B7}": ".",
        "\u{00E4}": "ae", "\u{00F6}": "oe", "\u{00FC}": "ue", "\u{00C4}": "Ae", "\u{00D6}": "Oe", "\u{00DC}": "Ue",
        "\u{00DF}": "ss", "\u{00E6}": "ae", "\u{00C6}": "AE", "\u{00F8}": "o", "\u{00D8}": "O", "\u{00E5}": "aa",
        "\u{00C5}": "Aa", "\u{0153}": "oe", "\u{0152}": "OE", "\u{00FE}": "th", "\u{00DE}": "Th", "\u{00F0}": "d",
        "\u{00D0}": "D", "\u{0142}": "l", "\u{0141}": "L", "\u{0131}": "i", "\u{00BD}": "1/2", "\u{00BC}": "1/4",
        "\u{00BE}": "3/4", "\u{00A3}": "GBP", "\u{00A7}": "S.", "\u{00BF}": "?", "\u{00A1}": "!",
    ]

    /// Appends a character in the given charset.
    ///
    /// The octet 255 never occurs, because telnet reads it as a command; its letter is written as `y`.
    package static func append(_ character: Character, in charset: TerminalCharset, to bytes: inout [UInt8]) {
        let base = character.unicodeScalars.first
        if let base, character.unicodeScalars.count == 1, charset == .latin1, base.value >= 0xA0, base.value < 0xFF {
            return bytes.append(UInt8(base.value))
        }
        guard let base else { return }
        if base.value < 0x80 { return bytes.append(UInt8(base.value)) }
        if let known = ascii[base] { return bytes.append(contentsOf: known.utf8) }
        if (0x2500...0x257F).contains(base.value) { return bytes.append(box(base.value)) }
        // The letter under its accents, when there is one.
        if let letter = decomposed(base) { return bytes.append(letter) }
        if base.properties.generalCategory == .nonspacingMark { return }
        bytes.append(UInt8(ascii: "?"))
    }

    /// Box drawing: horizontal, vertical or a corner.
    private static func box(_ value: UInt32) -> UInt8 {
        switch value {
        case 0x2500, 0x2501, 0x2504, 0x2505, 0x2508, 0x2509, 0x254C, 0x254D, 0x2550: UInt8(ascii: "-")
        case 0x2502, 0x2503, 0x2506, 0x2507, 0x250A, 0x250B, 0x254E, 0x254F, 0x2551: UInt8(ascii: "|")
        default: UInt8(ascii: "+")
        }
    }

    /// The ASCII letter named at the end of the character's Unicode name, as in LATIN SMALL LETTER E WITH ACUTE.
    private static func decomposed(_ scalar: Unicode.Scalar) -> UInt8? {
        guard let name = scalar.properties.name, name.hasPrefix("LATIN ") else { return nil }
        let words = name.split(separator: " ")
        guard words.count >= 4, words[2] == "LETTER", words[3].count == 1, let letter = words[3].utf8.first else {
            return nil
        }
        return words[1] == "SMALL" ? letter | 0x20 : letter
    }
}
