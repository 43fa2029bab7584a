import WorldLanguage
import WorldModel

extension Verb {
    static let reply = Verb(
        "reply", ["r"], group: .talking, usage: ["reply TEXT"], summary: "Answer who told you something last.",
        help: """
            Tells your text to whoever told you something last, wherever they are; if they have gone, they read it on coming \
            back. Nobody else hears it. `r` is the short form.
            Example: `reply on my way`, `r thanks`.
            """,
        forms: [[.text]]
    ) { command, action in
        guard let id = action.conversation.lastTeller, let person = action.world[id] else {
            throw action.refuse("Nobody has told you anything yet.")
        }
        try action.tell(person, command.text)
    }
}
