import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let path = Verb(
        "path", ["route"], group: .moving, usage: ["path to PLACE"], summary: "Read the way to a place you know.",
        help: """
            Tells the directions from here to a place where you have been before, by the shortest way through places you \
            know. `go to` walks it.
            Example: `path to the square`.
            """,
        forms: [[.way]], hasShortForms: false
    ) { command, action in
        switch command.way {
        case .place(let place)?: try action.tellPath(to: place)
        case .exit(let exit)?: action.turn.reply("That is here: \(phrase: exit.wayName, .exit).", as: .sight)
        case .direction, nil:
            throw action.refuse("Say to which place: \(command: "path to PLACE").")
        }
    }
}

/// Walking by places that one knows.
extension Action {
    /// Steps of one walk at most; whoever wants to go farther walks again.
    private static let longestWalk = 30
    /// Directions that are told at most.
    private static let longestTold = 60

    /// The shortest way to a place through places the actor knows, past open and closed doors; past locked ones only
    /// when there is no other.
    func knownRoute(to goal: Thing) -> [Thing]? {
        guard let start = place else { return nil }
        let known = Set(world.visitedPlaces(of: actor).map(\.id))
        let strict = world.route(from: start, to: goal) { exit, beyond in
            known.contains(beyond.id) && (world.door(of: exit).map { $0[.isOpen] || canOpen($0) } ?? true)
        }
        return strict ?? world.route(from: start, to: goal) { _, beyond in known.contains(beyond.id) }
    }

    private func canOpen(_ door: Thing) -> Bool { door[.isOpenable] && !door[.isLocked] }

    private func routeOrRefusal(to goal: Thing) throws -> [Thing] {
        if place === goal { throw refuse("You are there.") }
        guard let route = knownRoute(to: goal) else {
            throw refuse("You know no way from here to \(content: goal.name, .title).")
        }
        return route
    }

    /// Walks to a place, step by step, until something bars the way.
    func travel(to goal: Thing) throws {
        let route = try routeOrRefusal(to: goal)
        let walked = route.prefix(Self.longestWalk)
        var party = [actor]
        for (index, exit) in walked.enumerated() {
            let before = party
            do {
                try turn.attempt {
                    // Told with the next step, because where one stops is shown whole.
                    if index > 0 { namePlace(to: party) }
                    try openDoor(of: exit)
                    party = try step(through: exit)
                }
            } catch let refusal as Refusal {
                if index == 0 { throw refusal }
                showPlace(to: party)
                return turn.show(refusal.text, as: .refusal)
            }
            if party.count < before.count { showPlace(to: before.filter { !party.contains($0) }) }
        }
        showPlace(to: party)
        let rest = route.count - walked.count
        if rest > 0 {
            turn.reply("You stop for breath; \(content: goal.name, .title) is \(number: rest) steps farther.")
        }
    }

    /// Opens the door of a way, as everybody here sees; a locked one says so.
    private func openDoor(of exit: Thing) throws {
        guard let door = world.door(of: exit), !door[.isOpen] else { return }
        if !door[.isOpenable] { throw turn.refusal(.closed(door)) }
        try requireOpenable(door)
        if door[.isLocked] { throw refuse("\(door) \(verb: "be") locked.") }
        world.set(.isOpen, to: true, on: door)
        announceAtDoor(door, "\(actor) \(verb: "open") \(the: door).", "\(door) \(verb: "open").")
    }

    func tellPath(to goal: Thing) throws {
        let route = try routeOrRefusal(to: goal)
        let ways: [Sentence] = route.prefix(Self.longestTold).map { "\(phrase: $0.wayName, .exit)" }
        let name: Sentence = "\(content: goal.name, .title)"
        if route.count == 1 {
            turn.reply("\(name) is one step from here: \(list: ways).", as: .sight)
        } else if route.count > ways.count {
            turn.reply("\(name) is \(number: route.count) steps from here: \(list: ways), and so on.", as: .sight)
        } else {
            turn.reply("\(name) is \(number: route.count) steps from here: \(list: ways).", as: .sight)
        }
        let lock = route.lazy.compactMap { world.door(of: $0) }.first { !$0[.isOpen] && $0[.isLocked] }
        if let lock { turn.reply("But \(name: lock) is locked, as far as you know.", as: .sight) }
    }
}
