import WorldModel

/// Where the places of each area lie, laid out by the directions of the ways between them.
///
/// The place of an area that was made first is at 0, 0, 0; east, north and up count upwards. A place that two ways put at two
/// spots stays at the first; one that no such way leads to from there has no spot. Unlike a ``Chart``, it is the same for
/// everybody and wherever one stands, so that programs can join what they were told of different places.
///
/// - Isolation: belongs to the world's thread; ``forget()`` it when ways or places change.
/// - Limits: ``FactLimits/charted`` places of an area.
package final class AreaChart {
    private var byArea: [String: [ThingID: PlaceFacts.Coordinates]] = [:]
    /// Kept when the rest is forgotten: to find them, all things are gone through.
    private var firstPlaces: [String: ThingID] = [:]

    package init() {}

    /// Lays everything out anew when somebody asks next.
    package func forget() { byArea = [:] }

    /// Where a place lies in its area; nil when that is not known.
    ///
    /// - Complexity: O(1), but O(*n*) in the things of the world for the first place of an area.
    func coordinates(of place: Thing, in world: World) -> PlaceFacts.Coordinates? {
        let area = place[.area]
        if area.isEmpty { return nil }
        if let known = byArea[area] { return known[place.id] }
        let made = firstPlace(of: area, in: world).map { Self.layOut(area, from: $0, in: world) } ?? [:]
        byArea[area] = made
        return made[place.id]
    }

    private func firstPlace(of area: String, in world: World) -> Thing? {
        func isOne(_ thing: Thing) -> Bool { thing.has(.place) && thing[.area] == area }
        if let known = firstPlaces[area].flatMap({ world.things[$0] }), isOne(known) { return known }
        let first = world.things.values.lazy.filter(isOne).min { $0.id < $1.id }
        firstPlaces[area] = first?.id
        return first
    }

    private static func layOut(_ title: String, from first: Thing, in world: World) -> [ThingID: PlaceFacts.Coordinates]
    {
        let area = PlaceFacts.Coordinates(x: 0, y: 0, z: 0, area: first.id.number)
        var spots = [first.id: area]
        var reached = [first]
        var next = 0
        while next < reached.count, reached.count < FactLimits.charted {
            let place = reached[next]
            next += 1
            guard let spot = spots[place.id] else { continue }
            for exit in world.exits(of: place) {
                guard let step = Direction(rawValue: exit[.direction])?.step,
                    let beyond = world.thing(exit, .destination), beyond.has(.place), beyond[.area] == title,
                    spots[beyond.id] == nil
                else { continue }
                spots[beyond.id] = PlaceFacts.Coordinates(
                    x: spot.x + step.x, y: spot.y + step.y, z: spot.z + step.z, area: area.area)
                reached.append(beyond)
            }
        }
        return spots
    }
}

extension Direction {
    /// Which way it goes in space; nil for in and out.
    fileprivate var step: (x: Int, y: Int, z: Int)? {
        switch self {
        case .north: (0, 1, 0)
        case .northeast: (1, 1, 0)
        case .east: (1, 0, 0)
        case .southeast: (1, -1, 0)
        case .south: (0, -1, 0)
        case .southwest: (-1, -1, 0)
        case .west: (-1, 0, 0)
        case .northwest: (-1, 1, 0)
        case .up: (0, 0, 1)
        case .down: (0, 0, -1)
        case .inside, .outside: nil
        }
    }
}
