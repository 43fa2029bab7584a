import WorldLanguage
import WorldModel

extension Verb {
    static let emote = Verb(
        "emote", ["pose", "me"], group: .talking, usage: ["emote TEXT", ":TEXT"], summary: "Show what you do.",
        help: """
            Everybody here reads your name and the text after it. A colon is the short form; a text that begins with an \
            apostrophe goes on from your name.
            Example: `emote waves.`, `:waves at the keeper.`, `:'s hat falls off`.
            """,
        forms: [[.text]]
    ) { command, action in
        let gap =
            command.text.utf8.first == UInt8(ascii: "'") || command.text.utf8.first == UInt8(ascii: ",") ? "" : " "
        let end = command.text.last.map { ".!?\"'".contains($0) } ?? true ? "" : "."
        let text = gap + command.text + end
        // To oneself one is a name, because the text is written for the others.
        action.turn.reply("\(Noun.definite(action.actor))\(plain: text)", as: .emote)
        action.turn.announce("\(action.actor)\(plain: text)", in: action.place, except: [action.actor], as: .emote)
    }
}
