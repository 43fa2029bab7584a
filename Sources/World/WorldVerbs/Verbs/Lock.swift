import WorldLanguage
import WorldModel

extension Verb {
    static let lock = Verb(
        "lock", group: .things, usage: ["lock THING", "lock THING with KEY"], summary: "Lock a door or a container.",
        help: """
            Locks what is closed, with the right key. A key you carry is found by itself.
            Example: `lock gate`, `lock the chest with the small key`.
            """,
        forms: [[.object(.anything), .word(["with", "using"]), .object(.held)], [.object(.anything)]],
        takesAdverb: true
    ) { command, action in
        guard let thing = command.thing() else { return }
        try action.requireOpenable(thing)
        if thing[.isLocked] { throw action.refuse("\(thing) \(verb: "be") locked already.") }
        if thing[.isOpen] { throw action.refuse("\(thing) \(verb: "have") to be closed first.") }
        let key = try action.key(for: thing, given: command.thing(1))
        action.world.set(.isLocked, to: true, on: thing)
        action.announce("\(action.actor) \(verb: "lock") \(the: thing) with \(the: key).")
    }
}

extension Action {
    /// The key of a lock, which has to be at hand.
    func key(for lock: Thing, given: Thing?) throws -> Thing {
        guard let key = world.thing(lock, .key) else { throw refuse("\(lock) \(verb: "have") no lock.") }
        if let given, given !== key { throw refuse("\(given) \(verb: "do") not fit \(the: lock).") }
        guard key.isWithin(actor), let percept = turn.perception.percept(of: key), percept.unreached == nil else {
            throw refuse("You have no key that fits \(the: lock).")
        }
        if given == nil { supply(with: key) }
        return key
    }
}
