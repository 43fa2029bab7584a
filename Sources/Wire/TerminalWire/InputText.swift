/// Cleans what somebody typed.
///
/// ```text
///   octets            UTF-8 if all of it is, else Windows-1252, a superset of ISO 8859-1
///   ESC [ … final     CSI: arrow keys and the like, removed whole; also U+009B
///   ESC O final       SS3: the keypad; also U+008F
///   ESC ] … BEL | ST  OSC and the other strings (DCS SOS PM APC), removed whole
///   ESC … final       other escape sequences
///   C0 C1 DEL         removed; TAB becomes one space
///   U+202A–202E, U+2066–2069, noncharacters, U+FEFF      removed
/// ```
///
/// A string without its end loses only its introducer: what was typed after it is text.
///
/// - Complexity: O(*n*).
/// - Source: ECMA-48 §5.3–5.6 and §8.3; ECMA-35 §13.2 for escape sequences; Unicode 15 §23.7 for noncharacters.
/// - SeeAlso: `TerminalWireTests/InputTextTests`.
package enum InputText {
    /// The clean text of one input line.
    package static func decode(_ line: [UInt8]) -> String {
        // Most lines are plain ASCII.
        if line.allSatisfy({ $0 &- 0x20 < 0x5F }) { return String(decoding: line, as: UTF8.self) }
        if let text = String(validating: line, as: UTF8.self) {
            return clean(Array(text.unicodeScalars))
        }
        return clean(line.map { Unicode.Scalar(windows1252($0)) ?? "\u{FFFD}" })
    }

    private static func clean(_ scalars: [Unicode.Scalar]) -> String {
        var scanner = EscapeScanner(scalars)
        var result = String.UnicodeScalarView()
        while let scalar = scanner.next() {
            if TextSafety.isSpaceLike(scalar) {
                result.append(" ")
            } else if !isDropped(scalar) {
                result.append(scalar)
            }
        }
        return String(result)
    }

    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        TextSafety.isControl(scalar) || TextSafety.isDirectionOverride(scalar) || TextSafety.isNoncharacter(scalar)
            || scalar.value == 0xFEFF
    }

    /// Differs from ISO 8859-1 in 0x80 to 0x9F; the five undefined octets stay C1 controls and are dropped.
    static func windows1252(_ octet: UInt8) -> UInt32 {
        (0x80...0x9F).contains(octet) ? c1[Int(octet - 0x80)] : UInt32(octet)
    }

    private static let c1: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
        0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0x9D, 0x017E, 0x0178,
    ]
}
