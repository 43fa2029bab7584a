import Basics
import Testing

@testable import TerminalWire

@Suite struct TerminalWrappingTests {
    @Test(
        arguments: [
            ("aaaa bbbb cccc", 10, ["aaaa bbbb", "cccc"]),
            ("aaaa bbbbb cccc", 10, ["aaaa bbbbb", "cccc"]),
            ("aaaa bbbbbb cccc", 10, ["aaaa", "bbbbbb", "cccc"]),
            ("aaaa   bbbbbbb", 10, ["aaaa", "bbbbbbb"]),
            ("abcdefghijklmno", 10, ["abcdefghij", "klmno"]),
            ("x abcdefghijklmno y", 10, ["x", "abcdefghij", "klmno y"]),
            ("abcdefghij klm", 10, ["abcdefghij", "klm"]),
            ("abcdefghij", 10, ["abcdefghij"]),
            ("abcdefghij   ", 10, ["abcdefghij"]),
            ("abcdefghij   \nx", 10, ["abcdefghij", "x"]),
            ("a\n\nb", 10, ["a", "", "b"]),
            ("a b c d e f g h i j k l", 3, ["a b c d e", "f g h i j", "k l"]),
        ] as [(String, Int, [String])]) func ascii(text: String, width: Int, expected: [String])
    {
        #expect(wrapped(text, width) == expected)
    }

    @Test(
        arguments: [
            ("    indented words go on", 14, ["    indented", "    words go", "    on"]),
            ("- first item is long", 14, ["- first item", "  is long"]),
            ("  * nested item here", 14, ["  * nested", "    item here"]),
            ("12. twelfth thing here", 14, ["12. twelfth", "    thing here"]),
            ("3)  three and four five", 14, ["3)  three and", "    four five"]),
            ("\u{2022} bullet points wrap", 14, ["\u{2022} bullet", "  points wrap"]),
            ("-dash is not a list", 14, ["-dash is not a", "list"]),
            ("1234. is not a list", 14, ["1234. is not a", "list"]),
            ("- abcdefghijklmnop", 10, ["- abcdefgh", "  ijklmnop"]),
            ("                    far right", 20, ["          far right"]),
            ("- one two three\nfour five six", 11, ["- one two", "  three", "four five", "six"]),
        ] as [(String, Int, [String])]) func indentation(text: String, width: Int, expected: [String])
    {
        #expect(wrapped(text, width) == expected)
    }

    @Test(
        arguments: [
            // Umlauts take one column, Chinese and emoji two, combining marks none.
            (
                "\u{E4}\u{E4}\u{E4}\u{E4} \u{F6}\u{F6}\u{F6}\u{F6} \u{FC}", 10,
                ["\u{E4}\u{E4}\u{E4}\u{E4} \u{F6}\u{F6}\u{F6}\u{F6}", "\u{FC}"]
            ),
            (
                "\u{6F22}\u{5B57}\u{6F22}\u{5B57}\u{6F22}\u{5B57}", 10,
                ["\u{6F22}\u{5B57}\u{6F22}\u{5B57}\u{6F22}", "\u{5B57}"]
            ),
            ("x\u{6F22}\u{5B57}\u{6F22}\u{5B57}\u{6F22}", 10, ["x\u{6F22}\u{5B57}\u{6F22}\u{5B57}", "\u{6F22}"]),
            (
                "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301} e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}",
                10, ["e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}", "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}"]
            ),
            (
                "12345678 \u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", 11,
                ["12345678 \u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}"]
            ),
            (
                "123456789 \u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", 11,
                ["123456789", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}"]
            ),
            ("caf\u{E9} na\u{EF}ve", 10, ["caf\u{E9} na\u{EF}ve"]),
            ("\u{AB}quoted\u{BB} and more", 10, ["\u{AB}quoted\u{BB}", "and more"]),
        ] as [(String, Int, [String])]) func wide(text: String, width: Int, expected: [String])
    {
        #expect(wrapped(text, width) == expected)
    }

    @Test func asciiSpellingIsMeasuredAsSpelled() {
        #expect(wrapped("\u{E4}\u{E4}\u{E4}\u{E4} \u{F6}", 10, charset: .ascii) == ["aeaeaeae", "oe"])
        #expect(wrapped("say \u{1F600} now", 10, charset: .ascii) == ["say", "[grinning", "face] now"])
    }

    @Test func randomTextKeepsItsWordsAndItsWidth() {
        let words = [
            "a", "word", "lantern", "extraordinary", "\u{E4}ther", "\u{6F22}\u{5B57}", "e\u{301}", "\u{1F600}", "-",
            "12.",
        ]
        for seed in UInt64(1)...300 {
            var random = SeededGenerator(seed: seed)
            var text = StyledText()
            for _ in 0..<Int.random(in: 1...60, using: &random) {
                let style = TextStyle.allCases.randomElement(using: &random) ?? .plain
                text.append(words.randomElement(using: &random) ?? "", style)
                let space = [" ", " ", "  ", "\n", "\n  ", ""].randomElement(using: &random) ?? ""
                text.append(space, Bool.random(using: &random) ? style : .plain)
            }
            let width = Int.random(in: 20...60, using: &random)
            let octets = TerminalRenderer(TerminalProfile(width: width, colour: .ansi16)).render(text)
            let lines = splitLines(String(decoding: withoutStyle(octets), as: UTF8.self))
            #expect(lines.allSatisfy { columns($0) <= width }, "seed \(seed)")
            #expect(lines.dropLast().allSatisfy { $0.last != " " }, "seed \(seed)")
            let visible = { (text: String) in text.filter { !$0.isWhitespace } }
            #expect(visible(lines.joined()) == visible(text.plain), "seed \(seed)")
            let unstyled = TerminalRenderer(TerminalProfile(width: width)).render(StyledText(text.plain))
            #expect(withoutStyle(octets) == unstyled, "seed \(seed): styles must not move a line end")
        }
    }

    @Test func longTextIsLinear() {
        let hostile = [
            String(repeating: "a", count: 200_000), String(repeating: " ", count: 200_000) + "x",
            String(repeating: "\u{301}", count: 100_000), String(repeating: "\u{6F22} ", count: 50_000),
            String(repeating: "\n ", count: 100_000),
        ]
        for text in hostile { #expect(!TerminalRenderer(TerminalProfile(width: 20)).render(StyledText(text)).isEmpty) }
        var runs = StyledText("x")
        for index in 0..<20_000 { runs.append(" ", index.isMultiple(of: 2) ? .title : .exit) }
        #expect(TerminalRenderer(TerminalProfile(width: 20, colour: .ansi16)).render(runs) == Array("x".utf8))
    }
}
