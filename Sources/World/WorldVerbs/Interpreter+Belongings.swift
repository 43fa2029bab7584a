import Basics
import WorldLanguage
import WorldModel

/// What does not leave play with the one who carries it.
extension Interpreter {
    /// Things named in one sentence at most.
    private static let mostNamed = 20

    /// The world's own things among what somebody carries, wherever in it they are.
    ///
    /// - Complexity: O(*n*) in what they carry.
    static func borrowed(by persona: Thing) -> [Thing] {
        var found: [Thing] = []
        var carried = persona.contents
        var next = 0
        while next < carried.count {
            if carried[next][.stays] { found.append(carried[next]) } else { carried += carried[next].contents }
            next += 1
        }
        return found
    }

    /// Sends the world's own things home, and leaves everything else of a guest where the guest is.
    ///
    /// Home rather than here, because a key may be left behind the very door that it opens.
    func leaveBehind(_ persona: Thing, _ location: Thing, _ turn: Turn) {
        var returned: [Thing] = []
        var left: [Thing] = []
        for thing in Self.borrowed(by: persona) {
            let home = Self.home(of: thing, turn.world)
            if home == nil { left.append(thing) } else { returned.append(thing) }
            Self.release(thing, to: home ?? location, turn.world)
        }
        if persona[.isGuest] {
            for thing in persona.contents {
                left.append(thing)
                Self.release(thing, to: location, turn.world)
            }
        }
        tell(of: returned, left, by: persona, turn)
    }

    /// Where the content put a thing, unless that is gone, carried by a player, or inside the thing.
    private static func home(of thing: Thing, _ world: World) -> Thing? {
        guard let home = world.thing(thing, .home), home.place != nil, !home.isWithin(thing) else { return nil }
        var enclosure: Thing? = home
        while let current = enclosure {
            if current.has(.player) { return nil }
            enclosure = current.location
        }
        return home
    }

    private static func release(_ thing: Thing, to location: Thing, _ world: World) {
        if thing[.isWorn] { world.set(.isWorn, to: false, on: thing) }
        world.move(thing, to: location)
    }

    // MARK: What others see of it

    private func tell(of returned: [Thing], _ left: [Thing], by persona: Thing, _ turn: Turn) {
        let here = persona.place
        let world = turn.world
        if !returned.isEmpty {
            let names = Self.names(returned, here, world)
            turn.announce(
                Self.isOne(returned, here, world)
                    ? "\(names) goes back where it belongs." : "\(names) go back where they belong.", in: here,
                except: [persona], as: .movement)
        }
        if !left.isEmpty {
            turn.announce(
                "\(persona) \(verb: "leave") \(Self.names(left, here, world)) behind.", in: here, except: [persona],
                as: .movement)
        }
        var told = [here]
        for place in returned.map(\.place) where !told.contains(where: { $0 === place }) {
            told.append(place)
            let things = returned.filter { $0.place === place && $0.location === place }
            if things.isEmpty { continue }
            let names = Self.names(things, place, world)
            turn.announce(
                Self.isOne(things, place, world)
                    ? "\(names) is back where it belongs." : "\(names) are back where they belong.", in: place,
                as: .movement)
        }
    }

    /// Whether the names of the things take a singular verb.
    private static func isOne(_ things: [Thing], _ place: Thing?, _ world: World) -> Bool {
        !isLit(place, world) || things.count == 1 && !things[0].isPlural
    }

    private static func isLit(_ place: Thing?, _ world: World) -> Bool {
        place.map { Perception.isLit($0, in: world) } == true
    }

    private static func names(_ things: [Thing], _ place: Thing?, _ world: World) -> Sentence {
        if !isLit(place, world) { return "\(phrase: "something", .thing)" }
        return "\(things: things, .atMost(mostNamed))"
    }
}
