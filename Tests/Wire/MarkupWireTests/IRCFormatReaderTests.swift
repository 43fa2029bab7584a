import Basics
import Testing

@testable import MarkupWire

@Suite struct IRCFormatReaderTests {
    @Test func boldItalicsUnderlineAndReverseAreEmphasis() {
        for code in ["\u{2}", "\u{1D}", "\u{1F}", "\u{16}"] {
            var wanted = StyledText("a ")
            wanted.append("b", .emphasis)
            wanted.append(" c")
            #expect(IRCFormatReader.read("a \(code)b\(code) c") == wanted)
        }
    }

    @Test func severalAreOnAtOnceAndOneCodeEndsAll() {
        var wanted = StyledText("abc", .emphasis)
        wanted.append("d")
        #expect(IRCFormatReader.read("\u{2}a\u{1D}b\u{2}c\u{F}d") == wanted)
    }

    @Test(arguments: [
        ("\u{3}4red", "red"), ("\u{3}04,12red", "red"), ("\u{3}041", "1"), ("\u{3}4,x", ",x"), ("\u{3},4", ",4"),
        ("\u{3}", ""), ("\u{3}4,123", "3"), ("\u{4}ff0000red", "red"), ("\u{4}ff0000,00ff00x", "x"),
        ("\u{4}ff00red", "ff00red"), ("a\u{11}b\u{1E}c", "abc"),
    ])
    func coloursAreDropped(line: String, text: String) {
        #expect(IRCFormatReader.read(line) == StyledText(text))
    }

    @Test func controlCharactersAndOverridesAreDropped() {
        #expect(IRCFormatReader.read("a\r\n\u{1B}[1m\u{0}b\u{202E}c\td\u{9B}") == StyledText("a[1mbc d"))
    }

    @Test(arguments: TextStyle.allCases) func whatTheRendererWritesReadsAsTheSameWords(style: TextStyle) {
        let line = IRCRenderer().render(StyledText("12,34 words", style)).joined()
        let plain = StyledText("12,34 words", style).quotingCommands.plain
        #expect(IRCFormatReader.read(line).plain == plain)
    }
}
