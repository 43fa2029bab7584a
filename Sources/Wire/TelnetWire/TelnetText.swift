/// Turns outgoing text into what telnet carries.
///
/// ```text
///   255         255 255
///   LF          CR LF
///   CR LF       CR LF
///   CR          CR NUL
/// ```
///
/// - Source: RFC 854 "THE NVT PRINTER AND KEYBOARD" and "TELNET COMMANDS".
package enum TelnetText {
    /// Encodes one piece of text; a CR at its very end counts as a lone one.
    ///
    /// Text that needs no change, such as what a renderer made for a UTF-8 terminal, comes back as the same
    /// array, without a copy.
    ///
    /// - Complexity: O(*n*).
    package static func encode(_ text: [UInt8]) -> [UInt8] {
        guard let first = firstChange(text) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.count + text.count / 16 + 8)
        result.append(contentsOf: text[..<first])
        var index = first
        while index < text.count {
            let octet = text[index]
            index += 1
            switch octet {
            case 0xFF:
                result.append(0xFF)
                result.append(0xFF)
            case 0x0A:
                result.append(0x0D)
                result.append(0x0A)
            case 0x0D:
                let isLineEnd = index < text.count && text[index] == 0x0A
                result.append(0x0D)
                result.append(isLineEnd ? 0x0A : 0x00)
                if isLineEnd { index += 1 }
            default:
                result.append(octet)
            }
        }
        return result
    }

    /// Doubles IAC and nothing else, as in a subnegotiation.
    static func appendDoubled(_ octets: [UInt8], to result: inout [UInt8]) {
        for octet in octets {
            result.append(octet)
            if octet == 0xFF { result.append(octet) }
        }
    }

    private static func firstChange(_ text: [UInt8]) -> Int? {
        var index = 0
        while index < text.count {
            switch text[index] {
            case 0xFF, 0x0A:
                return index
            case 0x0D:
                guard index + 1 < text.count, text[index + 1] == 0x0A else { return index }
                index += 2
            default:
                index += 1
            }
        }
        return nil
    }
}
