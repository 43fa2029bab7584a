import Testing

@testable import TerminalWire

@Suite struct LineCompletionTests {
    /// The line after a Tab that was answered, with `*` behind it where it rang.
    private func complete(_ typed: String, _ start: Int, _ candidates: [String]) -> String {
        var editor = LineEditor()
        var actions = type(typed + "\t", &editor)
        #expect(actions == [.complete(text: String(editor.text), cursor: editor.cursor)])
        actions = []
        editor.complete(with: LineCompletion(start: start, candidates: candidates), into: &actions)
        return look(editor) + (actions == [.bell] ? "*" : "")
    }

    @Test func theOnlyOneIsInserted() {
        #expect(complete("get la", 4, ["lamp"]) == "get lamp |")
        #expect(complete("get LA", 4, ["lamp"]) == "get lamp |")
        #expect(complete("x lamp\u{2}\u{2}", 2, ["lantern"]) == "x lantern|mp")
        #expect(complete("", 0, ["look"]) == "look |")
    }

    @Test func ofSeveralWhatTheyShare() {
        #expect(complete("get l", 4, ["lamp", "Lantern"]) == "get la|")
        #expect(complete("get la", 4, ["lamp", "lantern"]) == "get la|*")
        #expect(complete("get x", 4, []) == "get x|*")
        #expect(complete("get x", 9, ["y"]) == "get x|*")
        #expect(complete("get x", -1, ["y"]) == "get x|*")
    }

    @Test func theSecondTabLists() {
        var editor = LineEditor()
        var actions = type("l\t", &editor)
        editor.complete(with: LineCompletion(start: 0, candidates: ["lamp", "look"]), into: &actions)
        #expect(type("\t", &editor) == [.list(["lamp", "look"])])
        #expect(type("o\t", &editor) == [.complete(text: "lo", cursor: 2)])
        actions = []
        editor.complete(with: nil, into: &actions)
        #expect(actions == [.bell])
        // An answer that nobody waits for changes nothing.
        editor.complete(with: LineCompletion(start: 0, candidates: ["zebra"]), into: &actions)
        #expect(look(editor) == "lo|")
    }
}
