package import WorldModel
package import WorldStore

/// Compares what is recovered from a database with what was done before it was interrupted.
package struct RecoveryProof {
    /// Every turn that was submitted, from the first.
    package var records: [TurnRecord]
    /// The last turn that was published as durable.
    package var published: UInt64

    package init(records: [TurnRecord], published: UInt64) {
        self.records = records
        self.published = published
    }

    /// Opens the database as a server would and looks for anything lost, half done or invented.
    ///
    /// - Returns: One sentence for each finding; empty when the promise was kept.
    package func findings(path: String, options: StoreOptions) -> [String] {
        let world = World()
        do throws(StoreFailure) {
            let store = try StoredWorld(path: path, options: options)
            _ = try store.load(into: world)
            try store.close()
        } catch {
            return ["the store does not open again: \(error)"]
        }
        return findings(in: world)
    }

    /// The same for a world that was loaded already.
    package func findings(in world: World) -> [String] {
        var found = world.violations()
        if world.sequence < published {
            found.append("turn \(published) was published as durable but only \(world.sequence) turns are there")
        }
        guard world.sequence <= UInt64(records.count) else {
            return found + ["turn \(world.sequence) is there but was never submitted"]
        }
        let expected = World()
        do {
            for record in records.prefix(Int(world.sequence)) { try expected.replay(record) }
        } catch {
            return found + ["the script itself does not replay: \(error)"]
        }
        if expected.snapshot() != world.snapshot() { found.append("the world is not that of turn \(world.sequence)") }
        if expected.nextID > world.nextID { found.append("the number \(world.nextID) would be given out again") }
        return found
    }
}
