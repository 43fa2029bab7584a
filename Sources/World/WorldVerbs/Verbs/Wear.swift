import WorldLanguage
import WorldModel

extension Verb {
    static let wear = Verb(
        "wear", ["don"], phrases: ["put on"], group: .yourself, usage: ["wear THING", "put on THING"],
        summary: "Put on something to wear.",
        help: """
            Puts on clothing you carry. There is room for one thing on each part of the body, and for more in layers: a \
            coat goes over a shirt and hides it from the others. What is over it, or in its place, has to be removed first.
            Example: `wear the oilskin cloak`, `put on hat`.
            """,
        forms: [[.objects(.held)]],
        takesAdverb: true
    ) { command, action in
        guard let things = command.things.first else { return }
        // The innermost first, so that `wear all` ends with the coat.
        let order = things.enumerated().sorted { ($0.element[.layer], $0.offset) < ($1.element[.layer], $1.offset) }
        try action.each(order.map(\.element)) { thing in
            guard thing.has(.wearable) else { throw action.refuse("\(thing) cannot be worn.") }
            if thing[.isWorn] { throw action.refuse("You wear \(the: thing) already.") }
            try action.requireReach(thing)
            try action.turn.require(.use, on: thing)
            if let rival = action.rival(of: thing) {
                throw action.refuse("You would have to remove \(the: rival) first.")
            }
            if thing.location !== action.actor { try action.take(thing) }
            action.world.set(.isWorn, to: true, on: thing)
            action.announce("\(action.actor) \(verb: "put") on \(the: thing).")
        } others: {
            "\(action.actor) \(verb: "put") on \($0)."
        }
    }
}

extension Action {
    /// What the actor wears where a thing would have to go, or over it.
    fileprivate func rival(of thing: Thing) -> Thing? {
        let slot = thing[.slot]
        if slot.isEmpty { return nil }
        let layer = thing[.layer]
        return actor.contents.first { other in
            other[.isWorn] && other !== thing && (other.covers(thing) || other[.slot] == slot && other[.layer] == layer)
        }
    }
}
