import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let away = Verb(
        "away", ["afk"], group: .talking, usage: ["away", "away TEXT"],
        summary: "Tell others that you do not answer just now.",
        help: """
            Whoever tells you something reads that you are away, and why if you say so; `who` and `finger` show it too. What \
            you are told reaches you all the same. `back` ends it, and so does leaving the game.
            Example: `away Making tea`, `back`.
            """,
        forms: [[], [.text]]
    ) { command, action in
        try action.goAway(command.text)
    }

    static let back = Verb(
        "back", group: .talking, usage: ["back"], summary: "Tell others that you answer again.",
        help: "Ends what `away` began. Example: `back`.", forms: [[]]
    ) { _, action in
        guard !action.actor[.away].isEmpty else { throw action.refuse("You are not away.", .unchanged) }
        try AwayWords.set(nil, action.turn)
        action.turn.reply("You are back.")
    }
}

extension Action {
    fileprivate func goAway(_ text: String) throws {
        // As everybody reads it who wants to reach them, so it has to say something.
        try AwayWords.set(text.isEmpty ? "away" : text, turn)
        if text.isEmpty { return turn.reply("You are away. Type \(typed: "back") when you are back.") }
        turn.reply("You are away: \(plain: text) Type \(typed: "back") when you are back.")
    }

    /// Tells the actor that somebody whom they told something does not answer just now.
    func tellAway(_ person: Thing) {
        let reason = person[.away]
        if reason.isEmpty { return }
        if reason == "away" { return turn.reply("\(name: person) is away.", as: .reference) }
        turn.reply("\(name: person) is away: \(plain: reason)", as: .reference)
    }
}
