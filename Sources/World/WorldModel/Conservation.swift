import Basics

extension World {
    /// Checks what must hold after every turn: one location, no cycles, contents and locations agree, references of
    /// the graph resolve.
    ///
    /// - Returns: One sentence for each violation; empty when all is well.
    /// - Complexity: O(*n* · depth).
    package func violations() -> [String] {
        var found: [String] = []
        for thing in things.values.sorted(by: { $0.id < $1.id }) {
            if let location = thing.location {
                if things[location.id] !== location { found.append("\(thing.id) is in \(location.id), which is gone") }
                if location.contents.count(where: { $0 === thing }) != 1 {
                    found.append("\(thing.id) is not listed once in \(location.id)")
                }
                if isInCycle(thing) { found.append("\(thing.id) is inside itself") }
            } else if thing.properties[PropertyKey(.location)] != nil {
                found.append("\(thing.id) names a location but is nowhere")
            }
            for content in thing.contents where content.location !== thing {
                found.append("\(thing.id) lists \(content.id), which is elsewhere")
            }
            if thing.properties[PropertyKey(.prototype)] != nil,
                thing.prototype.map({ things[$0.id] !== $0 }) ?? true
            {
                found.append("\(thing.id) names a prototype that is gone")
            }
            if thing.has(.exit), self.thing(thing, .destination)?.has(.place) != true {
                found.append("exit \(thing.id) leads nowhere")
            }
            let name = thing.name.folded
            if name.isEmpty { continue }
            if thing.has(.player), personasByName[name] !== thing {
                found.append("player \(thing.id) shares a name")
            }
            if thing.has(.account), accountsByName[name] !== thing {
                found.append("account \(thing.id) shares a name")
            }
        }
        return found
    }

    private func isInCycle(_ thing: Thing) -> Bool {
        var current = thing.location
        var steps = 0
        while let enclosing = current {
            if enclosing === thing || steps > things.count { return true }
            current = enclosing.location
            steps += 1
        }
        return false
    }
}
