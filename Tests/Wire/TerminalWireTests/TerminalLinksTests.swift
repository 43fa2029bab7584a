import Basics
import MUDWire
import TerminalWire
import Testing

@Suite struct TerminalLinksTests {
    /// What is rendered, ESC written as `^`.
    private func linked(
        _ text: StyledText, width: Int? = nil, colour: ColourDepth = .none, screenReader: Bool = false
    ) -> String {
        var profile = TerminalProfile(width: width, colour: colour, screenReader: screenReader)
        profile.hasLinks = true
        let octets = TerminalRenderer(profile).render(text)
        return String(octets.map { $0 == 0x1B ? "^" : Character(Unicode.Scalar($0)) })
    }

    private func line(_ pieces: (String, TextStyle)...) -> StyledText {
        var text = StyledText()
        for (piece, style) in pieces { text.append(piece, style) }
        return text
    }

    @Test func commandsAreLinks() {
        #expect(
            linked(line(("Type ", .plain), ("look", .command), (" & <see>.\n3 < 4\n", .plain)))
                == "^[1zType <SEND href=\"look\">look</SEND> &amp; &lt;see&gt;.\r\n3 < 4\r\n")
    }

    @Test func linesWithoutLinksAreAsTheyWere() {
        let text = StyledText("<SEND href=\"quit\">x</SEND> & \u{1B}[1z \u{1}\u{2}y")
        #expect(linked(text) == "<SEND href=\"quit\">x</SEND> & [1z y")
        #expect(TerminalRenderer(TerminalProfile()).render(line(("look", .command))).contains(0x01) == false)
    }

    @Test func textCannotBecomeAnElement() {
        let text = line(("<SEND href=\"quit\">\u{1}x\u{2}\u{1B}[1z", .plain), ("say a\"b", .command))
        let element = "<SEND href=\"say a&quot;b\">say a&quot;b</SEND>"
        #expect(linked(text) == "^[1z&lt;SEND href=&quot;quit&quot;&gt;x[1z\(element)")
    }

    @Test func coloursStandWithinLinks() {
        let plain = TerminalRenderer(TerminalProfile(colour: .ansi16)).render(line(("look", .command)))
        let styled = String(plain.map { $0 == 0x1B ? "^" : Character(Unicode.Scalar($0)) })
        #expect(linked(line(("look", .command)), colour: .ansi16) == "^[1z<SEND href=\"look\">\(styled)</SEND>")
    }

    @Test func brokenLinksGoOnInTheNextLine() {
        let text = line(("Long words before, then ", .plain), ("look at lamp", .command), (".", .plain))
        let element = "<SEND href=\"look at lamp\">"
        #expect(
            linked(text, width: 30)
                == "^[1zLong words before, then \(element)look</SEND>\r\n^[1z\(element)at lamp</SEND>.")
    }

    @Test func whatIsRenderedBeforeStays() {
        var profile = TerminalProfile()
        profile.hasLinks = true
        var output = Array("a<b\r\n".utf8)
        TerminalRenderer(profile).render(line(("look", .command)), into: &output)
        #expect(String(decoding: output, as: UTF8.self) == "a<b\r\n\u{1B}[1z<SEND href=\"look\">look</SEND>")
    }

    @Test func everyLinkEnds() {
        let text = line(
            ("Ada says: a <b> & ", .plain), ("say hello there", .command), (" and ", .plain),
            ("tell NAME TEXT", .command), ("\n  ", .plain), ("north", .command), (" ", .plain), ("  A  ", .command),
            ("\n", .plain))
        for width in 20...90 {
            let rendered = linked(text, width: width)
            #expect(!rendered.contains("\u{1}") && !rendered.contains("\u{2}"))
            let opened = rendered.ranges(of: "<SEND").count
            #expect(opened >= 3)
            #expect(rendered.ranges(of: "</SEND>").count == opened)
        }
    }
}
