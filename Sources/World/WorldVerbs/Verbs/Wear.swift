import WorldLanguage
import WorldModel

extension Verb {
    static let wear = Verb(
        "wear", ["don"], phrases: ["put on"], group: .yourself, usage: ["wear THING", "put on THING"],
        summary: "Put on something to wear.",
        help: """
            Puts on clothing you carry. There is room for one thing on each part of the body; what is there already has \
            to be removed first.
            Example: `wear the oilskin cloak`, `put on hat`.
            """,
        forms: [[.objects(.held)]]
    ) { command, action in
        guard let things = command.things.first else { return }
        try action.each(things) { thing in
            guard thing.has(.wearable) else { throw action.refuse("\(thing) cannot be worn.") }
            if thing[.isWorn] { throw action.refuse("You wear \(the: thing) already.") }
            try action.requireReach(thing)
            let slot = thing[.slot]
            let rival = action.actor.contents.first { $0[.isWorn] && $0[.slot] == slot && !slot.isEmpty }
            if let rival { throw action.refuse("You would have to remove \(the: rival) first.") }
            if thing.location !== action.actor { try action.take(thing) }
            action.world.set(.isWorn, to: true, on: thing)
            action.announce("\(action.actor) \(verb: "put") on \(the: thing).")
        } others: {
            "\(action.actor) \(verb: "put") on \(plain: $0)."
        }
    }
}
