import Testing

@testable import WorldVerbs

@Suite struct EditorLineTests {
    @Test(
        arguments: [
            ("", .text("")), ("hello", .text("hello")), ("  hello", .text("  hello")), (".", .command(.finish)),
            ("..", .text(".")), ("..x", .text(".x")), ("...", .text("...")), ("...and", .text("...and")),
            (".5", .text(".5")), (". x", .text(". x")), (".x", .command(.finish)), (".SEND", .command(.finish)),
            ("\u{3002}", .command(.finish)), ("\u{3002}l", .command(.list(nil))), ("\u{FF0E}q", .command(.leave)),
            (".l3", .command(.list(LineSpan(first: .number(3), last: .number(3))))),
            (".l 3-$", .command(.list(LineSpan(first: .number(3), last: .last)))),
            (".d 1-2-3", .misused(.delete)), (".d -1", .misused(.delete)), (".d 1 2", .misused(.delete)),
            (".i 3   indented", .command(.insert(.number(3), "  indented"))),
            (".i 3", .command(.insert(.number(3), ""))),
            (".i 3x", .misused(.insert)), (".r last x", .command(.replace(.last, "x"))),
            (".s/a/b/", .command(.substitute("a", "b", in: nil))),
            (".s ,a,b", .command(.substitute("a", "b", in: nil))),
            (".s 2 /a//", .command(.substitute("a", "", in: LineSpan(first: .number(2), last: .number(2))))),
            (".s /a", .misused(.substitute)), (".s /a/b/c", .misused(.substitute)), (".s abab", .misused(.substitute)),
            (".m 2-3 1", .command(.move(LineSpan(first: .number(2), last: .number(3)), to: .number(1)))),
            (".m 2", .misused(.move)), (".u 3", .misused(.undo)),
            (".do  look at ben", .command(.perform("look at ben"))),
            (".do", .misused(.perform)), (".frobnicate it", .unknown("frobnicate")),
            (".99999999999999999999", .text(".99999999999999999999")),
            (".d 99999999999999999999", .command(.delete(LineSpan(first: .number(.max), last: .number(.max))))),
            (".\u{301}l", .text(".\u{301}l")), (".l\u{301}", .text(".l\u{301}")),
        ] as [(String, EditorLine)])
    func isReadAs(line: String, expected: EditorLine) {
        #expect(EditorLine(line) == expected)
    }

    @Test func everyWordIsFoundByItsNames() {
        var seen: Set<String> = []
        for word in EditorWord.allCases {
            for name in word.names {
                #expect(EditorWord(named: name) == word)
                #expect(seen.insert(name).inserted, "\(name) means two things")
            }
            if case .unknown = EditorLine(word.usage) { Issue.record("\(word.usage) is unknown") }
        }
    }
}
