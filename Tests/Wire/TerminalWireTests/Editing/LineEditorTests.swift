import Testing

@testable import TerminalWire

@Suite struct LineEditorTests {
    @Test(arguments: [
        ("", "|"), ("look", "look|"), ("lok\u{2}o", "loo|k"), ("ab\u{1}x", "x|ab"), ("ab\u{1}x\u{5}y", "xaby|"),
        ("ab\u{1B}[D\u{1B}[Dc\u{1B}[Cd", "cad|b"), ("ab\u{1B}[Hx\u{1B}[Fy", "xaby|"), ("abc\u{7F}", "ab|"),
        ("\u{7F}", "|"),
        ("abc\u{1}\u{4}", "|bc"), ("abc\u{1}\u{1B}[3~", "|bc"), ("get the lamp\u{17}", "get the |"),
        ("get lamp  \u{17}x", "get x|"), ("get the lamp\u{1B}b\u{1B}b", "get |the lamp"),
        ("get the lamp\u{1}\u{1B}f", "get| the lamp"), ("get the lamp\u{1}\u{1B}d", "| the lamp"),
        ("say bob's\u{1B}\u{7F}", "say bob'|"), ("say hi\u{1B}[1;5D\u{1B}[1;5D\u{1B}[1;5C", "say| hi"),
        ("one two\u{1B}b\u{15}", "|two"), ("one two\u{1}\u{B}", "|"), ("one two\u{17}\u{1}\u{19}", "two|one "),
        ("one two\u{1B}b\u{B}\u{19}\u{19}", "one twotwo|"), ("teh\u{14}", "the|"), ("hte\u{1}\u{6}\u{14}", "th|e"),
        ("a\u{14}", "a|"), ("\u{14}", "|"), ("a b\u{1}\u{14}", "|a b"), ("\u{19}", "|"), ("abc\u{1F}", "|"),
        ("ab cd\u{1F}", "ab|"),
        ("abc\u{15}\u{1F}", "abc|"), ("\u{1F}", "|"), ("abc\u{1}x\u{5}\u{7F}\u{1F}", "xabc|"),
    ]) func keysEdit(typed: String, expected: String) {
        var editor = LineEditor()
        type(typed, &editor)
        #expect(look(editor) == expected)
    }

    @Test(arguments: [
        ("e\u{301}", 1), ("\u{1F469}\u{200D}\u{1F52C}", 1), ("\u{1F1E9}\u{1F1EA}\u{1F1EB}\u{1F1F7}", 2),
        ("\u{915}\u{93F}", 1),
        ("xe\u{301}y", 3), ("\u{1112}\u{1161}\u{11AB}", 1),
    ]) func aSignGoesWithItsMarks(typed: String, count: Int) {
        var editor = LineEditor()
        type(typed, &editor)
        #expect(editor.text.count == count)
        #expect(editor.text == Array(typed))
        for _ in 0..<count { type("\u{7F}", &editor) }
        #expect(editor.text.isEmpty)
        #expect(editor.octets == 0)
    }

    @Test func aMarkInTheMiddleJoinsTheSignBeforeIt() {
        var editor = LineEditor()
        type("ab\u{2}\u{301}", &editor)
        #expect(look(editor) == "a\u{301}|b")
        #expect(type("\u{1}\u{301}", &editor).isEmpty)
        #expect(String(editor.text) == "\u{301}a\u{301}b")
    }

    @Test func enterHandsOverTheWholeLine() {
        var editor = LineEditor()
        #expect(type("look\u{2}\u{2}\r", &editor) == [.line("look")])
        #expect(look(editor) == "|")
        #expect(type("one\rtwo\r\nthree\n", &editor) == [.line("one"), .line("two"), .line("three")])
        #expect(type("\u{1F}", &editor) == [.bell])
    }

    @Test func aPasteOfManyLinesIsManyLinesAndNothingElse() {
        var editor = LineEditor()
        let actions = type("say \u{1B}[200~one\u{3}", &editor)
        #expect(actions == [.interrupt])
        #expect(type("\u{1B}[200~a\tb\r\nc\u{1}d\n\u{1B}[201~e", &editor) == [.line("a b"), .line("cd")])
        #expect(look(editor) == "e|")
    }

    @Test func controlsThatEndSomething() {
        var editor = LineEditor()
        #expect(type("abc\u{3}", &editor) == [.interrupt])
        #expect(look(editor) == "|")
        #expect(type("\u{4}", &editor) == [.endOfInput])
        #expect(type("a\u{4}", &editor) == [.bell])
        #expect(type("\u{C}", &editor) == [.clear])
        #expect(look(editor) == "a|")
    }

    @Test func aLineHasALimit() {
        var editor = LineEditor()
        let full = String(repeating: "x", count: LineLimits.lineOctets)
        #expect(type(full, &editor).isEmpty)
        #expect(type("y", &editor) == [.bell])
        #expect(type("\u{7F}y\r", &editor) == [.line(String(full.dropLast()) + "y")])
        type(full, &editor)
        #expect(type("\u{E4}\r", &editor) == [.bell, .lineTooLong])
        // It can be mended.
        type("\u{10}", &editor)
        #expect(String(editor.text) == full)
        #expect(type("\u{7F}\r", &editor) == [.line(String(full.dropLast()))])
    }

    @Test func nothingIsKeptOfWhatIsHidden() {
        var editor = LineEditor()
        type("old\r", &editor)
        editor.setHidden(true)
        #expect(type("secret\r", &editor) == [.line("secret")])
        #expect(editor.history.lines == ["old"])
        #expect(type("half\u{10}\u{12}\t", &editor) == [.bell, .bell, .bell])
        type("\u{17}", &editor)
        editor.setHidden(false)
        #expect(type("\u{19}\u{1F}", &editor) == [.bell, .bell])
        editor.setHidden(true)
        type("rest", &editor)
        editor.setHidden(false)
        #expect(look(editor) == "|")
    }

    @Test func whateverIsTypedTheLineStaysWhole() {
        var state: UInt64 = 7
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let pieces = [
            "a", "b ", "\u{301}", "\u{6F22}", "\u{1F1E9}", "\u{1F1EB}\u{1F1F7}", "\u{200D}", "\u{1F469}", "\u{1}",
            "\u{2}", "\u{4}", "\u{5}", "\u{6}", "\u{7F}", "\u{B}", "\u{15}", "\u{17}", "\u{19}", "\u{14}", "\u{1F}",
            "\u{10}", "\u{E}", "\u{12}", "\u{7}", "\r", "\u{1B}[C", "\u{1B}[D", "\u{1B}b", "\u{1B}f", "\u{1B}d",
            "\u{3}",
        ]
        for _ in 0..<60 {
            var editor = LineEditor()
            for _ in 0..<120 {
                type(pieces[next(pieces.count)], &editor)
                #expect((0...editor.text.count).contains(editor.cursor))
                #expect(editor.octets == String(editor.text).utf8.count)
                #expect(editor.text == Array(String(editor.text)))
                #expect(editor.undo.count <= LineLimits.undoSteps)
            }
        }
    }
}
