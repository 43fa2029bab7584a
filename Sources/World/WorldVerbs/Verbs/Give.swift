import WorldLanguage
import WorldModel

extension Verb {
    static let give = Verb(
        "give", ["offer"], group: .things, usage: ["give THING to PERSON"], summary: "Give something to somebody.",
        help: """
            Hands what you carry to somebody who is here and can carry it. What you wear has to be removed first.
            Example: `give the letter to Ada`, `give two coins to ben`.
            """,
        forms: [[.objects(.held), .word(["to"]), .object(.people)]]
    ) { command, action in
        guard let things = command.things.first, let person = command.thing(1) else { return }
        if person === action.actor { throw action.refuse("You have that already.") }
        guard person.has(.player) else { throw action.refuse("\(person) \(verb: "do") not want anything.") }
        try action.requireReach(person)
        try action.each(things) { thing in
            try action.requireLoose(thing)
            if person.isWithin(thing) { throw action.refuse("\(person) \(verb: "be") in it.") }
            if action.load(of: person) + action.clamped(thing[.size]) > Action.strength {
                throw action.refuse("\(person) cannot carry that as well.")
            }
            action.world.move(thing, to: person)
            action.announce("\(action.actor) \(verb: "give") \(the: thing) to \(the: person).")
        } others: {
            "\(action.actor) \(verb: "give") \(plain: $0) to \(the: person)."
        }
    }
}
