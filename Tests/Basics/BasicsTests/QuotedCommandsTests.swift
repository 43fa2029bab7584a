import Basics
import Testing

@Suite struct QuotedCommandsTests {
    /// A text with what stands between backticks as commands.
    private func text(_ marked: String) -> StyledText {
        var text = StyledText()
        for (index, part) in marked.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
            text.append(String(part), index % 2 == 1 ? .command : .plain)
        }
        return text
    }

    @Test(arguments: [
        ("Type `commands` for a list, or `help`.", "Type 'commands' for a list, or 'help'."),
        ("You say which with `join NAME` and `part NAME`.", "You say which with 'join NAME' and 'part NAME'."),
        ("`help` tells how to play.", "'help' tells how to play."),
        ("Nobody teaches here. `help` tells how.", "Nobody teaches here. 'help' tells how."),
        ("one\n`look` shows it", "one\n'look' shows it"),
        ("Did you mean `get`?", "Did you mean 'get'?"),
        ("a report (`reports 2`)", "a report ('reports 2')"),
        ("- Ada: type `look`\n- Ben", "- Ada: type 'look'\n- Ben"),
        ("打 `look` 看看。", "打 'look' 看看。"),
    ])
    func inASentence(_ marked: String, _ expected: String) { #expect(text(marked).quotingCommands.plain == expected) }

    @Test(arguments: [
        "Use it like this: `tell NAME TEXT`.", "Which do you mean: `the brass lamp` or `the oil lamp`?",
        "Example: `mail 3`, `mail list sent`.", "You may type `agree`, `applaud`, `babble` and `beam`.",
        "Gestures\n`agree`, `applaud` and `beam`.", "  `tell NAME TEXT`", "\n  `tell NAME TEXT`\n  `tell`\n",
        "- `look`: See what is around.", "`look`  `list`  `brass lamp`\n", "  `a`  A room", "`tell`",
        "请这样用：`tell NAME TEXT`。", "Type `'TEXT` now.",
        "no command", "", "\n",
    ])
    func elsewhereItStaysAsItIs(_ marked: String) {
        #expect(text(marked).quotingCommands == text(marked))
    }

    /// Nothing but marks is added, whatever stands where.
    @Test(arguments: 1...100 as ClosedRange<UInt64>)
    func nothingElseChanges(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let parts = ["look", "\n", ", ", " or ", " ", ": ", "- ", "a", "'", "\r\n", "、", "e\u{301}", ""]
        for _ in 0..<50 {
            var text = StyledText()
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                let style = [TextStyle.command, .plain, .person].randomElement(using: &random) ?? .plain
                text.append(parts.randomElement(using: &random) ?? "", style)
            }
            let quoted = text.quotingCommands
            #expect(quoted.runs.map(\.style) == text.runs.map(\.style))
            for (run, original) in zip(quoted.runs, text.runs) {
                #expect(run.text == original.text || original.style == .command && run.text == "'\(original.text)'")
            }
        }
    }
}
