import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let socials = Verb(
        "socials", ["gestures"], group: .talking, usage: ["socials"], summary: "List the gestures of this world.",
        help: """
            Lists gestures, each of which is a command: alone, with the name of somebody, or with `me`; and with a word \
            for how it is done. `help` and the name of a gesture shows what others read.
            Example: `smile`, `smile at ada`, `smile warmly at ada`, `hug me`.
            """,
        forms: [[]]
    ) { _, action in
        let names = Social.names(in: action.world)
        if names.isEmpty { return action.turn.reply("This world has no gestures; use \(command: "emote").") }
        var text = action.turn.text("\(phrase: "Gestures", .title)")
        text.append("\n")
        text.append(action.turn.text("\(commands: names)."))
        text.append("\n")
        text.append(action.turn.text("Type \(typed: "help") and a gesture to read what others see of it."))
        action.turn.show(text, as: .reference)
    }
}
