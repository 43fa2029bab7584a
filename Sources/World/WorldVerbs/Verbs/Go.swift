import WorldLanguage
import WorldModel

extension Verb {
    static let go = Verb(
        "go", ["walk"], group: .moving, usage: ["go DIRECTION", "go WAY", "DIRECTION"],
        summary: "Go somewhere; a direction alone is enough.",
        help: """
            The ways out of a place are the last line of its description. Type a direction or its short form: n, ne, e, \
            se, s, sw, w, nw, u, d, in, out. A way that has a name can be gone by it, and one with a door by the door.
            Example: `go north`, `n`, `go stairs`, or only `stairs`.
            """,
        forms: [[.way]],
        takesAdverb: true
    ) { command, action in
        try action.go(command.way)
    }
}

extension Action {
    func go(_ way: Way?) throws {
        switch way {
        case .direction(let direction)?: try go(direction)
        case .exit(let exit)?: try go(through: exit)
        case nil: throw refuse("You have to say where.")
        }
    }

    func go(_ direction: Direction) throws {
        if let exit = turn.perception.exit(toward: direction) { return try go(through: exit) }
        guard let enclosure = actor.location else { throw refuse("You are nowhere at all.") }
        if enclosure.has(.place) { throw refuse("You cannot go \(plain: direction.rawValue) from here.") }
        throw refuse("You would have to leave \(the: enclosure) first.")
    }

    func go(through exit: Thing) throws {
        guard let from = actor.place, exit.location === turn.perception.surroundings else {
            throw refuse("There is no such way here.")
        }
        if let door = world.thing(exit, .door), !door[.isOpen] { throw turn.refusal(.closed(door)) }
        if !exit[.impassable].isEmpty { throw refuse("\(plain: exit[.impassable])") }
        guard let destination = world.thing(exit, .destination), destination.has(.place) else {
            throw refuse("That way leads nowhere.")
        }
        let direction = Direction(rawValue: exit[.direction])
        let way = direction?.departurePhrase ?? exit[.otherNames].first.map { "by the \($0)" } ?? "away"
        turn.announce(modified("\(actor) \(verb: "leave") \(plain: way)."), in: from, except: [actor], as: .movement)
        world.move(actor, to: destination)
        let arrival = direction.map { " " + $0.opposite.arrivalPhrase } ?? ""
        turn.announce("\(actor) \(verb: "arrive")\(plain: arrival).", in: destination, except: [actor], as: .movement)
        turn.show(RoomView(turn: turn).text())
    }
}
