import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let get = Verb(
        "get", ["take", "pick"], group: .things,
        usage: ["get THING", "get all", "get 2 COINS", "get THING from CONTAINER"], summary: "Pick something up.",
        help: """
            Takes what lies here, or with `from` what is in or on something. `all` takes whatever can be taken, `all coins` \
            all of a kind, `all except lamp` the rest. With several alike, say which: `2.coin`, `second coin`.
            Example: `get lamp`, `get all from the chest`, `take the brass lamp and the key`.
            """,
        forms: [
            [.objects(.contents), .word(["from"]), .object(.anything)],
            [.objects(.contents), .word(["out"]), .word(["of"]), .object(.anything)],
            [.word(["up"]), .objects(.around)], [.objects(.around)],
        ]
    ) { command, action in
        guard let things = command.things.first else { return }
        try action.each(things) { thing in try action.take(thing) }
    }

    static let drop = Verb(
        "drop", ["discard"], group: .things, usage: ["drop THING", "drop all"], summary: "Put something down.",
        help:
            "Puts what you carry on the ground. What you wear has to be removed first. Example: `drop lamp`, `drop all`.",
        forms: [[.objects(.held)]]
    ) { command, action in
        guard let things = command.things.first else { return }
        try action.each(things) { thing in
            try action.requireLoose(thing)
            guard let ground = action.actor.location else { throw action.refuse("There is no ground here.") }
            action.world.move(thing, to: ground)
            action.announce("\(action.actor) \(verb: "drop") \(the: thing).")
        }
    }

    static let put = Verb(
        "put", ["place", "insert"], group: .things, usage: ["put THING in CONTAINER", "put THING on TABLE"],
        summary: "Put something into or onto something.",
        help: "Puts what you carry into a container that is open and has room, or onto a table or shelf. "
            + "Example: `put the key in the box`, `put all on the table`.",
        forms: [
            [.objects(.held), .word(["in", "into", "inside", "on", "onto"]), .object(.anything)]
        ]
    ) { command, action in
        guard let things = command.things.first, let container = command.thing(1) else { return }
        guard container.has(.container) else { throw action.refuse("Nothing can be put there.") }
        try action.requireReach(container)
        let preposition = container[.isSurface] ? "on" : "in"
        try action.each(things) { thing in
            try action.requireLoose(thing)
            if thing === container { throw action.refuse("\(the: thing) cannot go into itself.") }
            try action.requireRoom(for: thing, in: container)
            action.world.move(thing, to: container)
            action.announce("\(action.actor) \(verb: "put") \(the: thing) \(plain: preposition) \(the: container).")
        }
    }

    static let give = Verb(
        "give", ["offer"], group: .things, usage: ["give THING to PERSON"], summary: "Give something to somebody.",
        help: "Hands what you carry to somebody who is here. Example: `give the letter to Ada`.",
        forms: [[.objects(.held), .word(["to"]), .object(.people)]]
    ) { command, action in
        guard let things = command.things.first, let person = command.thing(1) else { return }
        if person === action.actor { throw action.refuse("You have that already.") }
        guard person.has(.player) else { throw action.refuse("\(the: person) \(plain: "does") not want anything.") }
        try action.each(things) { thing in
            try action.requireLoose(thing)
            action.world.move(thing, to: person)
            action.announce("\(action.actor) \(verb: "give") \(the: thing) to \(the: person).")
        }
    }

    static let inventory = Verb(
        "inventory", ["i", "inv"], group: .things, usage: ["inventory"], summary: "See what you carry.",
        help: "Lists what you carry and, separately, what you wear.", forms: [[]]
    ) { _, action in
        let held = action.actor.contents.filter { !$0[.isWorn] }
        var text = StyledText("You carry ")
        text.append(held.isEmpty ? "nothing" : English.inventory(of: held))
        text.append(".")
        let worn = action.actor.contents.filter { $0[.isWorn] }
        if !worn.isEmpty {
            text.append("\nYou wear ")
            text.append(English.inventory(of: worn))
            text.append(".")
        }
        action.turn.show(text)
    }
}

extension Action {
    /// What one carries at most, counted in sizes.
    static let strength = 50

    func take(_ thing: Thing) throws {
        if thing === actor { throw refuse("You have yourself well in hand.") }
        if thing.location === actor { throw refuse("You have \(the: thing) already.") }
        try requireReach(thing)
        if !thing[.fixed].isEmpty { throw refuse("\(plain: thing[.fixed])") }
        if !thing.faculties.isDisjoint(with: [.persona, .door, .exit, .place]) {
            throw refuse("\(the: thing) cannot be taken.")
        }
        if actor.isWithin(thing) { throw refuse("You are in it.") }
        if load(of: actor) + thing[.size] > Self.strength { throw refuse("You cannot carry that as well.") }
        let from = thing.location
        if !thing[.initial].isEmpty { world.set(.initial, to: "", on: thing) }
        world.move(thing, to: actor)
        if let from, from.has(.container), from !== actor.location {
            let preposition = from[.isSurface] ? "from" : "out of"
            announce("\(actor) \(verb: "take") \(the: thing) \(plain: preposition) \(the: from).")
        } else {
            announce("\(actor) \(verb: "take") \(the: thing).")
        }
    }

    /// Refuses unless the actor has the thing and does not wear it.
    func requireLoose(_ thing: Thing) throws {
        if let objection = turn.perception.percept(of: thing)?.unreached { throw turn.refusal(objection) }
        if thing[.isWorn] { throw refuse("You would have to remove \(the: thing) first.") }
    }
}
