import WorldLanguage
import WorldModel

extension Verb {
    static let drop = Verb(
        "drop", ["discard"], phrases: ["put down"], group: .things, usage: ["drop THING", "drop all", "drop 2 COINS"],
        summary: "Put something down.",
        help: """
            Puts what you carry on the ground, for anybody to take. What you wear has to be removed first.
            Example: `drop lamp`, `drop all`, `drop all except the key`.
            """,
        forms: [[.objects(.held)]],
        takesAdverb: true
    ) { command, action in
        guard let things = command.things.first else { return }
        try action.each(things) { thing in
            try action.requireLoose(thing)
            guard let ground = action.actor.location else { throw action.refuse("There is no ground here.") }
            // Said while one still knows it by touch.
            action.announce("\(action.actor) \(verb: "drop") \(the: thing).")
            action.world.move(thing, to: ground)
        } others: {
            "\(action.actor) \(verb: "drop") \($0)."
        }
    }
}
