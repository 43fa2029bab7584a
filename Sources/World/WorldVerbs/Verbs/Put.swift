import WorldLanguage
import WorldModel

extension Verb {
    static let put = Verb(
        "put", ["place", "insert"], group: .things, usage: ["put THING in CONTAINER", "put THING on TABLE"],
        summary: "Put something into or onto something.",
        help: """
            Puts what you carry into a container that is open and has room, or onto a table or shelf. Containers can be \
            put into containers.
            Example: `put the key in the box`, `put all on the table`.
            """,
        forms: [[.objects(.held), .word(["in", "into", "inside", "on", "onto"]), .object(.anything)]],
        takesAdverb: true
    ) { command, action in
        guard let things = command.things.first, let container = command.thing(1) else { return }
        guard container.has(.container) else { throw action.refuse("Nothing can be put there.") }
        try action.requireReach(container)
        let preposition = container[.isSurface] ? "on" : "in"
        // `put all in bag` does not mean the bag.
        try action.each(things.count > 1 ? things.filter { $0 !== container } : things) { thing in
            try action.requireLoose(thing)
            if thing.location === container {
                throw action.refuse("\(thing) \(verb: "be") \(plain: preposition) \(the: container) already.")
            }
            try action.requireRoom(for: thing, in: container)
            // Said while one still knows it by touch.
            action.announce("\(action.actor) \(verb: "put") \(the: thing) \(plain: preposition) \(the: container).")
            action.world.move(thing, to: container)
        } others: {
            "\(action.actor) \(verb: "put") \(plain: $0) \(plain: preposition) \(the: container)."
        }
    }
}
