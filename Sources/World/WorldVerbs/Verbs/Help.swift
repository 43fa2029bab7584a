import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let helpVerb = Verb(
        "help", group: .game, usage: ["help", "help topics", "help TOPIC", "help VERB", "help search WORD"],
        summary: "Read about the game or a command.",
        help: """
            Shows the page of a command or an idea; `help topics` lists the pages. Words that have no page of their own are looked for in all pages, \
            and so are those after `help search`.
            Example: `help`, `help get`, `help take off`, `help search door`.
            """,
        forms: [[], [.word(["search"]), .text], [.word(["topics", "pages", "index"])], [.text]]
    ) { command, action in
        switch command.form {
        case 0: action.showFirstHelp()
        case 1: action.searchHelp(command.text.folded)
        case 2: action.listHelp()
        default: action.showHelp(command.text)
        }
    }
}

extension Action {
    /// The page a world may have for beginners, else the least one has to know.
    func showFirstHelp() {
        if let entry = interpreter.help.entry("getting-started") { return show(entry) }
        turn.show(
            Self.marked(
                """
                Type `look` to see where you are, a direction as `north` or `n` to go there, `get` and `drop` with \
                the name of a thing, and `say` to talk. `commands` lists all there is; `help` and a command tells \
                more about it.
                """), as: .reference)
    }

    func showHelp(_ topic: String) {
        let topic = topic.folded
        if let entry = interpreter.help.entry(topic) { return show(entry) }
        if let verb = verb(called: topic), verb.role <= turn.role { return show(verb) }
        if let social = Social(for: topic, in: world), social.name == topic { return show(social) }
        searchHelp(topic)
    }

    private func verb(called topic: String) -> Verb? {
        let tokens = InputLine(topic).tokens
        guard let first = tokens.first else { return nil }
        if let (verb, _) = interpreter.verbs.phrase(tokens) { return verb }
        if tokens.count > 1 { return nil }
        if Direction(word: first.word) != nil { return .go }
        return interpreter.verbs.verb(for: first.word)
    }

    func listHelp() {
        var text = StyledText("Pages of help", .title)
        for entry in interpreter.help.entries.sorted(by: { $0.topic < $1.topic }) {
            text.append("\n- ")
            text.append("help \(entry.topic)", .command)
            text.append(": \(entry.title)")
        }
        text.append("\nEvery command has a page as well; ")
        text.append("commands", .command)
        text.append(" lists them.")
        turn.show(text, as: .reference)
    }

    func searchHelp(_ word: String) {
        let found = pages(about: word)
        if found.isEmpty {
            turn.reply(
                "There is no help about \"\(plain: word)\". Try \(command: "help") or \(command: "commands").",
                as: .reference)
            return
        }
        let list = English.list(found.prefix(12).map { StyledText("help " + $0, .command) })
        turn.reply("These pages speak of \"\(plain: word)\": \(list).", as: .reference)
    }

    private func pages(about word: String) -> [String] {
        let entries = interpreter.help.entries.filter {
            $0.body.folded.contains(word) || $0.title.folded.contains(word)
        }
        let verbs = interpreter.verbs.verbs.filter {
            $0.role <= turn.role && ($0.summary.folded.contains(word) || $0.help.folded.contains(word))
        }
        return entries.map(\.topic) + verbs.map(\.name)
    }

    private func show(_ verb: Verb) {
        var text = StyledText(verb.name, .title)
        text.append(": \(verb.summary)")
        for usage in verb.usage {
            text.append("\n  ")
            text.append(usage, .command)
        }
        let others = verb.aliases + verb.phrases
        if !others.isEmpty {
            text.append("\nAlso: ")
            text.append(English.list(others.map { StyledText($0, .command) }))
            text.append(".")
        }
        text.append("\n")
        text.append(Self.marked(verb.help))
        turn.show(text, as: .reference)
    }

    private func show(_ entry: HelpEntry) {
        var text = StyledText(entry.title, .title)
        text.append("\n")
        text.append(Self.marked(entry.body.trimmed))
        turn.show(text, as: .reference)
    }

    /// Text between backticks is what may be typed.
    static func marked(_ source: String) -> StyledText {
        var text = StyledText()
        for (index, part) in source.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
            text.append(String(part), index % 2 == 1 ? .command : .plain)
        }
        return text
    }
}
