import Basics
import Testing

@testable import MarkupWire

@Suite struct HTMLRendererTests {
    @Test(arguments: TextStyle.allCases) func nothingGetsThroughUnescaped(style: TextStyle) {
        let hostile = "<script>\"x\" & 'y'</script>\u{0}\u{1B}[2J\u{202E}\u{FFFF}"
        let page = HTMLRenderer().render(StyledText(hostile, style))
        #expect(!page.contains("<script") && !page.contains("'") && !page.contains("& "))
        #expect(page.contains("&lt;script&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/script&gt;[2J"))
        for scalar in page.unicodeScalars { #expect(scalar.value >= 0x20 && scalar.value < 0x7F) }
        // Quotation marks that are not escaped stand around attributes, so that they come in twos.
        #expect(page.count(where: { $0 == "\"" }).isMultiple(of: 2))
    }

    @Test(arguments: TextStyle.allCases) func everyElementIsClosedAndNoneHasAStyleOfItsOwn(style: TextStyle) {
        var text = StyledText("- one\n- ", style)
        text.append("two\n")
        text.append("three", style)
        let page = HTMLRenderer().render(text)
        #expect(!page.contains("style="))
        var open: [Substring] = []
        for tag in page.split(separator: "<").map({ $0.prefix { $0 != ">" } }) where page.contains("<\(tag)>") {
            let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
            if tag.hasPrefix("/") { #expect(open.popLast() == name) } else { open.append(name) }
        }
        #expect(open.isEmpty)
    }

    @Test func onlyNeighboursAreOneList() {
        #expect(
            HTMLRenderer().render("- one\n- two\nand\n- three")
                == "<ul><li>one</li><li>two</li></ul><p>and</p><ul><li>three</li></ul>")
        #expect(HTMLRenderer().render("") == "")
        #expect(HTMLRenderer().render("\n\n \n") == "")
    }

    @Test(arguments: [
        ("look", true), ("help getting started", true), ("tell Ada hello", true), ("get all except 2.hat", true),
        ("get THING", false), ("tell NAME TEXT", false), ("set color on|off", false), ("'TEXT", false), ("i", true),
        ("say I am here", true),
    ]) func commandsWithBlanksCannotBeSent(command: String, isComplete: Bool) {
        #expect(HTMLRenderer.isComplete(command) == isComplete)
    }
}
