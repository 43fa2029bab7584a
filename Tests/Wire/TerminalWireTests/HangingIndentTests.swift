import Testing

@testable import TerminalWire

@Suite struct HangingIndentTests {
    private static let rows: [(String, Int)] = [
        ("", 0),
        ("text", 0),
        ("   text", 3),
        ("- text", 2),
        ("-  text", 3),
        ("* text", 2),
        ("+ text", 2),
        ("  - text", 4),
        ("1. text", 3),
        ("1) text", 3),
        (" 12. text", 5),
        ("123)  text", 6),
        // No marker, or none yet.
        ("-", 0),
        ("--", 0),
        ("-text", 0),
        ("-- text", 0),
        ("1 text", 0),
        ("1.5 text", 0),
        ("1.) text", 0),
        ("1234. text", 0),
        (". text", 0),
        ("a) text", 0),
        ("  1", 2),
        // Only the first marker counts.
        ("- - text", 2),
        ("- 1. text", 2),
    ]

    @Test(arguments: rows) func whole(text: String, expected: Int) {
        var indent = HangingIndent()
        take(text, &indent)
        #expect(indent.columns == expected)
    }

    @Test(arguments: rows) func cutAnywhere(text: String, expected: Int) {
        for cut in text.indices {
            var indent = HangingIndent()
            take(String(text[..<cut]), &indent)
            take(String(text[cut...]), &indent)
            #expect(indent.columns == expected)
        }
    }

    @Test func bulletsOutsideASCII() {
        var indent = HangingIndent()
        indent.takeSpaces(2)
        indent.take("\u{2022}")
        #expect(indent.columns == 2)
        indent.takeSpaces(1)
        #expect(indent.columns == 4)
        #expect(!indent.isSettled)
        indent.take("\u{E4}")
        indent.takeSpaces(5)
        #expect(indent.columns == 4)
        #expect(indent.isSettled)
    }

    @Test func letterOutsideASCIISettles() {
        var indent = HangingIndent()
        indent.take("\u{E4}")
        #expect(indent.isSettled)
        #expect(indent.columns == 0)
    }

    private func take(_ text: String, _ indent: inout HangingIndent) {
        var text = text
        text.withUTF8 { octets in indent.take(octets[...]) }
    }
}
