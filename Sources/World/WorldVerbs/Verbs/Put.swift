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
        try action.turn.require(.put, on: container)
        let isSurface = container[.isSurface]
        // `put all in bag` does not mean the bag.
        try action.each(things.count > 1 ? things.filter { $0 !== container } : things) { thing in
            try action.requireLoose(thing)
            if thing.location === container {
                throw action.refuse(
                    isSurface
                        ? "\(thing) \(verb: "be") on \(the: container) already."
                        : "\(thing) \(verb: "be") in \(the: container) already.")
            }
            try action.requireRoom(for: thing, in: container)
            // Said while one still knows it by touch.
            action.announce(
                isSurface
                    ? "\(action.actor) \(verb: "put") \(the: thing) on \(the: container)."
                    : "\(action.actor) \(verb: "put") \(the: thing) in \(the: container).")
            action.world.move(thing, to: container)
        } others: {
            isSurface
                ? "\(action.actor) \(verb: "put") \($0) on \(the: container)."
                : "\(action.actor) \(verb: "put") \($0) in \(the: container)."
        }
    }
}
