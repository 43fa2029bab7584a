import Testing

@testable import TerminalWire

@Suite struct CanonicalInputTests {
    private func type(_ text: String, echoes: Bool = true, hidden: Bool = false) -> (
        events: [LineConsole.Event], shown: String
    ) {
        var input = CanonicalInput(echoes: echoes)
        input.setHidden(hidden)
        var (events, shown): ([LineConsole.Event], [UInt8]) = ([], [])
        for octet in text.utf8 {
            events += input.receive(octet)
            shown += input.takeOutput()
        }
        return (events, String(decoding: shown, as: UTF8.self))
    }

    @Test(arguments: ["\r", "\n", "\r\n"]) func anyEndEndsALineOnce(end: String) {
        let (events, shown) = type("look\(end)say héllo\(end)")
        #expect(events == [.line("look"), .line("say héllo")])
        #expect(shown == "look\r\nsay héllo\r\n")
    }

    @Test func whatWasTypedIsTakenBackByBackspaces() {
        let (events, shown) = type("sax\u{7F}y 你\u{8}me\r")
        #expect(events == [.line("say me")])
        #expect(shown == "sax\u{8} \u{8}y 你\u{8} \u{8}\u{8} \u{8}me\r\n")
    }

    @Test func wordsAndLinesAreTakenBackAsWell() {
        #expect(type("say yes\u{17}no\r").events == [.line("say no")])
        let (events, shown) = type("abc\u{15}look\r")
        #expect(events == [.line("look")])
        #expect(shown == "abc" + String(repeating: "\u{8} \u{8}", count: 3) + "look\r\n")
        #expect(type("\u{7F}\u{15}\u{17}").shown == "")
    }

    @Test func noSequenceIsEverShown() {
        let keys = "\u{1B}[A\u{1B}OB\u{1B}[3~\u{12}\u{0C}\u{01}\u{1B}b\u{1B}[200~go\u{1B}[201~ on\tnow\r"
        let (events, shown) = type(keys)
        #expect(events == [.line("go on now")])
        #expect(shown == "go on now\r\n")
    }

    @Test func aSecretIsNotShownNorHowLongItIs() {
        let (events, shown) = type("secret\u{7F}\u{7F}et\r", hidden: true)
        #expect(events == [.line("secret")] && shown == "")
    }

    @Test func whoShowsItsLinesItselfIsShownNothing() {
        let (events, shown) = type("look\u{7F}k\n", echoes: false)
        #expect(events == [.line("look")] && shown == "")
    }

    @Test func interruptAndEndOfInput() {
        #expect(type("never\u{3}look\r").events == [.interrupt, .line("look")])
        #expect(type("x\u{4}\u{7F}\u{4}").events == [.endOfInput])
    }

    @Test func aLineThatIsTooLongIsNotTaken() {
        let text = String(repeating: "a", count: LineLimits.lineOctets + 1)
        let (events, shown) = type(text + "\rlook\r")
        #expect(events == [.lineTooLong, .line("look")])
        #expect(shown == String(text.dropLast()) + "\r\nlook\r\n")
    }
}
