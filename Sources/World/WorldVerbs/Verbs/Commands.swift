import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let commands = Verb(
        "commands", group: .game, usage: ["commands"], summary: "List all commands.",
        help: "Lists every command you may use, by kind. `help` and the name of one tells more about it.", forms: [[]]
    ) { _, action in
        var text = StyledText("Commands", .title)
        for group in VerbGroup.allCases {
            let verbs = action.interpreter.verbs.verbs.filter { $0.group == group && $0.role <= action.turn.role }
            if verbs.isEmpty { continue }
            text.append("\n\(group.rawValue): ")
            text.append(English.list(verbs.map { StyledText($0.name, .command) }))
            text.append(".")
        }
        text.append("\nDirections are commands too, whole or short: ")
        text.append("north", .command)
        text.append(" or ")
        text.append("n", .command)
        text.append(".\nType ")
        text.append("help", .command)
        text.append(" and a command to read about it.")
        action.turn.show(text, as: .reference)
    }
}
