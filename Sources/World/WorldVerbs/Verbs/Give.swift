import WorldLanguage
import WorldModel

extension Verb {
    static let give = Verb(
        "give", ["offer"], group: .things, usage: ["give THING to PERSON", "give THING"],
        summary: "Give something to somebody.",
        help: """
            Hands what you carry to somebody who is here and can carry it; to whom need not be said when there is only one. \
            What you wear has to be removed first.
            Example: `give the letter to Ada`, `give two coins to ben`.
            """,
        forms: [[.objects(.held), .word(["to"]), .object(.people)], [.objects(.held)]],
        takesAdverb: true
    ) { command, action in
        guard let things = command.things.first else { return }
        let person = try command.thing(1) ?? action.onlyOther()
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
            "\(action.actor) \(verb: "give") \($0) to \(the: person)."
        }
    }
}

extension Action {
    /// The only other player here, who is said; refuses to guess among several.
    fileprivate func onlyOther() throws -> Thing {
        let others = turn.perception.find(.anything.seen.reached.providing(.player)).things.filter { $0 !== actor }
        guard others.count == 1, let other = others.first else { throw refuse("You have to say to whom.") }
        supply(to: other)
        return other
    }
}
