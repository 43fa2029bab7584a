import WorldLanguage
import WorldModel

extension Verb {
    /// Longest description a player may give themself, in characters.
    private static let longestDescription = 1000

    static let describe = Verb(
        "describe", ["desc"], group: .yourself, role: .player, usage: ["describe me as TEXT", "describe me"],
        summary: "Set what others read when they look at you.",
        help: "Others see this text when they look at you, up to \(longestDescription) characters. What you carry and "
            + "wear is told after it. `describe me` alone shows it. Example: `describe me as a tall woman in a patched coat`.",
        forms: [
            [.word(["me", "myself", "self"]), .word(["as"]), .text], [.word(["me", "myself", "self"])],
            [.word(["me", "myself", "self"]), .text],
        ]
    ) { command, action in
        if command.form == 1 { return action.turn.show(ThingView(thing: action.actor, observer: action.actor).text()) }
        if command.text.count > longestDescription {
            throw action.refuse("That is too long; at most \(plain: String(longestDescription)) characters.")
        }
        action.world.set(.description, to: command.text, on: action.actor)
        action.turn.reply("Others see you now as: \(plain: command.text)")
    }
}
