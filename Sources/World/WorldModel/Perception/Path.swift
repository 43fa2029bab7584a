/// One step on the way from somebody to a thing, with what it bars.
package struct Link {
    package enum Kind: Hashable {
        /// It lies openly where the observer is.
        case here
        /// The observer has it.
        case own
        /// In a container.
        case inside
        /// On a surface.
        case upon
        /// Somebody has it.
        case held
        case worn
        /// A door of the place.
        case door
        /// Another place, beyond a way.
        case way(Thing)
        /// Out of what the observer is in.
        case out
    }

    package let kind: Kind
    package let source: Thing
    package let target: Thing
    /// What this link, and none before it, bars.
    package let unseen: Objection?
    package let unreached: Objection?
}

/// The links from somebody to a thing, the nearest first.
extension Perception {
    /// How one gets from the observer to a thing; nil when it is not perceived.
    ///
    /// - Complexity: O(depth + ways).
    package func path(to thing: Thing) -> [Link]? {
        guard let percept = percept(of: thing), thing !== observer else { return nil }
        var links: [Link] = []
        var target = thing
        while let source = target.location, target !== observer, target !== surroundings, !target.has(.place) {
            links.append(link(from: source, to: target))
            if source === observer || source === surroundings { break }
            target = source
        }
        if let way = percept.way, let place = thing.place {
            links.append(
                Link(
                    kind: .way(way), source: surroundings ?? observer, target: place, unseen: nil,
                    unreached: .beyond(way)))
        } else if links.isEmpty, thing.has(.door), let surroundings {
            links.append(Link(kind: .door, source: surroundings, target: thing, unseen: dark, unreached: nil))
        }
        if !percept.isFelt, links.last?.source !== observer { links += wayOut.reversed() }
        return links.reversed()
    }

    private var dark: Objection? { isLit ? nil : .tooDark }

    /// Out of what the observer is in, the innermost first.
    private var wayOut: [Link] {
        zip(enclosures, enclosures.dropFirst()).map { inner, outer in
            Link(
                kind: .out, source: inner.enclosure, target: outer.enclosure, unseen: nil,
                unreached: outer.wall == inner.wall ? nil : outer.wall)
        }
    }

    private func link(from source: Thing, to target: Thing) -> Link {
        if source === observer {
            let covering = target.covering.map { Objection.coveredBy($0) }
            return Link(kind: .own, source: source, target: target, unseen: nil, unreached: covering)
        }
        if source === surroundings {
            return Link(kind: .here, source: source, target: target, unseen: dark, unreached: nil)
        }
        if source.has(.persona) {
            let isWorn = target[.isWorn]
            return Link(
                kind: isWorn ? .worn : .held, source: source, target: target, unseen: nil,
                unreached: isWorn ? .wornBy(source) : .heldBy(source))
        }
        if source.has(.place) { return Link(kind: .here, source: source, target: target, unseen: nil, unreached: nil) }
        let isShut = !source[.isSurface] && !source[.isOpen] && !enclosures.contains { $0.enclosure === source }
        return Link(
            kind: source[.isSurface] ? .upon : .inside, source: source, target: target, unseen: nil,
            unreached: isShut ? .closed(source) : nil)
    }
}
