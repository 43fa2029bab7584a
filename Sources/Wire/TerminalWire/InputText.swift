/// Turns the octets of an input line into clean text.
package enum InputText {
    /// Decodes a line and takes out whatever is not text.
    ///
    /// A line that is not UTF-8 is taken for Windows-1252, which is what old clients send. Escape sequences (a pressed
    /// arrow key) go as a whole, tabs become spaces, other control characters vanish.
    ///
    /// - Complexity: O(*n*); a line of printable ASCII is only checked.
    package static func decode(_ line: [UInt8]) -> String {
        if line.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return String(decoding: line, as: UTF8.self) }
        let octets = withoutEscapeSequences(line)
        let text = String(validating: octets, as: UTF8.self) ?? windows1252(octets)
        var clean = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "\t" {
                clean.append(" ")
            } else if !SafeText.isForbidden(scalar) {
                clean.append(scalar)
            }
        }
        return String(clean)
    }

    /// Takes out CSI and OSC sequences and two-octet escapes (ECMA-48 §5.4, §5.6).
    private static func withoutEscapeSequences(_ line: [UInt8]) -> [UInt8] {
        guard line.contains(0x1B) else { return line }
        var result: [UInt8] = []
        result.reserveCapacity(line.count)
        var index = 0
        while index < line.count {
            let octet = line[index]
            index += 1
            if octet != 0x1B {
                result.append(octet)
                continue
            }
            guard index < line.count else { break }
            let kind = line[index]
            index += 1
            if kind == UInt8(ascii: "[") {
                while index < line.count, !(0x40...0x7E).contains(line[index]) { index += 1 }
                index += 1
            } else if kind == UInt8(ascii: "]") || kind == UInt8(ascii: "P") {
                // A string: up to BEL or ESC backslash, or to the line's end.
                while index < line.count, line[index] != 0x07, line[index] != 0x1B { index += 1 }
                if index < line.count, line[index] == 0x1B { index += 1 }
                index += 1
            } else if kind == UInt8(ascii: "O") {
                index += 1
            }
        }
        return result
    }

    /// The upper half of Windows-1252 where it differs from Latin-1; 0 where it has nothing.
    private static let upper: [UInt32] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D,
        0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
        0x0178,
    ]

    private static func windows1252(_ octets: [UInt8]) -> String {
        var scalars = String.UnicodeScalarView()
        for octet in octets {
            let value = (0x80..<0xA0).contains(octet) ? upper[Int(octet) - 0x80] : UInt32(octet)
            if value != 0 || octet == 0, let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
        }
        return String(scalars)
    }
}
