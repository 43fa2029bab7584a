import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let who = Verb(
        "who", group: .game, usage: ["who", "who NAME"], summary: "See who is connected.",
        help: """
            Lists everybody who is in the game now, by name, how long they have been quiet, and who of them has a say in \
            how the game is run. With the beginning of a name only those whose names begin so. `tell` reaches any of them, \
            and `finger` tells more of one.
            Example: `who`, `who b`.
            """,
        forms: [[], [.text]]
    ) { command, action in
        action.showWho(InputLine.words(of: command.text))
    }
}

extension Action {
    /// People listed at most; the rest is counted.
    private static let mostListed = 100

    /// Lists those who are connected and whose names begin with one of the words, or all without words.
    fileprivate func showWho(_ beginnings: [String]) {
        let present = turn.present
        let names = present.map { (presence: $0, name: $0.persona.name.folded) }
        let wanted =
            beginnings.isEmpty ? names : names.filter { entry in beginnings.contains { entry.name.hasPrefix($0) } }
        var text = turn.text("\(phrase: Self.heading(present.count), .title)")
        let shown = wanted.sorted { $0.name < $1.name }.prefix(Self.mostListed)
        for entry in shown {
            text.append("\n- ")
            text.append(line(of: entry.presence))
        }
        let rest = wanted.count - shown.count
        if rest > 0 {
            text.append("\n")
            text.append(
                turn.text("And \(number: rest) more; \(command: "who") and the beginning of a name shows them."))
        } else if wanted.isEmpty, !present.isEmpty {
            text.append("\n")
            text.append(turn.text("None of them has a name that begins so."))
        }
        turn.show(text, as: .reference)
    }

    private static func heading(_ count: Int) -> Sentence {
        switch count {
        case 0: "Nobody is here."
        case 1: "One person is here:"
        default: "\(number: count) people are here:"
        }
    }

    private func line(of presence: Presence) -> StyledText {
        let name: Sentence =
            presence.persona === actor ? "\(name: presence.persona) (you)" : "\(name: presence.persona)"
        let role = Accounts.role(of: presence.persona, world: world)
        var line = turn.text(role >= .builder ? "\(name), \(Sentence(message: role.rawValue))" : name)
        if !presence.persona[.away].isEmpty {
            line.append(turn.phrase("\(phrase: ", away", .faint)"))
        } else if presence.idle >= .seconds(60) {
            line.append(turn.phrase("\(phrase: ", quiet for \(presence.idle.told)", .faint)"))
        }
        return line
    }
}
