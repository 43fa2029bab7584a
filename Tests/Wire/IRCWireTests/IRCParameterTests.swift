import Testing

@testable import IRCWire

@Suite struct IRCParameterTests {
    @Test(arguments: ["\r", "\n", "\0", "a\r\nb", "a\0"]) func noTextEndsALine(text: String) {
        #expect(IRCParameter(text) == nil)
        let cleaned = IRCParameter(cleaning: text)
        #expect(!cleaned.text.utf8.contains { $0 == 0x0D || $0 == 0x0A || $0 == 0 })
        #expect(cleaned.text.utf8.count == text.utf8.count)
    }

    @Test func onlySomeCanStandInTheMiddle() {
        for text in ["a", "#c", "*", "a:b", "\u{E9}"] { #expect(IRCParameter(text)?.isMiddle == true) }
        for text in ["", ":a", "a b", " "] { #expect(IRCParameter(text)?.isMiddle == false) }
    }

    @Test func interpolationIsCleanedToo() {
        let name = "x\r\nQUIT"
        #expect(("<\(name)>" as IRCParameter).text == "<x  QUIT>")
        #expect(IRCParameter(-7).text == "-7")
    }

    @Test func aCutIsAtACharactersBorder() {
        let text: IRCParameter = "a\u{E9}\u{1F600}"
        #expect((0...8).map { text.cut(to: $0).text.utf8.count } == [0, 1, 1, 3, 3, 3, 3, 7, 7])
        #expect(text.cut(to: -1).isEmpty)
    }
}
