/// Why the world does not let somebody see or reach something.
package enum Objection: Hashable {
    case tooDark
    /// It is inside this, which is closed.
    case closed(Thing)
    /// Somebody else holds it.
    case heldBy(Thing)
    /// Somebody else wears it.
    case wornBy(Thing)
}

/// A thing as somebody perceives it.
package struct Percept {
    package let thing: Thing
    /// Why it cannot be seen; nil when it can.
    package let unseen: Objection?
    /// Why it cannot be touched; nil when it can.
    package let unreached: Objection?
}

/// What one person perceives from where they are: a walk over the links of containment, surfaces, openness,
/// transparency and light, with an objection wherever a link does not let sight or touch through.
///
/// Make one for a question and drop it; it does not follow later changes.
///
/// - Limits: things nested deeper than ``maximumDepth`` are not perceived; a walk ends after ``maximumCount`` things.
/// - Complexity: O(*n*) in the things around.
package struct Perception {
    package static let maximumDepth = 16
    package static let maximumCount = 20_000

    package let observer: Thing
    private let world: World
    /// The outermost enclosure the observer looks out into.
    package let surroundings: Thing?
    /// Whether there is light where the observer is.
    package let isLit: Bool
    /// What encloses the observer within the surroundings, and what keeps their hands from things at that level.
    private let enclosures: [(enclosure: Thing, wall: Objection?)]

    package init(of observer: Thing, in world: World) {
        self.observer = observer
        self.world = world
        var outermost = observer.location
        var passed: [(Thing, Objection?)] = []
        var wall: Objection?
        while let enclosure = outermost, !enclosure.has(.place), enclosure.isSeeThrough, let beyond = enclosure.location
        {
            passed.append((enclosure, wall))
            if !enclosure[.isSurface], !enclosure[.isOpen] { wall = wall ?? .closed(enclosure) }
            outermost = beyond
        }
        if let outermost, !passed.isEmpty { passed.append((outermost, wall)) }
        enclosures = passed
        surroundings = outermost
        isLit = outermost.map { Self.isLit($0) } ?? false
    }

    /// Whether there is light in an enclosure: its own, or from a lit thing that shines out.
    package static func isLit(_ enclosure: Thing) -> Bool {
        if enclosure.has(.place), !enclosure[.isDark] { return true }
        return shines(enclosure, depth: 0)
    }

    private static func shines(_ enclosure: Thing, depth: Int) -> Bool {
        if depth > maximumDepth { return false }
        for content in enclosure.contents {
            if content.has(.light), content[.isLit] { return true }
            if content.contents.isEmpty { continue }
            if content.has(.persona) || content.isSeeThrough, shines(content, depth: depth + 1) { return true }
        }
        return false
    }

    /// Calls `visit` with everything around the observer, what they carry first, then outwards.
    ///
    /// Things hidden in closed opaque containers are not visited; things in the dark are, with an objection.
    /// - Parameter visit: Returns false to end the walk.
    package func walk(_ visit: (Percept) -> Bool) {
        var budget = Self.maximumCount
        let dark: Objection? = isLit ? nil : .tooDark
        // One knows by touch what one carries.
        guard walkContents(of: observer, unseen: nil, unreached: nil, depth: 0, &budget, visit) else { return }
        guard let surroundings else { return }
        let wall = enclosures.last?.wall
        if !surroundings.has(.place) {
            guard visit(Percept(thing: surroundings, unseen: dark, unreached: wall)) else { return }
        }
        guard walkContents(of: surroundings, unseen: dark, unreached: wall, depth: 0, &budget, visit) else { return }
        for door in doors where door.location !== surroundings {
            if !visit(Percept(thing: door, unseen: dark, unreached: wall)) { return }
        }
    }

    private func walkContents(
        of enclosure: Thing, unseen: Objection?, unreached: Objection?, depth: Int, _ budget: inout Int,
        _ visit: (Percept) -> Bool
    ) -> Bool {
        if depth > Self.maximumDepth { return true }
        for thing in enclosure.contents {
            budget -= 1
            if budget < 0 { return false }
            if thing === observer {
                if !visit(Percept(thing: thing, unseen: nil, unreached: nil)) { return false }
                continue
            }
            var grip = unreached
            if enclosure.has(.persona), enclosure !== observer {
                grip = grip ?? (thing[.isWorn] ? .wornBy(enclosure) : .heldBy(enclosure))
            }
            if !visit(Percept(thing: thing, unseen: unseen, unreached: grip)) { return false }
            if thing.contents.isEmpty { continue }
            guard let inside = touch(inside: thing, outside: grip) else { continue }
            if !walkContents(of: thing, unseen: unseen, unreached: inside.objection, depth: depth + 1, &budget, visit) {
                return false
            }
        }
        return true
    }

    private struct Touch {
        var objection: Objection?
    }

    /// What keeps hands from the contents of a thing, given what keeps them from the thing; nil when its contents
    /// are not perceived at all.
    private func touch(inside thing: Thing, outside: Objection?) -> Touch? {
        if !enclosures.isEmpty, let level = enclosures.first(where: { $0.enclosure === thing }) {
            return Touch(objection: level.wall)
        }
        if thing.has(.container) {
            if thing[.isSurface] || thing[.isOpen] { return Touch(objection: outside) }
            return thing[.isTransparent] ? Touch(objection: outside ?? .closed(thing)) : nil
        }
        return thing.has(.persona) ? Touch(objection: outside) : nil
    }

    /// The doors of the ways out, each once; a door belongs to both places its exits join and is in neither.
    private var doors: [Thing] {
        guard let place = surroundings, place.has(.place) else { return [] }
        var found: [Thing] = []
        for exit in place.contents where exit.has(.exit) {
            if let door = world.thing(exit, .door), !found.contains(where: { $0 === door }) { found.append(door) }
        }
        return found
    }

    /// The way out in a direction; known also in the dark.
    package func exit(toward direction: Direction) -> Thing? {
        surroundings?.contents.first { $0.has(.exit) && $0[.direction] == direction.rawValue }
    }

    /// How the observer perceives one thing; nil when it is not around at all or hidden.
    ///
    /// - Complexity: O(depth) for all but doors, which cost the number of exits.
    package func percept(of thing: Thing) -> Percept? {
        if thing === observer { return Percept(thing: thing, unseen: nil, unreached: nil) }
        let dark: Objection? = isLit ? nil : .tooDark
        if thing === surroundings {
            if thing.has(.place) { return nil }
            return Percept(thing: thing, unseen: dark, unreached: enclosures.last?.wall)
        }
        if let found = climb(from: thing, depth: 0) {
            return Percept(thing: thing, unseen: found.isHeld ? nil : dark, unreached: found.unreached)
        }
        if thing.has(.door), doors.contains(where: { $0 === thing }) {
            return Percept(thing: thing, unseen: dark, unreached: enclosures.last?.wall)
        }
        return nil
    }

    /// What keeps hands from a thing, found from its enclosure outwards to the observer or the surroundings.
    private func climb(from thing: Thing, depth: Int) -> (unreached: Objection?, isHeld: Bool)? {
        guard depth <= Self.maximumDepth, let enclosure = thing.location else { return nil }
        if enclosure === observer { return (nil, true) }
        var outside: (unreached: Objection?, isHeld: Bool)
        if enclosure === surroundings {
            outside = (enclosures.last?.wall, false)
        } else {
            guard let further = climb(from: enclosure, depth: depth + 1),
                let inside = touch(inside: enclosure, outside: further.unreached)
            else { return nil }
            outside = (inside.objection, further.isHeld)
        }
        if enclosure.has(.persona) {
            outside.unreached = outside.unreached ?? (thing[.isWorn] ? .wornBy(enclosure) : .heldBy(enclosure))
        }
        return outside
    }

    /// Whether the observer sees a thing; oneself always, and what one carries by touch.
    ///
    /// Climbs from the thing to the observer instead of walking everything around.
    /// - Complexity: O(depth) for all but doors, which cost the number of exits.
    package func sees(_ thing: Thing) -> Bool {
        if thing === observer { return true }
        if thing === surroundings { return isLit }
        if thing.has(.door) { return percept(of: thing).map { $0.unseen == nil } ?? false }
        var link = thing.location
        var depth = 0
        while let enclosure = link, depth <= Self.maximumDepth {
            if enclosure === observer { return true }
            if enclosure === surroundings { return isLit }
            guard enclosure.has(.persona) || enclosure.isSeeThrough else { return false }
            link = enclosure.location
            depth += 1
        }
        return false
    }
}

extension Thing {
    /// Whether sight passes its walls: a surface, an open container, or a transparent one.
    package var isSeeThrough: Bool {
        has(.container) && (self[.isSurface] || self[.isOpen] || self[.isTransparent])
    }
}
