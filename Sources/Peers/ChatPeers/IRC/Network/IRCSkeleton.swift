import Basics

/// What a name looks like: names with the same skeleton are hard to tell apart, and only one of them is taken.
///
/// ```text
///   Αdmin  (Greek alpha)   →  admin        раypal (Cyrillic)  →  paypal      ａｄａ (full width)  →  ada
/// ```
///
/// Letters are folded first; what remains is looked up letter by letter. Marks on letters are seen, so they stay.
///
/// - Complexity: O(*n*).
/// - Source: Unicode Technical Standard 39 section 4, for the letters that nicks may have.
/// - SeeAlso: `ChatPeersTests/IRCSkeletonTests`.
enum IRCSkeleton {
    static func of(_ name: String) -> String {
        var skeleton = String.UnicodeScalarView()
        for scalar in name.folded.unicodeScalars { skeleton.append(likeness(scalar)) }
        return String(skeleton)
    }

    private static func likeness(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0...0x7F: ascii[scalar] ?? scalar
        // Full width.
        case 0xFF41...0xFF5A: ascii(scalar.value - 0xFF41 + 0x61)
        case 0xFF10...0xFF19: ascii(scalar.value - 0xFF10 + 0x30)
        // Mathematical letters: 26 of each style, capitals and small ones in turn.
        case 0x1D400...0x1D6A3: ascii((scalar.value - 0x1D400) % 26 + 0x61)
        case 0x1D7CE...0x1D7FF: ascii((scalar.value - 0x1D7CE) % 10 + 0x30)
        default: letters[scalar] ?? scalar
        }
    }

    private static func ascii(_ value: UInt32) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(value) else { return "?" }
        return ascii[scalar] ?? scalar
    }

    /// ASCII that looks like other ASCII.
    private static let ascii: [Unicode.Scalar: Unicode.Scalar] = ["0": "o", "1": "l", "i": "l", "|": "l"]

    /// Letters of other scripts by the Latin ones that they look like, in small letters.
    private static let letters: [Unicode.Scalar: Unicode.Scalar] = {
        let rows: [(Unicode.Scalar, String)] = [
            ("a", "аαɑ⍺"), ("b", "Ьƅь"), ("c", "сϲⅽᴄ"), ("d", "ԁⅾɗ"), ("e", "еҽ℮"), ("f", "ſքẝ"), ("g", "ɡցƍ"),
            ("h", "һհᏂ"), ("j", "јϳ"), ("k", "кκᴋ"), ("l", "ӏІіɩιاןוⅼⵏἰ"), ("m", "мⅿ"), ("n", "ոռη"),
            ("o", "оοσօ၀ഠ๐໐๏όᴏ"), ("p", "рρ⍴"), ("q", "ԛգզ"), ("r", "гᴦⲅ"), ("s", "ѕꜱƽ"), ("t", "тτᴛ"),
            ("u", "υսʋᴜ"), ("v", "ѵνⅴטᴠ"), ("w", "ԝաɯᴡ"), ("x", "хχⅹ×"), ("y", "уγүყʏ"), ("z", "ᴢ"),
            ("ß", "β"), ("æ", "ӕ"), ("ə", "ә"), ("ε", "є"), ("3", "зӡ"), ("я", "ᴙ"),
        ]
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (latin, others) in rows {
            for other in others.unicodeScalars { table[other] = ascii[latin] ?? latin }
        }
        return table
    }()
}
