import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let equipment = Verb(
        "equipment", ["eq"], group: .yourself, usage: ["equipment"], summary: "See what you wear.",
        help: "Lists what you wear and where. The short form is `eq`; `inventory` shows also what you carry.",
        forms: [[]]
    ) { _, action in
        let worn = action.actor.contents.filter { $0[.isWorn] }
        if worn.isEmpty { return action.turn.show("You wear nothing but your own clothes.") }
        var text = StyledText("You wear:")
        for thing in worn {
            text.append("\n- ")
            text.append(Noun.indefinite(thing))
            if !thing[.slot].isEmpty { text.append(" (\(thing[.slot]))", .faint) }
        }
        action.turn.show(text)
    }
}
