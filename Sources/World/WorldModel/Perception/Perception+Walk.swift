/// Everything around, in order.
extension Perception {
    /// Calls `visit` with everything around the observer, what they carry first, then outwards.
    ///
    /// Things hidden in closed opaque containers or under clothes, and things in dark places beyond a way, are not
    /// visited; things in the dark around are, with an objection.
    /// - Parameters:
    ///   - words: What names what is looked for: where things are many, those that it cannot name are left out; empty
    ///     to meet everything.
    ///   - limit: How many things are met at most of those that lie around, and as many of those within them; things that are
    ///     not perceived count as well.
    ///   - visit: Returns false to end the walk.
    package func walk(naming words: [String] = [], atMost limit: Int = maximumCount, _ visit: (Percept) -> Bool) {
        var walk = Walk(openly: limit, within: limit, dark: isLit ? nil : .tooDark, words: words)
        guard walkHeld(&walk, visit) else { return }
        guard let surroundings else { return }
        let wall = enclosures.last?.wall
        if !surroundings.has(.place) {
            guard visit(Percept(thing: surroundings, unseen: walk.dark, unreached: wall)) else { return }
        }
        guard walkContents(of: surroundings, unreached: wall, depth: 0, &walk, visit) else { return }
        let doors = doors
        for door in doors where door.location !== surroundings {
            if !visit(Percept(thing: door, unseen: walk.dark, unreached: wall)) { return }
        }
        for view in views where Self.isLit(view.place, in: world) {
            walk.way = view.exit
            walk.dark = nil
            if !walkContents(of: view.place, unreached: .beyond(view.exit), depth: 0, &walk, visit) { return }
        }
    }

    /// Calls `visit` with everything the observer carries and wears, as ``walk(naming:atMost:_:)`` does.
    package func walkHeld(naming words: [String] = [], atMost limit: Int = maximumCount, _ visit: (Percept) -> Bool) {
        var walk = Walk(openly: limit, within: limit, dark: nil, words: words)
        _ = walkHeld(&walk, visit)
    }

    /// Calls `visit` with what is perceived directly in something, as ``walk(naming:atMost:_:)`` does.
    package func walk(
        contentsOf enclosure: Thing, naming words: [String] = [], atMost limit: Int = maximumCount,
        _ visit: (Percept) -> Bool
    ) {
        let known = words.isEmpty ? nil : enclosure.candidates(for: words, atMost: limit)
        for thing in (known ?? enclosure.contents).prefix(limit) {
            if let percept = percept(of: thing), !visit(percept) { return }
        }
    }

    /// What one carries one knows by touch.
    private func walkHeld(_ walk: inout Walk, _ visit: (Percept) -> Bool) -> Bool {
        let dark = walk.dark
        walk.dark = nil
        walk.isFelt = !isLit
        defer {
            walk.dark = dark
            walk.isFelt = false
        }
        return walkContents(of: observer, unreached: nil, depth: 0, &walk, visit)
    }

    /// What stays the same for a whole part of a walk.
    private struct Walk {
        /// Things that may still be met of those that lie openly or are carried.
        var openly: Int
        /// The same of those within them, apart, so that a full chest hides nothing that lies beside it.
        var within: Int
        var dark: Objection?
        let words: [String]
        var way: Thing?
        var isFelt = false
    }

    private func walkContents(
        of enclosure: Thing, unreached: Objection?, depth: Int, _ walk: inout Walk, _ visit: (Percept) -> Bool
    ) -> Bool {
        if depth > Self.maximumDepth { return true }
        let isPersona = enclosure.has(.persona)
        let isSomebodyElse = isPersona && enclosure !== observer
        let coverings = isPersona ? enclosure.coverings : []
        let limit = depth == 0 ? walk.openly : walk.within
        let known = walk.words.isEmpty ? nil : enclosure.candidates(for: walk.words, atMost: max(limit, 0))
        for thing in known ?? enclosure.contents {
            if depth == 0 {
                walk.openly -= 1
                if walk.openly < 0 { return false }
            } else {
                walk.within -= 1
                if walk.within < 0 { return true }
            }
            if thing === observer {
                if !visit(Percept(thing: thing, unseen: nil, unreached: nil)) { return false }
                continue
            }
            if walk.way != nil, isHiddenBeyond(thing) { continue }
            var grip = unreached
            if !coverings.isEmpty, let covering = thing.covering(among: coverings) {
                if isSomebodyElse, !covering[.isTransparent] { continue }
                grip = grip ?? .coveredBy(covering)
            }
            if isSomebodyElse { grip = grip ?? (thing[.isWorn] ? .wornBy(enclosure) : .heldBy(enclosure)) }
            let percept = Percept(
                thing: thing, unseen: walk.dark, unreached: grip, way: walk.way, isFelt: walk.isFelt)
            if !visit(percept) { return false }
            if thing.contents.isEmpty { continue }
            guard let inside = touch(inside: thing, outside: grip) else { continue }
            if !walkContents(of: thing, unreached: inside.objection, depth: depth + 1, &walk, visit) { return false }
        }
        return true
    }

    /// Ways of another place are not seen from here, and a door between is seen where it is.
    private func isHiddenBeyond(_ thing: Thing) -> Bool {
        thing.has(.exit) || thing.has(.door) && isDoorHere(thing)
    }

    func isDoorHere(_ thing: Thing) -> Bool { doors.contains { $0 === thing } }

    struct Touch {
        var objection: Objection?
    }

    /// What keeps hands from the contents of a thing, given what keeps them from the thing; nil when its contents
    /// are not perceived at all.
    func touch(inside thing: Thing, outside: Objection?) -> Touch? {
        if !enclosures.isEmpty, let level = enclosures.first(where: { $0.enclosure === thing }) {
            return Touch(objection: level.wall)
        }
        if thing.has(.place) { return nil }
        if thing.has(.container) {
            if thing[.isSurface] || thing[.isOpen] { return Touch(objection: outside) }
            return thing[.isTransparent] ? Touch(objection: outside ?? .closed(thing)) : nil
        }
        return thing.has(.persona) ? Touch(objection: outside) : nil
    }
}
