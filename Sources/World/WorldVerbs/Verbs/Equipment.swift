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
        if worn.isEmpty { return action.turn.reply("You wear nothing but your own clothes.", as: .sight) }
        var text = action.turn.text("You wear:")
        for thing in worn {
            text.append("\n- ")
            text.append(action.turn.phrase("\(things: [thing])"))
            if !thing[.slot].isEmpty {
                text.append(action.turn.phrase(" \(phrase: "(\(Sentence(message: thing[.slot])))", .faint)"))
            }
        }
        action.turn.show(text)
    }
}
