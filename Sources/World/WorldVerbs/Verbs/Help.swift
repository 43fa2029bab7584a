import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let helpVerb = Verb(
        "help", ["?"], group: .game, usage: ["help", "help TOPIC", "help VERB"],
        summary: "Read about the game or a command.",
        help:
            "Shows the page of a command or an idea. Words that have no page of their own are looked for in all pages. "
            + "Example: `help`, `help get`, `help light`.",
        forms: [[], [.text]]
    ) { command, action in
        if command.form == 0 { return action.showHelp("getting-started") }
        action.showHelp(command.text)
    }

    static let commands = Verb(
        "commands", group: .game, usage: ["commands"], summary: "List all commands.",
        help: "Lists every command you may use, by kind.", forms: [[]]
    ) { _, action in
        var text = StyledText("Commands", .title)
        for group in VerbGroup.allCases {
            let verbs = action.interpreter.verbs.verbs.filter { $0.group == group && $0.role <= action.turn.role }
            if verbs.isEmpty { continue }
            text.append("\n\(group.rawValue): ")
            text.append(English.list(verbs.map { StyledText($0.name, .command) }))
            text.append(".")
        }
        text.append("\nType ")
        text.append("help", .command)
        text.append(" and a command to read about it.")
        action.turn.show(text, as: .reference)
    }
}

extension Action {
    func showHelp(_ topic: String) {
        let topic = topic.folded
        if let entry = interpreter.help.entry(topic) { return show(entry) }
        if let verb = interpreter.verbs.verb(for: topic), verb.role <= turn.role { return show(verb) }
        let found = pages(about: topic)
        if found.isEmpty {
            turn.reply(
                "There is no help about \"\(plain: topic)\". Try \(command: "help") or \(command: "commands").",
                as: .reference)
            return
        }
        let list = English.list(found.prefix(12).map { StyledText("help " + $0, .command) })
        turn.reply("There is no page called \"\(plain: topic)\", but these speak of it: \(list).", as: .reference)
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
        if !verb.aliases.isEmpty {
            text.append("\nAlso: ")
            text.append(English.list(verb.aliases.map { StyledText($0, .command) }))
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
