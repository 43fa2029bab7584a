import Basics
import Testing

@Suite struct StyledTextTests {
    @Test func runsOfOneStyleAreOne() {
        var text = StyledText("You see ")
        text.append("a lamp", .thing)
        text.append(" and", .thing)
        text.append("")
        text.append("", .warning)
        text.append(" here.")
        #expect(text.runs == [.init("You see "), .init("a lamp and", .thing), .init(" here.")])
        #expect(text.plain == "You see a lamp and here.")
    }

    /// Stored texts hold these numbers.
    @Test func numbersOfStylesStayAsTheyAre() {
        let names = [
            "plain", "title", "exit", "thing", "person", "speech", "emphasis", "warning", "command", "faint", "damage",
            "healing", "channel", "tell", "quote",
        ]
        #expect(TextStyle.allCases.prefix(names.count).map { "\($0)" } == names)
        for (index, style) in TextStyle.allCases.enumerated() { #expect(Int(style.rawValue) == index) }
    }

    @Test func emptyTextHasNoRuns() {
        #expect(StyledText("").runs.isEmpty && StyledText("", .title).isEmpty && StyledText().plain.isEmpty)
        var text: StyledText = ""
        text.append(StyledText())
        #expect(text.isEmpty)
        text.append("x", .faint)
        #expect(!text.isEmpty)
    }

    @Test func sumsJoinWhereTheStylesMeet() {
        let left = StyledText("a") + StyledText("b", .person)
        let right = StyledText("c", .person) + "d"
        #expect((left + right).runs == [.init("a"), .init("bc", .person), .init("d")])
        #expect(left.plain == "ab", "a sum leaves its parts alone")
        #expect(left + StyledText() == left && StyledText() + left == left)
    }

    @Test func stylesTellTextsApart() {
        #expect(StyledText("a") != StyledText("a", .title))
        #expect(Set([StyledText("a"), "a", StyledText("a", .exit)]).count == 2)
    }
}
