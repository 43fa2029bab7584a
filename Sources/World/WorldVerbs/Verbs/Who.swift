import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let who = Verb(
        "who", group: .game, usage: ["who"], summary: "See who is connected.",
        help: "Lists everybody who is in the game now, and how long they have been quiet.", forms: [[]]
    ) { _, action in
        let present = action.turn.attendance.present
        var text = StyledText(
            present.count == 1
                ? "One person is here:" : "\(English.number(present.count).capitalizedFirst) people are here:", .title)
        for presence in present {
            text.append("\n- ")
            text.append(Noun.definite(presence.persona))
            if presence.persona === action.actor { text.append(" (you)") }
            if presence.idle >= .seconds(60) { text.append(", quiet for \(presence.idle.spoken)", .faint) }
        }
        action.turn.show(text, as: .reference)
    }
}
