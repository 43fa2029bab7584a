import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let commands = Verb(
        "commands", group: .game, usage: ["commands", "commands KIND"], summary: "List all commands.",
        help: """
            Lists every command you may use, by kind. With the name of a kind it lists those of that kind, one to a \
            line, with what they are for. `help` and the name of a command tells more about it.
            Example: `commands`, `commands moving`, `commands talking`.
            """,
        forms: [[], [.text]]
    ) { command, action in
        if command.form == 0 { return action.listCommands() }
        guard let group = action.group(named: command.text) else {
            let kinds = action.groups.map { action.turn.content($0.rawValue).folded }
            throw action.refuse("There is no such kind of command. Kinds are \(commands: kinds, isChoice: true).")
        }
        action.listCommands(of: group)
    }
}

extension Action {
    private func verbs(of group: VerbGroup) -> [Verb] {
        interpreter.verbs.verbs.filter { $0.group == group && $0.role <= turn.role }
    }

    /// Kinds of commands that have some for the actor.
    fileprivate var groups: [VerbGroup] { VerbGroup.allCases.filter { !verbs(of: $0).isEmpty } }

    /// The kind with a name that has a word beginning so: `game` is `The game`.
    fileprivate func group(named text: String) -> VerbGroup? {
        let text = text.folded
        return groups.first { group in
            let name = group.rawValue.folded
            return turn.content(group.rawValue) == text || name.hasPrefix(text)
                || name.split(separator: " ").contains { $0.hasPrefix(text) }
        }
    }

    /// The kind that is called so, by its whole name.
    func group(called name: String) -> VerbGroup? {
        groups.first { $0.rawValue.folded == name.folded || turn.content($0.rawValue).folded == name.folded }
    }

    fileprivate func listCommands() {
        var text = turn.text("\(phrase: "Commands", .title)")
        for group in groups {
            text.append("\n- ")
            text.append(turn.text("\(content: group.rawValue): \(commands: verbs(of: group).map(\.name))."))
        }
        text.append(
            "\n" + turn.text("Directions are commands too, whole or short: \(command: "north") or \(command: "n")."))
        text.append("\n" + turn.text("Type \(typed: "help") and a command to read about it."))
        turn.show(text, as: .reference)
    }

    func listCommands(of group: VerbGroup) {
        var text = StyledText(turn.content(group.rawValue), .title)
        for verb in verbs(of: group) {
            text.append("\n- ")
            text.append(verb.name, .command)
            text.append(": \(turn.content(verb.summary))")
        }
        turn.show(text, as: .reference)
    }
}
