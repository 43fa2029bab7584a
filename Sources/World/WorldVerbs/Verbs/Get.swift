import WorldLanguage
import WorldModel

extension Verb {
    static let get = Verb(
        "get", ["take", "pick", "grab"], phrases: ["pick up", "take up"], group: .things,
        usage: ["get THING", "get all", "get 2 COINS", "get THING from CONTAINER"], summary: "Pick something up.",
        help: """
            Takes what lies here, or with `from` what is in or on something. `all` takes whatever can be taken, \
            `all coins` all of a kind, `all except lamp` the rest. With several alike, say which: `2.coin`, `second coin`.
            Example: `get lamp`, `get all from the chest`, `take the brass lamp and the key`.
            """,
        forms: [
            [.objects(.contents), .word(["from"]), .object(.anything)],
            [.objects(.contents), .word(["out"]), .word(["of"]), .object(.anything)],
            [.objects(.contents), .word(["off", "in", "on"]), .object(.anything)], [.objects(.around)],
        ],
        takesAdverb: true
    ) { command, action in
        guard let things = command.things.first else { return }
        try action.each(things, action.take) { "\(action.actor) \(verb: "take") \($0)." }
    }
}

extension Action {
    /// What one carries at most, counted in sizes.
    static let strength = 50

    func take(_ thing: Thing) throws {
        if thing === actor { throw refuse("You have yourself well in hand.") }
        if thing.location === actor { throw refuse("You have \(the: thing) already.") }
        try requireReach(thing)
        if !thing[.fixed].isEmpty { throw refuse("\(content: thing[.fixed])") }
        if thing.hasAny(of: .immovable) {
            throw refuse("\(thing) cannot be taken.")
        }
        if actor.isWithin(thing) { throw refuse("You are in it.") }
        try turn.require(.take, on: thing)
        if !thing.isWithin(actor), load(of: actor) + clamped(thing[.size]) > Self.strength {
            throw refuse("You cannot carry that as well.")
        }
        let from = thing.location
        if !thing[.initial].isEmpty { world.set(.initial, to: "", on: thing) }
        // Its wearer may be gone.
        if thing[.isWorn] { world.set(.isWorn, to: false, on: thing) }
        world.move(thing, to: actor)
        if let from, from.has(.container), from !== actor.location {
            announce(
                from[.isSurface]
                    ? "\(actor) \(verb: "take") \(the: thing) from \(the: from)."
                    : "\(actor) \(verb: "take") \(the: thing) out of \(the: from).")
        } else {
            announce("\(actor) \(verb: "take") \(the: thing).")
        }
    }
}
