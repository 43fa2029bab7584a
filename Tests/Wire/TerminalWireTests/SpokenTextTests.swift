import Basics
import Testing

@testable import TerminalWire

@Suite struct SpokenTextTests {
    @Test(arguments: [
        ("", ""), ("one line", "one line"), ("a\n\n\nb\n", "a\nb"), ("    indented", "indented"),
        ("Ada      5   here", "Ada 5 here"), ("Name: ", "Name: "),
        ("+------+\n| Shop |\n+------+", "| Shop |"),
        ("\u{250C}\u{2500}\u{2510}\n\u{2502} Shop \u{2502}\n\u{2514}\u{2518}", "Shop "),
        ("=====\nTitle\n-----\n- item\n  - item", "Title\n- item\n- item"), ("-- ", "-- "), ("***", ""),
        ("well...", "well..."),
    ]) func isOneColumnOfWords(text: String, expected: String) {
        #expect(StyledText(text).spoken.plain == expected)
    }

    @Test func keepsStyles() {
        var text = StyledText("  The Hall", .title)
        text.append("\n\n   a ")
        text.append("  lamp", .thing)
        var expected = StyledText("The Hall", .title)
        expected.append("\na ")
        expected.append("lamp", .thing)
        #expect(text.spoken == expected)
    }
}
