import Basics

extension World {
    /// Checks what must hold after every turn: one location, no cycles, contents and locations agree, references of
    /// the graph and all others resolve, and what is derived agrees with what it is derived from.
    ///
    /// - Returns: One sentence for each violation; empty when all is well.
    /// - Complexity: O(*n* · depth).
    package func violations() -> [String] {
        var found: [String] = []
        // Older worlds kept references to what was gone.
        let isOld = needsUpgrade
        var listed: [ThingID: Int] = [:]
        for thing in things.values {
            for content in thing.contents where content.location === thing { listed[content.id, default: 0] += 1 }
        }
        for thing in things.values.sorted(by: { $0.id < $1.id }) {
            if let location = thing.location {
                if things[location.id] !== location { found.append("\(thing.id) is in \(location.id), which is gone") }
                if listed[thing.id] != 1 {
                    found.append("\(thing.id) is not listed once in \(location.id)")
                }
                if isInCycle(thing) { found.append("\(thing.id) is inside itself") }
            } else if thing.properties[PropertyKey(.location)] != nil {
                found.append("\(thing.id) names a location but is nowhere")
            }
            checkContents(of: thing, &found)
            if thing.properties[PropertyKey(.prototype)] != nil,
                thing.prototype.map({ things[$0.id] !== $0 }) ?? true
            {
                found.append("\(thing.id) names a prototype that is gone")
            }
            if thing.has(.exit), self.thing(thing, .destination)?.has(.place) != true {
                found.append("exit \(thing.id) leads nowhere")
            }
            for heir in thing.heirs where heir.prototype !== thing {
                found.append("\(thing.id) counts \(heir.id) among its heirs, which is none")
            }
            if let prototype = thing.prototype, !prototype.heirs.contains(thing) {
                found.append("\(thing.id) is not among the heirs of \(prototype.id)")
            }
            checkReferences(of: thing, isOld, &found)
            let name = thing.name.folded
            if name.isEmpty { continue }
            if thing.has(.player), personasByName[name] !== thing {
                found.append("player \(thing.id) shares a name")
            }
            if thing.has(.account), accountsByName[name] !== thing {
                found.append("account \(thing.id) shares a name")
            }
        }
        checkIndexes(&found)
        return found
    }

    private func checkContents(of thing: Thing, _ found: inout [String]) {
        for (index, content) in thing.contents.enumerated() {
            if content.location !== thing { found.append("\(thing.id) lists \(content.id), which is elsewhere") }
            if index > 0, thing.contents[index - 1].arrival > content.arrival {
                found.append("\(thing.id) lists \(content.id) after what came later")
            }
        }
        if let index = thing.nameIndex, !index.knows(thing.contents) {
            found.append("\(thing.id) does not know its contents by their names")
        }
    }

    /// Nothing is found by what it does not have any more, and what it has is found by it.
    private func checkIndexes(_ found: inout [String]) {
        for (index, things) in [("content key", byContentKey), ("account", accountsByName), ("player", personasByName)]
        {
            for (name, thing) in things.sorted(by: { $0.key < $1.key }) {
                let key = PropertyKey(index == "content key" ? .contentKey : .name)
                let own = thing.ownValue(of: key).flatMap { String($0) } ?? ""
                if self.things[thing.id] !== thing || (key.core == .name ? own.folded : own) != name {
                    found.append("the \(index) \(name) is said to be \(thing.id)")
                }
            }
        }
        for (id, referrers) in namedBy.sorted(by: { $0.key < $1.key }) {
            for referrer in referrers {
                var isNamed = false
                things[referrer.thing]?.ownValue(of: referrer.key)?.visitReferences { isNamed = isNamed || $0 == id }
                if !isNamed { found.append("\(id) believes that \(referrer.thing) names it") }
            }
        }
        for (key, index) in valueIndexes.sorted(by: { $0.key.index < $1.key.index }) {
            let listed = index.reduce(0) { $0 + $1.value.count }
            let isRight = index.allSatisfy { value, things in
                things.allSatisfy { self.things[$0.id] === $0 && $0.ownValue(of: key) == value }
            }
            if !isRight || listed != things.values.count(where: { $0.ownValue(of: key) != nil }) {
                found.append("things are listed wrongly by their \(names.name(of: key))")
            }
        }
        if let root, things[root.id] !== root || !root.has(.world) { found.append("the settings are in \(root.id)") }
    }

    private func checkReferences(of thing: Thing, _ isOld: Bool, _ found: inout [String]) {
        for (key, value) in thing.ownProperties where key.isPlainReference {
            value.visitReferences { id in
                if things[id] == nil, isOld { return }
                if things[id] == nil {
                    found.append("\(names.name(of: key)) of \(thing.id) names \(id), which is gone")
                } else if namedBy[id]?.contains(Referrer(thing: thing.id, key: key)) != true {
                    found.append("\(names.name(of: key)) of \(thing.id) names \(id), which does not know it")
                }
            }
        }
    }

    /// The things that a record of the turn that has just ended changes although they were gone, which no replay could do.
    ///
    /// - Complexity: O(*n*) in the changes.
    package func strays(in record: TurnRecord) -> [ThingID] {
        var ended: Set<ThingID> = []
        for case .destroy(let id) in record.changes { ended.insert(id) }
        var gone: Set<ThingID> = []
        return record.changes.compactMap { change in
            switch change {
            case .create: nil
            case .destroy(let id):
                gone.insert(id).inserted ? nil : id
            case .set(let id, _, _):
                gone.contains(id) || things[id] == nil && !ended.contains(id) ? id : nil
            }
        }
    }

    /// What there is to be counted, and must only change by what is made, ended or said to: things, and the sum of
    /// every `amount`.
    ///
    /// - Complexity: O(*n*).
    package func ledger() -> Ledger {
        var ledger = Ledger()
        ledger.things = things.count
        if let key = names.known("amount") {
            for thing in things.values {
                if case .int(let amount)? = thing.properties[key] { ledger.amount &+= amount }
            }
        }
        return ledger
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

/// The quantities of a world.
package struct Ledger: Equatable, Sendable {
    package var things = 0
    package var amount: Int64 = 0

    /// What is wrong with a turn that began with another ledger, as a sentence; nil when nothing was lost or gained.
    ///
    /// What a turn makes and ends it may count; an amount may move, but its sum changes only with a thing that has one.
    package func imbalance(since before: Ledger, _ record: TurnRecord?) -> String? {
        var made = 0
        for change in record?.changes ?? [] {
            switch change {
            case .create: made += 1
            case .destroy: made -= 1
            case .set: break
            }
        }
        if things != before.things + made { return "a turn made or lost \(things - before.things - made) things" }
        let isRemade = record?.changes.contains { if case .set = $0 { false } else { true } } ?? false
        if amount != before.amount, !isRemade { return "a turn changed the sum of all amounts" }
        return nil
    }
}
