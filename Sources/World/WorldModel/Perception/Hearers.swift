/// Another place in which a loud sound is heard.
package struct Hearer {
    package let place: Thing
    /// The last way there, from the place before it.
    package let way: Thing
    /// How far it is; an ordinary way is one.
    package let steps: Int
}

extension World {
    /// Places that hear one sound at most.
    package static let mostHearers = 100

    /// The other places that hear a loud sound, the nearest first.
    ///
    /// It goes by every way but through a closed door or where a way says that no sound passes.
    ///
    /// - Parameters:
    ///   - place: Where it is made.
    ///   - range: How far it is heard, in steps, which a way's `distance` counts.
    /// - Returns: At most ``mostHearers`` places, without the one it comes from.
    /// - Complexity: O(*n*) in the ways of those places.
    package func hearers(from place: Thing, range: Int) -> [Hearer] {
        guard range > 0 else { return [] }
        var found: [Hearer] = []
        var seen: Set<ThingID> = [place.id]
        // By distance, because a way may be several steps long.
        var waiting: [[(place: Thing, way: Thing?)]] = Array(repeating: [], count: range + 1)
        waiting[0] = [(place, nil)]
        for distance in 0...range {
            var next = 0
            while next < waiting[distance].count, found.count < Self.mostHearers {
                let (current, way) = waiting[distance][next]
                next += 1
                if let way {
                    if !seen.insert(current.id).inserted { continue }
                    found.append(Hearer(place: current, way: way, steps: distance))
                }
                for exit in exits(of: current) where distance + exit.steps <= range && carriesLoudSound(exit) {
                    guard let beyond = thing(exit, .destination), beyond.has(.place), !seen.contains(beyond.id) else {
                        continue
                    }
                    waiting[distance + exit.steps].append((beyond, exit))
                }
            }
        }
        return found
    }

    /// Whether what is loud is heard through a way, also one through which speech is not.
    private func carriesLoudSound(_ exit: Thing) -> Bool {
        exit.value(of: PropertyKey(.sound)) != .bool(false) && door(of: exit)?[.isOpen] ?? true
    }
}
