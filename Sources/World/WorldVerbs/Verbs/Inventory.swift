import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let inventory = Verb(
        "inventory", ["i", "inv"], group: .things, usage: ["inventory"], summary: "See what you carry.",
        help: """
            Lists what you carry and, separately, what you wear; you know it by touch also in the dark. The short form \
            is `i`.
            """,
        forms: [[]]
    ) { _, action in
        let worn = action.actor.contents.filter { $0[.isWorn] }
        var text = action.listed("You carry", action.actor.contents.filter { !$0[.isWorn] })
        if !worn.isEmpty {
            text.append("\n")
            text.append(action.listed("You wear", worn))
        }
        action.turn.show(text)
    }
}

extension Action {
    /// Things in one sentence, or one to a line for those who use a screen reader.
    func listed(_ beginning: String, _ things: [Thing]) -> StyledText {
        var text = StyledText(beginning)
        if things.isEmpty {
            text.append(" nothing.")
        } else if world.thing(actor, .account)?[.settings]["screenreader"] == "on" {
            text.append(":")
            for item in English.items(of: things) { text = text + "\n- " + item }
        } else {
            text.append(" ")
            text.append(English.inventory(of: things))
            text.append(".")
        }
        return text
    }
}
