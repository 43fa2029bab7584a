import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let shout = Verb(
        "shout", ["yell"], group: .talking, usage: ["shout TEXT"], summary: "Say something that is heard far off.",
        help: """
            Everybody in the same place hears you, and so do those up to \(Action.shoutRange) steps away, with the direction, \
            unless a closed door is between. It is loud: use it when you have to.
            Example: `shout Is anybody here?`.
            """,
        forms: [[.text]]
    ) { command, action in
        action.shout(command.text)
    }
}

extension Action {
    /// How far a shout is heard, in steps, which a way's `distance` counts.
    static let shoutRange = 4
    /// Places that hear one shout at most.
    private static let mostPlaces = 60

    fileprivate func shout(_ text: String) {
        announce("\(actor) \(verb: "shout"), \"\(speech: text)\"", as: .speech)
        guard let place else { return }
        for (beyond, way, steps) in Self.earshot(of: place, in: world) {
            // A voice is known by its sound, whether its owner is seen or not.
            let sentence: Sentence =
                switch (Self.source(way), steps) {
                case (let source?, ..<2): "\(source), you hear \(name: actor) shout, \"\(speech: text)\""
                case (let source?, 2): "\(source), some way off, you hear \(name: actor) shout, \"\(speech: text)\""
                case (let source?, _): "\(source), far away, you hear \(name: actor) shout, \"\(speech: text)\""
                case (nil, ..<3): "From near by, you hear \(name: actor) shout, \"\(speech: text)\""
                case (nil, _): "From far away, you hear \(name: actor) shout, \"\(speech: text)\""
                }
            turn.announce(sentence, in: beyond, as: .speech)
        }
    }

    /// From where it is heard by those to whom a way leads; nil when the way has no direction.
    private static func source(_ way: Thing) -> Sentence? {
        Direction(rawValue: way[.direction])?.opposite.arrival
    }

    /// The other places that hear a shout, the nearest first, each with the last way there and how far it is.
    ///
    /// A shout goes by every way but through a closed door or where a way says that no sound passes.
    /// - Complexity: O(*n*) in the ways of the places, of which there are ``mostPlaces`` at most.
    private static func earshot(of place: Thing, in world: World) -> [(place: Thing, way: Thing, steps: Int)] {
        var found: [(place: Thing, way: Thing, steps: Int)] = []
        var seen: Set<ThingID> = [place.id]
        // By distance, because a way may be several steps long.
        var waiting: [[(place: Thing, way: Thing?)]] = Array(repeating: [], count: shoutRange + 1)
        waiting[0] = [(place, nil)]
        for distance in 0...shoutRange {
            var next = 0
            while next < waiting[distance].count, found.count < mostPlaces {
                let (current, way) = waiting[distance][next]
                next += 1
                if let way {
                    if !seen.insert(current.id).inserted { continue }
                    found.append((current, way, distance))
                }
                for exit in world.exits(of: current) where passesShout(exit, world) {
                    guard let beyond = world.thing(exit, .destination), beyond.has(.place), !seen.contains(beyond.id),
                        distance + exit.steps <= shoutRange
                    else { continue }
                    waiting[distance + exit.steps].append((beyond, exit))
                }
            }
        }
        return found
    }

    private static func passesShout(_ way: Thing, _ world: World) -> Bool {
        way.value(of: PropertyKey(.sound)) != .bool(false) && world.door(of: way)?[.isOpen] ?? true
    }
}
