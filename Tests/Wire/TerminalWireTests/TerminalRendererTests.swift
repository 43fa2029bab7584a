import Basics
import Testing

@testable import TerminalWire

@Suite struct TerminalRendererTests {
    private static let colour = TerminalProfile(colour: .ansi16)

    @Test(arguments: [
        ("", ""),
        ("plain", "plain"),
        ("one\ntwo\n", "one\r\ntwo\r\n"),
        ("\n\n", "\r\n\r\n"),
        ("> ", "> "),
        ("ends in spaces   \nnext", "ends in spaces\r\nnext"),
        ("   \n", "\r\n"),
        ("a\r\nb\rc", "a\r\nbc"),
        ("a\tb", "a b"),
        ("esc\u{1B}[2J \u{7}bell \u{9B}31m nul\0 del\u{7F}", "esc[2J bell 31m nul del"),
        ("\u{202E}evil\u{202C} \u{2066}x\u{2069}", "evil x"),
        ("para\u{2029}graph", "para graph"),
        ("\u{E4}\u{1F600}\u{6F22}", "\u{E4}\u{1F600}\u{6F22}"),
    ]) func plain(text: String, expected: String) {
        #expect(rendered(StyledText(text), TerminalProfile()) == expected)
        #expect(rendered(StyledText(text), TerminalProfile(width: 80)) == expected)
    }

    @Test func stylesOnlyWithColour() {
        var text = StyledText("A Hall\n", .title)
        text.append("You see a ")
        text.append("lamp", .thing)
        text.append(".")
        #expect(rendered(text, TerminalProfile()) == "A Hall\r\nYou see a lamp.")
        #expect(
            rendered(text, Self.colour) == "\u{1B}[1mA Hall\r\n\u{1B}[0mYou see a \u{1B}[32mlamp\u{1B}[0m.")
    }

    @Test func aStyleOfNothingVisibleIsNotSent() {
        var text = StyledText("a")
        text.append(" ", .warning)
        text.append("\n", .exit)
        text.append("b")
        #expect(rendered(text, Self.colour) == "a\r\nb")
    }

    @Test(arguments: TextStyle.allCases) func everyStyleIsResetAndReadable(style: TextStyle) {
        let text = rendered(StyledText("x", style), Self.colour)
        #expect(style == .plain ? text == "x" : text.hasSuffix("x\u{1B}[0m"))
        for vanishing in ["[30m", "[34m", "[37m", ";30m", ";34m", ";37m"] { #expect(!text.contains(vanishing)) }
    }

    @Test func breaksMoveAWordWithItsStyle() {
        var text = StyledText("One two ")
        text.append("three", .exit)
        text.append("four five")
        let profile = TerminalProfile(width: 12, colour: .ansi16)
        #expect(rendered(text, profile) == "One two\r\n\u{1B}[36mthree\u{1B}[0mfour\r\nfive")
    }

    @Test func spacesAroundAStyleStayTogether() {
        var text = StyledText("")
        text.append("word ", .title)
        text.append(" ", .exit)
        text.append(" longlong", .plain)
        let narrow = rendered(text, TerminalProfile(width: 10, colour: .ansi16))
        #expect(narrow == "\u{1B}[1mword\r\n\u{1B}[0mlonglong")
        #expect(rendered(text, TerminalProfile(width: 40)) == "word   longlong")
        var ended = StyledText("word ", .title)
        ended.append(" \nnext")
        #expect(rendered(ended, Self.colour) == "\u{1B}[1mword\u{1B}[0m\r\nnext")
    }

    @Test func screenReadersGetWholeLines() {
        let sentence = Array(repeating: "word", count: 60).joined(separator: " ")
        let profile = TerminalProfile(width: 40, screenReader: true)
        #expect(rendered(StyledText(sentence), profile) == sentence)
        #expect(rendered(StyledText(sentence), TerminalProfile(width: 0)) == sentence)
    }

    @Test func appendsToWhatIsThere() {
        var output = Array("before ".utf8)
        TerminalRenderer(TerminalProfile(width: 20)).render("  after the fact and more", into: &output)
        #expect(String(decoding: output, as: UTF8.self) == "before   after the fact and\r\n  more")
    }
}
