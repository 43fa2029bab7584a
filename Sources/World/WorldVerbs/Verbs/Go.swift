import WorldLanguage
import WorldModel

extension Verb {
    static let go = Verb(
        "go", ["walk"], group: .moving, usage: ["go DIRECTION", "go WAY", "go to PLACE", "DIRECTION"],
        summary: "Go somewhere; a direction alone is enough.",
        help: """
            The ways out of a place are the last line of its description. Type a direction or its short form: n, ne, e, \
            se, s, sw, w, nw, u, d, in, out. A way that has a name can be gone by it, and one with a door by the door. \
            With `to` and the name of a place where you have been before, you walk there by the shortest way you know, \
            open doors that are not locked, and stop where something bars the way; `path to` only tells the way.
            Example: `go north`, `n`, `go stairs`, or only `stairs`; `go to the square`.
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
        case .place(let place)?: try travel(to: place)
        case nil: throw refuse("You have to say where.")
        }
    }

    func go(_ direction: Direction) throws {
        if let exit = turn.perception.exit(toward: direction) { return try go(through: exit) }
        guard let enclosure = actor.location else { throw refuse("You are nowhere at all.") }
        if enclosure.has(.place) { throw refuse("You cannot go \(direction.word) from here.") }
        throw refuse("You would have to leave \(the: enclosure) first.")
    }

    func go(through exit: Thing) throws { showPlace(to: try step(through: exit)) }
}
