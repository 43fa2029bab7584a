/// Finding ways between places.
extension World {
    /// Places that are looked at for one route at most.
    package static let widestSearch = 10_000

    /// The shortest route between two places, each way counted as one step.
    ///
    /// - Parameters:
    ///   - start: Where it begins.
    ///   - goal: Where it ends.
    ///   - limit: How many places are looked at at most.
    ///   - mayPass: Whether one may take a way, which leads to the second thing; asked only of ways between places that
    ///     people can go.
    /// - Returns: The ways to take, in order, none when start and goal are one; nil when no route was found. Of equally
    ///   short ones, that by the ways that were there first.
    /// - Complexity: O(*n*) in the ways of the places looked at, in time and memory.
    package func route(
        from start: Thing, to goal: Thing, atMost limit: Int = widestSearch, where mayPass: (Thing, Thing) -> Bool
    ) -> [Thing]? {
        if start === goal { return [] }
        // Places in the order of their distance, each with the way there and where in this list that begins.
        var reached: [(place: Thing, exit: Thing?, from: Int)] = [(start, nil, 0)]
        var seen: Set<ThingID> = [start.id]
        var next = 0
        while next < reached.count {
            for exit in exits(of: reached[next].place) where exit[.impassable].isEmpty {
                guard let beyond = thing(exit, .destination), beyond.has(.place), !seen.contains(beyond.id),
                    mayPass(exit, beyond)
                else { continue }
                reached.append((beyond, exit, next))
                if beyond === goal { return steps(to: reached.count - 1, of: reached) }
                if reached.count >= limit { return nil }
                seen.insert(beyond.id)
            }
            next += 1
        }
        return nil
    }

    private func steps(to end: Int, of reached: [(place: Thing, exit: Thing?, from: Int)]) -> [Thing] {
        var ways: [Thing] = []
        var index = end
        while let exit = reached[index].exit {
            ways.append(exit)
            index = reached[index].from
        }
        return ways.reversed()
    }
}

/// Where players have been.
extension World {
    /// Places a player remembers; of more, those that were seen first are forgotten.
    package static let mostVisited = 500
    /// Of them, those that are written again with each new one.
    private static let mostVisitedLately = 32

    /// Remembers that a player has been in a place.
    ///
    /// - Complexity: O(*n*) in what they remember.
    package func noteVisit(of place: Thing, by persona: Thing) {
        guard persona.has(.player), place.has(.place), !hasVisited(place, persona) else { return }
        guard let number = Int(exactly: place.id.number) else { return }
        let latest = persona[.visitedLately] + [number]
        if latest.count < Self.mostVisitedLately { return set(.visitedLately, to: latest, on: persona) }
        set(.visited, to: Array((persona[.visited] + latest).suffix(Self.mostVisited)), on: persona)
        set(PropertyKey(.visitedLately), to: nil, on: persona)
    }

    /// Whether a player remembers a place.
    package func hasVisited(_ place: Thing, _ persona: Thing) -> Bool {
        guard let number = Int64(exactly: place.id.number) else { return false }
        var rest = Self.mostVisited
        for core in [CoreProperty.visitedLately, .visited] {
            guard case .list(let known)? = persona.value(of: PropertyKey(core)) else { continue }
            if known.suffix(rest).contains(.int(number)) { return true }
            rest = max(0, rest - known.count)
        }
        return false
    }

    /// The places a player remembers and where they are, in order of the first visit; those that are gone are left out.
    package func visitedPlaces(of persona: Thing) -> [Thing] {
        var places = (persona[.visited] + persona[.visitedLately]).suffix(Self.mostVisited).compactMap { number in
            UInt64(exactly: number).flatMap { things[ThingID($0)] }
        }.filter { $0.has(.place) }
        if let here = persona.place, !places.contains(here) { places.append(here) }
        return places
    }
}
