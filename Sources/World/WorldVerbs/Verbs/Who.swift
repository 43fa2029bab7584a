import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let who = Verb(
        "who", group: .game, usage: ["who"], summary: "See who is connected.",
        help: """
            Lists everybody who is in the game now, how long they have been quiet, and who of them has a say in how the \
            game is run. `tell` reaches any of them.
            """,
        forms: [[]]
    ) { _, action in
        let present = action.turn.present
        let people =
            switch present.count {
            case 0: "Nobody is here."
            case 1: "One person is here:"
            default: "\(English.number(present.count).capitalizedFirst) people are here:"
            }
        var text = StyledText(people, .title)
        for presence in present {
            text.append("\n- ")
            text.append(Noun.definite(presence.persona))
            if presence.persona === action.actor { text.append(" (you)") }
            let role = Accounts.role(of: presence.persona, world: action.world)
            if role >= .builder { text.append(", \(role.rawValue)") }
            if presence.idle >= .seconds(60) { text.append(", quiet for \(presence.idle.spoken)", .faint) }
        }
        action.turn.show(text, as: .reference)
    }
}
