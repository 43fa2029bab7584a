import WorldLanguage
import WorldModel

extension Verb {
    static let remove = Verb(
        "remove", ["doff"], phrases: ["take off"], group: .yourself, usage: ["remove THING", "take off THING"],
        summary: "Take off something you wear.",
        help: "Takes off clothing; you go on carrying it. Example: `remove hat`, `take off hat`, `remove all`.",
        forms: [[.objects(.worn)]],
        takesAdverb: true
    ) { command, action in
        guard let things = command.things.first else { return }
        // The outermost first, so that `remove all` gets to what is under it.
        let order = things.enumerated().sorted { ($1.element[.layer], $0.offset) < ($0.element[.layer], $1.offset) }
        try action.each(order.map(\.element)) { thing in
            if let covering = thing.covering {
                throw action.refuse("You would have to remove \(the: covering) first.")
            }
            action.world.set(.isWorn, to: false, on: thing)
            action.announce("\(action.actor) \(verb: "take") off \(the: thing).")
        } others: {
            "\(action.actor) \(verb: "take") off \($0)."
        }
    }
}
