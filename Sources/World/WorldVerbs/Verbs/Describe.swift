import WorldLanguage
import WorldModel

extension Verb {
    static let describe = Verb(
        "describe", ["desc"], group: .yourself, role: .player,
        usage: ["describe me as TEXT", "describe me", "describe THING as TEXT"],
        summary: "Set what others read when they look at you or at what is yours.",
        help:
            "Others see this text when they look at you, up to \(Action.longestDescription) characters. What you carry and "
            + "wear is told after it. `describe me` alone shows it. What belongs to you can be described in the same way, and "
            + "builders describe what belongs to nobody. Example: `describe me as a tall woman in a patched coat`, "
            + "`describe chest as Oak, with iron bands.`, `describe here as A dusty attic`. For a longer one use `edit me`.",
        forms: [
            [.word(["me", "myself", "self"]), .word(["as"]), .text], [.word(["me", "myself", "self"])],
            [.word(["me", "myself", "self"]), .text], [.word(["here"]), .word(["as"]), .text],
            [.object(.anything), .word(["as"]), .text],
        ]
    ) { command, action in
        if command.form == 1 { return action.turn.show(ThingView(thing: action.actor, turn: action.turn).text()) }
        if command.text.count > Action.longestDescription {
            throw action.refuse("That is too long; at most \(plain: String(Action.longestDescription)) characters.")
        }
        if let thing = command.form == 3 ? action.place : command.thing(), thing !== action.actor {
            try action.turn.require(.describe, on: thing)
            action.rewrite(thing, command.text)
            action.turn.reply("\(thing) \(verb: "be") described now as: \(plain: command.text)")
            return action.warnOfFile(thing)
        }
        action.world.set(.description, to: command.text, on: action.actor)
        action.turn.reply("Others see you now as: \(plain: command.text)")
    }
}

extension Action {
    /// Longest description that players give, in characters.
    static let longestDescription = 1000

    /// Gives a thing another description; an empty one takes it away.
    func rewrite(_ thing: Thing, _ text: String) {
        world.set(PropertyKey(.description), to: text.isEmpty ? nil : .text(text), on: thing)
        if !thing[.contentKey].isEmpty { world.set(.isRewritten, to: true, on: thing) }
    }

    /// Says that a file describes the thing as well, if one does: the change does not last for ever.
    func warnOfFile(_ thing: Thing) {
        if thing[.contentKey].isEmpty { return }
        turn.reply("The files of the world describe it otherwise; \(plain: "mud-admin world reload") brings that back.")
    }
}
