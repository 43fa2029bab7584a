import WorldLanguage
import WorldModel

extension Verb {
    static let close = Verb(
        "close", ["shut"], group: .things, usage: ["close THING"], summary: "Close a door or a container.",
        help: """
            Closes what stands open. Nobody passes a closed door, and nobody sees into a closed box unless it is of glass.
            Example: `close door`, `shut the chest`.
            """,
        forms: [[.object(.anything)]],
        takesAdverb: true
    ) { command, action in
        guard let thing = command.thing() else { return }
        try action.requireOpenable(thing)
        if !thing[.isOpen] { throw action.refuse("\(thing) \(verb: "be") closed already.") }
        action.announceAtDoor(
            thing, "\(action.actor) \(verb: "close") \(the: thing).", "\(thing) \(verb: "close").")
        action.world.set(.isOpen, to: false, on: thing)
    }
}
