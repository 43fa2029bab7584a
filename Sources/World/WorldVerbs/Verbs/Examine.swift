import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let examine = Verb(
        "examine", ["x", "exa"], group: .looking, usage: ["examine THING"],
        summary: "Look closely at a thing or a person.",
        help: """
            Describes a thing, a person, or something a place's description speaks of. It works with what you see, what \
            you carry and what you wear, and through glass. The short form is `x`.
            Example: `x lamp`, `examine me`, `examine the sea`.
            """,
        forms: [[.sight]]
    ) { command, action in
        try action.examine(command.sight)
    }
}

extension Action {
    func examine(_ sight: Sight?) throws {
        switch sight {
        case .here?, nil: turn.show(RoomView(turn: turn).text())
        case .exit(let exit)?: try look(through: exit)
        case .scenery(let text)?: turn.show(StyledText(turn.content(text.trimmed)))
        case .thing(let thing)?:
            try requireSight(thing)
            turn.show(ThingView(thing: thing, turn: turn).text())
        }
    }
}
