import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let go = Verb(
        "go", ["walk", "enter", "climb"], group: .moving, usage: ["go DIRECTION", "north (or n), up (or u), out, …"],
        summary: "Go somewhere; a direction alone is enough.",
        help: """
            The ways out of a place are the last line of its description. Type a direction or its short form: n, ne, e, se, s, \
            sw, w, nw, u, d, in, out. A way that has a name can be gone by it: `go stairs`, `enter house`, or only `stairs`.
            """,
        forms: [[.direction], [.text]]
    ) { command, action in
        if let direction = command.direction { return try action.go(direction) }
        let words = CommandParser.tokenize(command.text).map(\.word).filter {
            !["the", "to", "through", "into", "up"].contains($0)
        }
        guard let exit = action.exit(named: words.joined(separator: " ")) else {
            throw action.refuse("There is no way called \"\(plain: words.joined(separator: " "))\" here.")
        }
        try action.go(through: exit)
    }
}

extension Action {
    func exit(toward direction: Direction) -> Thing? {
        turn.perception.surroundings?.contents.first { $0.has(.exit) && $0[.direction] == direction.rawValue }
    }

    func exit(named name: String) -> Thing? {
        if name.isEmpty { return nil }
        return turn.perception.surroundings?.contents.first { exit in
            guard exit.has(.exit) else { return false }
            if exit[.otherNames].contains(where: { $0.folded == name }) { return true }
            return world.thing(exit, .door)?.words.match(name.split(separator: " ").map(String.init), plural: false)
                == .exact
        }
    }

    func go(_ direction: Direction) throws {
        if let exit = exit(toward: direction) { return try go(through: exit) }
        guard let enclosure = actor.location else { throw refuse("You are nowhere at all.") }
        if enclosure.has(.place) { throw refuse("You cannot go \(plain: direction.rawValue) from here.") }
        throw refuse("You would have to leave \(the: enclosure) first.")
    }

    func go(through exit: Thing) throws {
        if let door = world.thing(exit, .door), !door[.isOpen] { throw turn.refusal(.closed(door)) }
        guard let from = actor.location, let destination = world.thing(exit, .destination), destination.has(.place)
        else {
            throw refuse("That way leads nowhere.")
        }
        let direction = Direction(rawValue: exit[.direction])
        let way = direction?.rawValue ?? exit[.otherNames].first.map { "by the \($0)" } ?? "away"
        turn.announce(
            "\(actor) \(verb: "leave") \(plain: Self.departure(way)).", in: from, except: [actor], as: .movement)
        world.move(actor, to: destination)
        let arrival = direction.map { " " + $0.opposite.arrivalPhrase } ?? ""
        turn.announce("\(actor) \(verb: "arrive")\(plain: arrival).", in: destination, except: [actor], as: .movement)
        turn.show(RoomView(turn: turn).text())
    }

    private static func departure(_ way: String) -> String {
        switch way {
        case "in": "inside"
        case "out": "outside"
        default: way
        }
    }
}
