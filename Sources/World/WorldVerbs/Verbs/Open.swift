import WorldLanguage
import WorldModel

extension Verb {
    static let open = Verb(
        "open", group: .things, usage: ["open THING"], summary: "Open a door or a container.",
        help: """
            Opens what can be opened and is not locked; `unlock` comes first if it is. Those behind a door see it open \
            too.
            Example: `open the chest`, `open door`.
            """,
        forms: [[.object(.anything)]],
        takesAdverb: true
    ) { command, action in
        guard let thing = command.thing() else { return }
        try action.requireOpenable(thing)
        if thing[.isOpen] { throw action.refuse("\(thing) \(verb: "be") open already.") }
        if thing[.isLocked] { throw action.refuse("\(thing) \(verb: "be") locked.") }
        action.world.set(.isOpen, to: true, on: thing)
        action.announceAtDoor(
            thing, "\(action.actor) \(verb: "open") \(the: thing).", "\(thing) \(verb: "open").")
        if thing.has(.container), !thing.contents.isEmpty, action.turn.perception.isLit {
            action.turn.reply(ThingView.contents(of: thing), as: .sight)
        }
    }
}

extension Action {
    func requireOpenable(_ thing: Thing) throws {
        try requireReach(thing)
        guard thing.has(.door) || thing.has(.container), thing[.isOpenable] else {
            throw refuse("\(thing) \(verb: "be") not something that opens and closes.")
        }
        try turn.require(.open, on: thing)
    }

    /// Tells those here what somebody does to a door, and those behind it what the door does.
    func announceAtDoor(_ thing: Thing, _ here: Sentence, _ beyond: Sentence) {
        announce(here)
        guard thing.has(.door), let place else { return }
        var told = [place]
        for referrer in world.referrers(of: thing) where referrer.key == PropertyKey(.door) {
            guard let exit = world[referrer.thing], exit.has(.exit), exit.location === place,
                let behind = world.thing(exit, .destination), !told.contains(behind)
            else { continue }
            told.append(behind)
            turn.announce(beyond, in: behind, as: .action)
        }
    }
}
