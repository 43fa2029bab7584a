import Basics
import TerminalWire
import Testing

@Suite struct TerminalRendererTests {
    private let renderer = TerminalRenderer()

    private func render(_ text: StyledText, _ profile: TerminalProfile) -> String {
        var bytes: [UInt8] = []
        renderer.append(text, profile, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("one two three", 0, "one two three"),
        ("one two three", 20, "one two three"),
        ("one two three", 7, "one two\r\nthree"),
        ("one two three", 8, "one two\r\nthree"),
        ("a\nb", 80, "a\r\nb"),
        ("a\n\nb", 80, "a\r\n\r\nb"),
        ("  one two three", 9, "  one two\r\n  three"),
        ("- one two three", 9, "- one two\r\n  three"),
        ("abcdefghij", 4, "abcd\r\nefgh\r\nij"),
        ("ab cdefghij", 4, "ab\r\ncdef\r\nghij"),
        ("trailing   ", 80, "trailing   "),
        ("trailing   \nx", 80, "trailing\r\nx"),
        ("日本語 日本語", 8, "日本語\r\n日本語"),
        ("日本語日本語", 5, "日本\r\n語日\r\n本語"),
        ("e\u{301}e\u{301}e\u{301} x", 5, "e\u{301}e\u{301}e\u{301} x"),
        ("", 80, ""),
    ])
    func wrapping(_ text: String, _ width: Int, _ expected: String) {
        #expect(render(StyledText(text), TerminalProfile(width: width)) == expected)
    }

    @Test func noLineIsWiderThanTheScreenAndNoWordIsLost() {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<200 {
            let words = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                String(repeating: "x", count: Int.random(in: 1..<12, using: &random))
            }
            let width = Int.random(in: 12..<60, using: &random)
            let wrapped = render(StyledText(words.joined(separator: " ")), TerminalProfile(width: width))
            #expect(wrapped.split(separator: "\r\n").allSatisfy { $0.count <= width && $0.last != " " })
            #expect(wrapped.split(whereSeparator: { $0 == " " || $0 == "\r\n" }).map(String.init) == words)
        }
    }

    @Test func coloursGoOnlyToThoseWhoTakeThemAndAreAlwaysReset() {
        var text = StyledText("You see ")
        text.append("a lamp", .thing)
        text.append(".")
        #expect(render(text, TerminalProfile()) == "You see a lamp.")
        #expect(render(text, TerminalProfile(colour: .ansi16)) == "You see \u{1B}[36ma lamp\u{1B}[0m.")
        #expect(
            render(text, TerminalProfile(width: 9, colour: .ansi16))
                == "You see \u{1B}[36ma\u{1B}[0m\r\n\u{1B}[36mlamp\u{1B}[0m.")
    }

    @Test(arguments: [
        ("äöüß “quoted” – naïve café…", TerminalCharset.ascii, "aeoeuess \"quoted\" - naive cafe..."),
        ("│─┐", .ascii, "|-+"), ("日", .ascii, "?"), ("Łódź", .ascii, "Lodz"), ("plain", .ascii, "plain"),
        ("5 °C", .ascii, "5  degC"),
    ])
    func transliteration(_ text: String, _ charset: TerminalCharset, _ expected: String) {
        #expect(render(StyledText(text), TerminalProfile(charset: charset)) == expected)
    }

    @Test func latin1IsOneOctetACharacterAndNeverIAC() {
        var bytes: [UInt8] = []
        renderer.append(StyledText("é–ÿ"), TerminalProfile(charset: .latin1), to: &bytes)
        #expect(bytes == [0xE9, 0x2D, 0x79])
    }

    @Test func nothingButTextAndOurOwnColoursComesOut() {
        var random = SeededGenerator(seed: 52)
        let corpus = ["\u{1B}]52;c;aGk=\u{7}", "\u{9B}31m", "\u{1B}[2J", "\u{202E}evil", "a\rb", "\u{2028}", "\u{7F}"]
        for round in 0..<300 {
            var text = StyledText()
            for _ in 0..<Int.random(in: 1..<6, using: &random) {
                text.append(corpus[Int.random(in: 0..<corpus.count, using: &random)], .speech)
                text.append(String(Unicode.Scalar(UInt32.random(in: 0..<0xD800, using: &random)) ?? "x"), .plain)
            }
            let width = round % 3 == 0 ? 0 : 20
            let plain = render(text, TerminalProfile(width: width, charset: round % 2 == 0 ? .utf8 : .ascii))
            for scalar in plain.replacing("\r\n", with: "").unicodeScalars { #expect(!SafeText.isForbidden(scalar)) }
            let coloured = render(text, TerminalProfile(width: width, colour: .ansi16))
            for scalar in Self.withoutColours(coloured) { #expect(!SafeText.isForbidden(scalar)) }
        }
    }

    /// The scalars of a text but for line ends and the two sequences the renderer may write.
    private static func withoutColours(_ text: String) -> ArraySlice<Unicode.Scalar> {
        var rest = Array(text.unicodeScalars)[...]
        var kept: ArraySlice<Unicode.Scalar> = []
        let allowed = ["\u{1B}[1;37m", "\u{1B}[0m", "\r\n"].map { Array($0.unicodeScalars) }
        while let first = rest.first {
            if let sequence = allowed.first(where: { rest.starts(with: $0) }) {
                rest = rest.dropFirst(sequence.count)
            } else {
                kept.append(first)
                rest = rest.dropFirst()
            }
        }
        return kept
    }

    @Test(arguments: [("a", 1), ("日", 2), ("e\u{301}", 1), ("\u{301}", 0), ("👍", 2), ("☂\u{FE0F}", 2), ("é", 1)])
    func widths(_ text: String, _ columns: Int) {
        #expect(text.map { DisplayWidth.columns(of: $0) } == [columns])
    }
}
