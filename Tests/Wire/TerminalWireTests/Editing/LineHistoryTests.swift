import Testing

@testable import TerminalWire

@Suite struct LineHistoryTests {
    @Test func linesAreKeptOnceInARow() {
        var history = LineHistory()
        for line in ["look", "look", "", "  ", "north", "look"] { history.add(line) }
        #expect(history.lines == ["look", "north", "look"])
    }

    @Test func theOldestGo() {
        var history = LineHistory()
        for number in 0..<(LineLimits.historyLines + 5) { history.add("line \(number)") }
        #expect(history.lines.count == LineLimits.historyLines)
        #expect(history.lines.first == "line 5")
        for number in 0..<100 { history.add(String(repeating: "x", count: 2000) + "\(number)") }
        #expect(history.lines.reduce(0) { $0 + $1.utf8.count } <= LineLimits.historyOctets)
        #expect(history.lines.last?.hasSuffix("99") == true)
        #expect(history[-1] == nil && history[history.lines.count] == nil)
    }

    @Test func upAndDownRecall() {
        var editor = LineEditor()
        type("one\rtwo\rdraft", &editor)
        #expect(type("\u{1B}[A", &editor).isEmpty)
        #expect(look(editor) == "two|")
        type("\u{10}", &editor)
        #expect(look(editor) == "one|")
        #expect(type("\u{10}", &editor) == [.bell])
        type("\u{E}\u{E}", &editor)
        #expect(look(editor) == "draft|")
        #expect(type("\u{E}", &editor) == [.bell])
        #expect(type("\u{10}\u{10}!\r", &editor) == [.line("one!")])
        #expect(editor.history.lines == ["one", "two", "one!"])
    }

    @Test func reverseSearchGoesFromTheNewestToTheOldest() {
        var editor = LineEditor()
        type("get lamp\rlook\rget key\r", &editor)
        type("dra\u{12}ge", &editor)
        #expect(look(editor) == "|get key")
        #expect(editor.search?.query == "ge")
        type("\u{12}", &editor)
        #expect(look(editor) == "|get lamp")
        #expect(type("\u{12}", &editor) == [.bell])
        #expect(editor.search?.hasFailed == true)
        type("\u{7}", &editor)
        #expect(look(editor) == "dra|")
        #expect(editor.search == nil)
    }

    @Test func whatASearchFoundIsEnteredOrEdited() {
        var editor = LineEditor()
        type("get lamp\rlook\r", &editor)
        #expect(type("\u{12}LAM\r", &editor) == [.line("get lamp")])
        type("\u{12}lamp\u{1B}", &editor)
        #expect(look(editor) == "get |lamp")
        type("\u{3}\u{12}look\u{5}!", &editor)
        #expect(look(editor) == "look!|")
        #expect(type("\u{3}\u{12}zzz\u{7F}\u{7F}\u{7F}", &editor).contains(.bell))
        #expect(editor.search?.hasFailed == false)
        #expect(type("\u{3}", &editor).isEmpty)
    }

    @Test func aSearchIsBounded() {
        var editor = LineEditor()
        type("\u{12}" + String(repeating: "x", count: 500), &editor)
        #expect(editor.search?.query.count == LineLimits.searchLength)
    }
}
