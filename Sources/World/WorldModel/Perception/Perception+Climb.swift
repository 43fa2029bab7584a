/// One thing, found by climbing from it to the observer instead of walking everything around.
extension Perception {
    /// How the observer perceives one thing; nil when it is not around at all or hidden.
    ///
    /// - Complexity: O(depth) for what is in the same place, else O(ways).
    package func percept(of thing: Thing) -> Percept? {
        if thing === observer { return Percept(thing: thing, unseen: nil, unreached: nil) }
        let dark: Objection? = isLit ? nil : .tooDark
        if thing === surroundings {
            if thing.has(.place) { return nil }
            return Percept(thing: thing, unseen: dark, unreached: enclosures.last?.wall)
        }
        if thing.has(.door), thing.location !== surroundings, isDoorHere(thing) {
            return Percept(thing: thing, unseen: dark, unreached: enclosures.last?.wall)
        }
        guard let found = climb(from: thing, depth: 0) else { return nil }
        if let way = found.way {
            if thing.has(.exit) { return nil }
            return Percept(thing: thing, unseen: nil, unreached: found.unreached, way: way)
        }
        return Percept(
            thing: thing, unseen: found.isHeld ? nil : dark, unreached: found.unreached,
            isFelt: found.isHeld && !isLit)
    }

    private struct Climb {
        var unreached: Objection?
        var isHeld = false
        var way: Thing?
    }

    /// What keeps hands from a thing, found from its enclosure outwards to the observer, the surroundings or a place
    /// one looks into.
    private func climb(from thing: Thing, depth: Int) -> Climb? {
        guard depth <= Self.maximumDepth, let enclosure = thing.location else { return nil }
        var outside: Climb
        if enclosure === observer {
            return Climb(unreached: thing.covering.map { .coveredBy($0) }, isHeld: true)
        } else if enclosure === surroundings {
            outside = Climb(unreached: enclosures.last?.wall)
        } else if enclosure.has(.place) {
            guard let view = view(of: enclosure) else { return nil }
            return Climb(unreached: .beyond(view.exit), way: view.exit)
        } else {
            guard let further = climb(from: enclosure, depth: depth + 1),
                let inside = touch(inside: enclosure, outside: further.unreached)
            else { return nil }
            outside = Climb(unreached: inside.objection, isHeld: further.isHeld, way: further.way)
        }
        if enclosure.has(.persona) {
            if let covering = thing.covering {
                if !covering[.isTransparent] { return nil }
                outside.unreached = outside.unreached ?? .coveredBy(covering)
            }
            outside.unreached = outside.unreached ?? (thing[.isWorn] ? .wornBy(enclosure) : .heldBy(enclosure))
        }
        return outside
    }

    /// By which way one looks into another place; nil when one does not, or it is dark there.
    package func view(of place: Thing) -> View? {
        views.first { $0.place === place && Self.isLit(place, in: world) }
    }

    /// Whether the observer sees a thing; oneself always, and what one carries by touch.
    ///
    /// - Complexity: O(depth) for what is in the same place, else O(ways).
    package func sees(_ thing: Thing) -> Bool {
        // A channel is nowhere, and known to everybody by its name.
        if thing === observer || thing.has(.channel) { return true }
        if thing === surroundings { return isLit }
        if thing.has(.door) || thing.has(.wearable) && thing[.isWorn] {
            return percept(of: thing).map { $0.unseen == nil } ?? false
        }
        var link = thing.location
        var content = thing
        var depth = 0
        while let enclosure = link, depth <= Self.maximumDepth {
            if enclosure === observer { return true }
            if enclosure === surroundings { return isLit }
            if enclosure.has(.place) { return !thing.has(.exit) && view(of: enclosure) != nil }
            guard enclosure.has(.persona) && !content.isHiddenByClothes || enclosure.isSeeThrough else { return false }
            content = enclosure
            link = enclosure.location
            depth += 1
        }
        return false
    }

    /// How well the observer hears what happens where a thing is.
    package func hearing(of thing: Thing) -> Hearing {
        guard let here = observer.place, let there = thing.place else {
            return percept(of: thing) == nil ? .silent : .clear
        }
        if here === there { return .clear }
        return world.earshot(from: here, of: there).map { .muffled(through: $0) } ?? .silent
    }
}

/// How well something is heard.
package enum Hearing: Equatable {
    case clear
    /// From the next place.
    case muffled(through: Thing)
    case silent
}
