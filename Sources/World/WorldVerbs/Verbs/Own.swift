import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let own = Verb(
        "own", ["chown"], group: .building, role: .player, usage: ["own THING by PERSON", "own THING by nobody"],
        summary: "Say whose a thing is.",
        help: """
            Makes a thing somebody's, who may do everything to it from then on and say who else may do what. You can give \
            away what is yours; builders can give what is nobody's. What inherits from it is theirs as well.
            Example: `own chest by ada`, `own #12 by me`, `own lamp by nobody`.
            """,
        forms: [[.text]]
    ) { command, action in
        let (words, name) = try action.divided(command.text, at: "by")
        let thing = try action.inspected(words)
        try action.turn.require(.own, on: thing)
        if thing.has(.player) || thing.has(.account) { throw action.refuse("Nobody can own \(thing.label).") }
        if ["nobody", "none"].contains(name.folded) {
            action.world.set(.owner, to: nil, on: thing)
            return action.turn.reply("Nobody owns \(thing.label) now.")
        }
        let person = try action.character(name)
        if person[.isGuest] { throw action.refuse("Guests cannot own anything.") }
        action.world.set(.owner, to: person, on: thing)
        action.turn.reply("\(name: person) owns \(thing.label) now.")
    }
}

extension Action {
    /// A character by name, in play or not.
    func character(_ name: String) throws -> Thing {
        let name = name.trimmed
        if ["me", "myself"].contains(name.folded) { return actor }
        guard let person = world.player(named: name) else {
            throw refuse("There is nobody called \"\(plain: name)\".")
        }
        return person
    }
}
