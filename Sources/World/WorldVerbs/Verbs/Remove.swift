import WorldLanguage
import WorldModel

extension Verb {
    static let remove = Verb(
        "remove", ["doff"], phrases: ["take off"], group: .yourself, usage: ["remove THING", "take off THING"],
        summary: "Take off something you wear.",
        help: "Takes off clothing; you go on carrying it. Example: `remove hat`, `take off hat`, `remove all`.",
        forms: [[.objects(.worn)]]
    ) { command, action in
        guard let things = command.things.first else { return }
        try action.each(things) { thing in
            action.world.set(.isWorn, to: false, on: thing)
            action.announce("\(action.actor) \(verb: "take") off \(the: thing).")
        } others: {
            "\(action.actor) \(verb: "take") off \(plain: $0)."
        }
    }
}
