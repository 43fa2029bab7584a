import Basics
import Testing
import WorldLanguage

/// What is typed in another language, as the command it means.
@Suite struct CommandWordsTests {
    private static func translator(_ lines: [(String, String)]) -> CommandTranslator {
        var words = CommandWords()
        words.verbs = ["看": "look", "看门": "guard", "说": "say", "放": "drop", "写信": "mail to"]
        words.words = ["全部": "all", "我的": "my"]
        words.lines = lines.map { CommandWords.Line($0, $1) }
        var translator = CommandTranslator()
        translator.add(words)
        return translator
    }

    private static let lines = [
        ("把{1}放进{2}", "put {1} in {2}"), ("{1}给{2}", "give {1} to {2}"), ("看{1}里面", "look in {1}"),
        ("把{1}给{2}", "give {2} the {1}"),
    ]

    private func command(_ typed: String, isName: (String) -> Bool = { _ in false }) -> String? {
        Self.translator(Self.lines).command(typed, isName: isName, takesText: { $0 == "say" || $0 == "mail" })
    }

    @Test(arguments: [
        ("看", "look"), ("看灯", "look 灯"), ("看 灯", "look 灯"), ("看门 灯", "guard 灯"), ("看门灯", "guard 灯"),
        ("放全部", "drop all"), ("说全部", "say 全部"), ("说 全部 都", "say 全部 都"), ("把灯放进盒子", "put 灯 in 盒子"),
        ("把 灯 放进 盒子", "put 灯 in 盒子"), ("把全部放进盒子", "put all in 盒子"), ("写信 全部", "mail to 全部"),
        ("看我的灯", "look my 灯"), ("看 我的 灯", "look my 灯"), ("看我的灯里面", "look in my 灯"), ("看我的", "look my"),
        ("说 我的灯", "say 我的灯"),
    ])
    func aLineIsTheCommandItMeans(_ typed: String, _ command: String) { #expect(self.command(typed) == command) }

    @Test(arguments: ["look", "", "把放进", "灯", "é看", "“看”", "给"])
    func otherLinesAreLeftAlone(_ typed: String) { #expect(command(typed) == nil) }

    @Test func aNameIsNoVerb() {
        #expect(command("看门人，你好", isName: { $0 == "看门人" }) == nil)
        #expect(command("看门人", isName: { $0 == "看门" }) == "guard 人")
    }

    /// The first form that fits is taken, also of those that begin with anything.
    @Test func formsAreTriedInTheirOrder() {
        #expect(command("看灯里面") == "look in 灯")
        #expect(command("看灯给谁") == "give 看灯 to 谁")
        #expect(command("看灯给谁里面") == "give 看灯 to 谁里面")
        #expect(command("把灯给谁") == "give 把灯 to 谁")
        let reversed = Self.translator(Self.lines.reversed())
        #expect(reversed.command("把灯给谁", isName: { _ in false }, takesText: { _ in false }) == "give 谁 the 灯")
        #expect(reversed.command("灯给谁", isName: { _ in false }, takesText: { _ in false }) == "give 灯 to 谁")
    }

    /// What several languages have is tried in the order they were added.
    @Test func languagesAreAdded() {
        var translator = Self.translator([("看{1}", "look {1}")])
        var words = CommandWords()
        words.lines = [CommandWords.Line("看{1}", "watch {1}"), CommandWords.Line("見{1}", "see {1}")]
        words.verbs = ["看": "watch", "行": "go"]
        translator.add(words)
        for (typed, command) in [("看灯", "look 灯"), ("見灯", "see 灯"), ("行", "go"), ("看", "look")] {
            #expect(translator.command(typed, isName: { _ in false }, takesText: { _ in false }) == command)
        }
    }

    /// No line is a trap, and English ones are never looked at.
    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func anyLineIsAnsweredOrLeftAlone(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let signs = ["把", "放进", "给", "看", "门", "里面", "全部", "灯", " ", ",", "，", "a", "{1}", "\u{301}", "\"", ""]
        for _ in 0..<100 {
            let line = (0..<Int.random(in: 0...9, using: &random)).map { _ in
                signs.randomElement(using: &random) ?? ""
            }.joined()
            let command = command(line)
            if line.utf8.first.map({ $0 < 0x80 }) ?? true { #expect(command == nil, "\(line)") }
            #expect(command?.isEmpty != true, "\(line)")
        }
    }
}
