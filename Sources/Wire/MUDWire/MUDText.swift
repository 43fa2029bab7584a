/// Text made fit to travel beside the game's text.
enum MUDText {
    /// The text without control characters; white space of any kind becomes spaces.
    static func line(_ text: String) -> String { clean(text, keepsLines: false) }

    /// The text without control characters but the LF between lines.
    static func lines(_ text: String) -> String { clean(text, keepsLines: true) }

    private static func clean(_ text: String, keepsLines: Bool) -> String {
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A where keepsLines: result.append(scalar)
            case 0x09, 0x0A, 0x2028, 0x2029: result.append(" ")
            case 0..<0x20, 0x7F...0x9F: break
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// The first scalars of a text, so that its UTF-8 has at most `limit` octets.
    static func prefix(_ text: String, octets limit: Int) -> String {
        if text.utf8.count <= limit { return text }
        var result = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            count += UTF8.width(scalar)
            if count > limit { break }
            result.append(scalar)
        }
        return String(result)
    }

    /// A name as MSDP writes it: capitals and digits of ASCII, low lines for everything else.
    static func variableName(_ name: String) -> String {
        let octets = name.utf8.map { (octet: UInt8) -> UInt8 in
            switch octet {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): octet - 0x20
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): octet
            default: UInt8(ascii: "_")
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }
}
