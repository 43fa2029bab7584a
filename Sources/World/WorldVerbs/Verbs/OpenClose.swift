import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let open = Verb(
        "open", group: .things, usage: ["open THING"], summary: "Open a door or a container.",
        help: "Opens what can be opened and is not locked; see `unlock`. Example: `open the chest`.",
        forms: [[.object(.anything)]]
    ) { command, action in
        guard let thing = command.thing() else { return }
        try action.requireOpenable(thing)
        if thing[.isOpen] { throw action.refuse("\(the: thing) is open already.") }
        if thing[.isLocked] { throw action.refuse("\(the: thing) is locked.") }
        action.world.set(.isOpen, to: true, on: thing)
        action.announceAtDoor(thing, "\(action.actor) \(verb: "open") \(the: thing).", "\(the: thing) opens.")
        if thing.has(.container), !thing.contents.isEmpty, action.turn.perception.isLit {
            action.turn.show(action.contents(of: thing))
        }
    }

    static let close = Verb(
        "close", ["shut"], group: .things, usage: ["close THING"], summary: "Close a door or a container.",
        help: "Closes what stands open. Example: `close door`.", forms: [[.object(.anything)]]
    ) { command, action in
        guard let thing = command.thing() else { return }
        try action.requireOpenable(thing)
        if !thing[.isOpen] { throw action.refuse("\(the: thing) is closed already.") }
        action.world.set(.isOpen, to: false, on: thing)
        action.announceAtDoor(thing, "\(action.actor) \(verb: "close") \(the: thing).", "\(the: thing) closes.")
    }

    static let lock = Verb(
        "lock", group: .things, usage: ["lock THING", "lock THING with KEY"], summary: "Lock a door or a container.",
        help: "Locks what is closed, with the right key; a key you carry is found by itself. Example: `lock gate`.",
        forms: [[.object(.anything), .word(["with", "using"]), .object(.held)], [.object(.anything)]]
    ) { command, action in
        guard let thing = command.thing() else { return }
        try action.requireOpenable(thing)
        if thing[.isLocked] { throw action.refuse("\(the: thing) is locked already.") }
        if thing[.isOpen] { throw action.refuse("\(the: thing) has to be closed first.") }
        let key = try action.key(for: thing, given: command.thing(1))
        action.world.set(.isLocked, to: true, on: thing)
        action.announce("\(action.actor) \(verb: "lock") \(the: thing) with \(the: key).")
    }

    static let unlock = Verb(
        "unlock", group: .things, usage: ["unlock THING", "unlock THING with KEY"],
        summary: "Unlock a door or a container.",
        help: "Unlocks with the right key; a key you carry is found by itself. Example: `unlock gate with iron key`.",
        forms: [[.object(.anything), .word(["with", "using"]), .object(.held)], [.object(.anything)]]
    ) { command, action in
        guard let thing = command.thing() else { return }
        try action.requireOpenable(thing)
        if !thing[.isLocked] { throw action.refuse("\(the: thing) is not locked.") }
        let key = try action.key(for: thing, given: command.thing(1))
        action.world.set(.isLocked, to: false, on: thing)
        action.announce("\(action.actor) \(verb: "unlock") \(the: thing) with \(the: key).")
    }
}

extension Action {
    func requireOpenable(_ thing: Thing) throws {
        try requireReach(thing)
        guard thing.has(.door) || thing.has(.container), thing[.isOpenable] else {
            throw refuse("\(the: thing) is not something that opens and closes.")
        }
    }

    /// The key of a lock, which has to be at hand.
    func key(for lock: Thing, given: Thing?) throws -> Thing {
        guard let key = world.thing(lock, .key) else { throw refuse("\(the: lock) has no lock.") }
        if let given {
            if given === key { return key }
            throw refuse("\(the: given) does not fit \(the: lock).")
        }
        guard key.isWithin(actor) else { throw refuse("You have no key that fits \(the: lock).") }
        return key
    }

    /// Tells those here what somebody does to a door, and those behind it what the door does.
    func announceAtDoor(_ thing: Thing, _ here: Sentence, _ beyond: Sentence) {
        announce(here)
        guard thing.has(.door), let place else { return }
        for exit in place.contents where exit.has(.exit) && world.thing(exit, .door) === thing {
            if let behind = world.thing(exit, .destination), behind !== place {
                turn.announce(beyond, in: behind, as: .action)
            }
        }
    }
}
