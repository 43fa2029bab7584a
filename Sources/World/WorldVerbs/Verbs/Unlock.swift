import WorldLanguage
import WorldModel

extension Verb {
    static let unlock = Verb(
        "unlock", group: .things, usage: ["unlock THING", "unlock THING with KEY"],
        summary: "Unlock a door or a container.",
        help: """
            Unlocks with the right key; it stays closed until it is opened. A key you carry is found by itself.
            Example: `unlock gate`, `unlock gate with iron key`.
            """,
        forms: [[.object(.anything), .word(["with", "using"]), .object(.held)], [.object(.anything)]],
        takesAdverb: true
    ) { command, action in
        guard let thing = command.thing() else { return }
        try action.requireOpenable(thing)
        if !thing[.isLocked] { throw action.refuse("\(thing) \(verb: "be") not locked.") }
        let key = try action.key(for: thing, given: command.thing(1))
        action.world.set(.isLocked, to: false, on: thing)
        action.announce("\(action.actor) \(verb: "unlock") \(the: thing) with \(the: key).")
    }
}
