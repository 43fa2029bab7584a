/// Spells characters with ASCII for terminals that have nothing else.
///
/// Letters keep their sound (ä becomes ae), punctuation and drawings their shape, emoji become their names in
/// brackets; only what has none of these becomes `?`. Keys are compared by canonical equivalence, so a letter
/// with a combining mark is found as the composed letter.
///
/// - Source: own spelling; base letters by the decompositions of UnicodeData 14; Cyrillic near BGN/PCGN, Greek near
///   ISO 843.
package enum Transliteration {
    /// The ASCII spelling; empty for what is invisible, such as a joiner.
    package static func ascii(_ character: Character) -> String {
        if let known = table[character] { return known }
        var result = ""
        for scalar in character.unicodeScalars {
            if let part = ascii(scalar) {
                result += part
            } else if result.isEmpty {
                return named(scalar)
            }
        }
        return result
    }

    /// The character as ISO 8859-1 has it, in one piece also when it is a letter with a combining mark.
    static func latin1(_ character: Character) -> Character? {
        latin1Characters.firstIndex(of: character).map { latin1Characters[$0] }
    }

    private static func ascii(_ scalar: Unicode.Scalar) -> String? {
        if scalar.isASCII { return String(scalar) }
        if let known = table[Character(scalar)] { return known }
        switch scalar.value {
        case 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return " "
        case 0x2500...0x257F: return boxDrawing(scalar.value)
        case 0x2580...0x259F: return "#"
        // A flag is spelled with the letters of its country.
        case 0x1F1E6...0x1F1FF: return Unicode.Scalar(scalar.value - 0x1F1A5).map { String($0) }
        case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0).map { String($0) }
        default: return DisplayWidth.columns(of: scalar) == 0 ? "" : nil
        }
    }

    /// What cannot be spelled: an emoji by its Unicode name, anything else as `?`.
    private static func named(_ scalar: Unicode.Scalar) -> String {
        guard scalar.properties.isEmoji, let name = scalar.properties.name else { return "?" }
        return "[\(name.lowercased())]"
    }

    private static func boxDrawing(_ value: UInt32) -> String {
        switch value {
        case 0x2500, 0x2501, 0x2504, 0x2505, 0x2508, 0x2509, 0x254C, 0x254D: "-"
        case 0x2574, 0x2576, 0x2578, 0x257A, 0x257C, 0x257E: "-"
        case 0x2550: "="
        case 0x2502, 0x2503, 0x2506, 0x2507, 0x250A, 0x250B, 0x254E, 0x254F, 0x2551: "|"
        case 0x2575, 0x2577, 0x2579, 0x257B, 0x257D, 0x257F: "|"
        case 0x2571: "/"
        case 0x2572: "\\"
        case 0x2573: "X"
        default: "+"
        }
    }

    private static let latin1Characters: Set<Character> = {
        let octets = Array(UInt8(0x20)...0x7E) + Array(UInt8(0xA0)...0xFF)
        return Set(octets.map { Character(Unicode.Scalar($0)) })
    }()

    private static let table: [Character: String] = {
        var table: [Character: String] = [:]
        for (first, row) in rows {
            for (offset, spelling) in row.split(separator: " ").enumerated() {
                guard let scalar = Unicode.Scalar(first + UInt32(offset)) else { continue }
                table[Character(scalar)] = String(spelling)
            }
        }
        for (offset, letter) in additional.enumerated() {
            guard let scalar = Unicode.Scalar(0x1E00 + UInt32(offset)) else { continue }
            table[Character(scalar)] = String(letter)
        }
        for (character, spelling) in singles { table[character] = spelling }
        return table
    }()

    /// Runs of code points: the first, then one spelling each.
    private static let rows: [(UInt32, String)] = [
        (0xA1, "! c GBP * Yen | S \" (c) a << - - (R) - deg +- 2 3 ' u P . , 1 o >> 1/4 1/2 3/4 ?"),
        (0xC0, "A A A A Ae Aa Ae C E E E E I I I I D N O O O O Oe x Oe U U U Ue Y Th ss"),
        (0xE0, "a a a a ae aa ae c e e e e i i i i d n o o o o oe / oe u u u ue y th y"),
        (0x100, "A a A a A a C c C c C c C c D d D d E e E e E e E e E e G g G g G g G g H h H h I i I i I i I i I i"),
        (0x132, "IJ ij J j K k k L l L l L l L l L l N n N n N n 'n Ng ng O o O o O o Oe oe R r R r R r S s S s S s"),
        (0x160, "S s T t T t T t U u U u U u U u U u U u W w Y y Y Z z Z z Z z s"),
        (0x1CD, "A a I i O o U u U u U u U u U u"),
        (0x218, "S s T t"),
        (0x388, "E I I"),
        (0x38E, "Y O i"),
        (0x391, "A V G D E Z I Th I K L M N X O P R"),
        (0x3A3, "S T Y F Ch Ps O I Y a e i i y"),
        (0x3B1, "a v g d e z i th i k l m n x o p r s s t y f ch ps o i y o y o"),
        (0x401, "Yo Dj Gj Ye Dz I Yi J Lj Nj Ts Kj I U Dzh"),
        (0x410, "A B V G D E Zh Z I Y K L M N O P R S T U F Kh Ts Ch Sh Shch \" Y ' E Yu Ya"),
        (0x430, "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch \" y ' e yu ya"),
        (0x451, "yo dj gj ye dz i yi j lj nj ts kj i u dzh"),
        (0x2010, "- - - - -- -- || _ ' ' , ' \" \" \" \" + ++ * > . .. ..."),
        (0x2190, "<- ^ -> v <-> ^v"),
        (0x2460, "(1) (2) (3) (4) (5) (6) (7) (8) (9)"),
    ]

    /// U+1E00 to U+1EFF, one letter each.
    private static let additional =
        "AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMmMmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSsSsSsSs"
        + "TtTtTtTtUuUuUuUuUuVvVvWwWwWwWwWwXxXxYyZzZzZzhtwyasssSdAaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEeEeEeEeEeIiIiOoOoOoOo"
        + "OoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYyLlVvYy"

    private static let singles: [Character: String] = [
        "\u{A0}": " ", "\u{386}": "A", "\u{38C}": "O", "\u{1E9E}": "SS", "\u{2030}": "0/00", "\u{2032}": "'",
        "\u{2033}": "\"", "\u{2039}": "<",
        "\u{203A}": ">", "\u{2044}": "/", "\u{20AC}": "EUR", "\u{2116}": "No.", "\u{2122}": "(TM)", "\u{2192}": "->",
        "\u{21D0}": "<=", "\u{21D2}": "=>", "\u{2212}": "-", "\u{2248}": "~", "\u{2260}": "!=", "\u{2264}": "<=",
        "\u{2265}": ">=", "\u{221E}": "oo", "\u{25A0}": "#", "\u{25A1}": "[]", "\u{25B2}": "^", "\u{25B6}": ">",
        "\u{25BC}": "v", "\u{25C0}": "<", "\u{25C6}": "*", "\u{25CB}": "o", "\u{25CF}": "*", "\u{2605}": "*",
        "\u{2606}": "*", "\u{2660}": "(spades)", "\u{2663}": "(clubs)", "\u{2665}": "(hearts)",
        "\u{2666}": "(diamonds)", "\u{2713}": "v", "\u{2714}": "v", "\u{2717}": "x", "\u{2718}": "x",
        "\u{300C}": "\"", "\u{300D}": "\"", "\u{3001}": ",", "\u{3002}": ".",
    ]
}
