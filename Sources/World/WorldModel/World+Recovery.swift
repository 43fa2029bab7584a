/// A thing as the store keeps it.
package struct StoredThing: Sendable {
    package var id: ThingID
    package var properties: [String: Value]

    package init(id: ThingID, properties: [String: Value]) {
        self.id = id
        self.properties = properties
    }
}

/// What is wrong with a stored world.
package struct WorldDamage: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String

    package init(_ description: String) {
        self.description = description
    }
}

extension World {
    /// Fills an empty world from the store: the tables first, then ``replay(_:)`` for the log's tail.
    ///
    /// - Parameters:
    ///   - stored: Every thing, in any order.
    ///   - nextID: The first number that was never given out.
    ///   - sequence: The last turn the tables contain.
    /// - Throws: ``WorldDamage`` naming the first thing that cannot be.
    package func restore(_ stored: [StoredThing], nextID: UInt64, sequence: UInt64) throws(WorldDamage) {
        precondition(things.isEmpty && turn == nil, "only an empty world can be restored")
        things.reserveCapacity(stored.count)
        self.nextID = max(nextID, (stored.map(\.id.number).max() ?? 0) + 1)
        self.sequence = sequence
        for item in stored {
            guard things.updateValue(Thing(id: item.id, lexicon: lexicon), forKey: item.id) == nil else {
                throw WorldDamage("thing \(item.id) is stored twice")
            }
        }
        // Prototypes before what inherits from them cannot be had by order; faculties settle by refresh.
        for item in stored.sorted(by: { arrival(of: $0) < arrival(of: $1) }) {
            guard let thing = things[item.id] else { continue }
            for (name, value) in item.properties { try recover(name, value, on: thing) }
        }
    }

    private func arrival(of item: StoredThing) -> Int64 {
        guard case .list(let pair)? = item.properties["location"], pair.count == 2, case .int(let number) = pair[1]
        else { return 0 }
        return number
    }

    /// Applies one record of the log's tail.
    package func replay(_ record: TurnRecord) throws(WorldDamage) {
        guard record.sequence == sequence + 1 else {
            throw WorldDamage("turn \(record.sequence) follows turn \(sequence): the log has a gap")
        }
        sequence = record.sequence
        for change in record.changes {
            switch change {
            case .create(let id):
                guard things[id] == nil else { throw WorldDamage("turn \(sequence) creates \(id) again") }
                things[id] = Thing(id: id, lexicon: lexicon)
                nextID = max(nextID, id.number &+ 1)
            case .destroy(let id):
                guard let thing = things.removeValue(forKey: id) else {
                    throw WorldDamage("turn \(sequence) destroys \(id), which is not there")
                }
                thing.exists = false
                toldInTail[id] = nil
            case .set(let id, let name, let value):
                guard let thing = things[id] else {
                    throw WorldDamage("turn \(sequence) changes \(id), which is not there")
                }
                try recover(name, value, on: thing)
                // It holds what was told before.
                if name == Self.nameOfTold { toldInTail[id] = nil }
            }
        }
        for telling in record.tellings {
            let event = KeptEvent(
                time: record.time, category: telling.category, text: telling.text, utterance: telling.utterance)
            for id in telling.recipients where things[id] != nil { toldInTail[id, default: KeptEvents()].append(event) }
        }
    }

    private static let nameOfTold = "\(CoreProperty.told)"

    /// What the log's tail told each character, behind what its property `told` holds; forgets it.
    ///
    /// Those who were there may have read it before the crash, or not: the log cannot tell.
    package func takeTold() -> [ThingID: KeptEvents] {
        defer { toldInTail = [:] }
        return toldInTail
    }

    private func recover(_ name: String, _ value: Value?, on thing: Thing) throws(WorldDamage) {
        guard let key = names.key(of: name) else { throw WorldDamage("too many property names, at \(name)") }
        if key.core == .location, case .list(let pair)? = value, pair.count == 2, case .int(let number) = pair[1] {
            guard let id = ThingID(pair[0]), things[id] != nil else {
                throw WorldDamage("thing \(thing.id) is in something that does not exist")
            }
            nextArrival = max(nextArrival, number &+ 1)
        }
        if key.core == .forms, let value, let newer = StoredForm.firstUnknown(in: value) {
            throw WorldDamage("a later version has stored it: this one does not know that form of \"\(newer)\"")
        }
        if key.core == .faculties || key.core == .lacks, let value, Faculties(value) == nil {
            throw WorldDamage("thing \(thing.id) has a faculty this version does not know")
        }
        assign(key, value, on: thing)
    }

    /// Every thing as the store keeps it, by number; for tests and comparison.
    package func snapshot() -> [StoredThing] {
        things.values.sorted { $0.id < $1.id }.map { thing in
            var properties: [String: Value] = [:]
            for (key, value) in thing.ownProperties { properties[names.name(of: key)] = value }
            return StoredThing(id: thing.id, properties: properties)
        }
    }
}

extension StoredThing: Hashable {}
