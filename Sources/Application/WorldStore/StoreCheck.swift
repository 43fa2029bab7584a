import GRDB
import WorldModel

/// What ``checkStore(at:)`` found.
package struct StoreFindings: Hashable, Sendable {
    /// One sentence for each; empty when all is well.
    package var problems: [String] = []
    /// Things of the stored world; zero when it cannot be read.
    package var things = 0
    /// The last turn on disk; zero when it cannot be read.
    package var turns: UInt64 = 0
}

/// Looks for anything wrong in a world database, without changing it; a server may be using it meanwhile.
///
/// - Complexity: reads the whole database and builds the whole world.
package func checkStore(at path: String) -> StoreFindings {
    var found = StoreFindings()
    if let reason = LogScan.damage(inFile: path + "-wal") {
        found.problems.append(StoreFailure.damaged(path: path, reason: reason).description)
    }
    do {
        let reading = try StoreConnection.reading(path)
        let world = World()
        try reading.inDatabase { db in
            guard try StoreLayout.inspect(db, path: path) == .world else {
                throw StoreFailure.notAWorld(path: path, reason: "it is empty")
            }
            // One transaction, so that the tables and the log belong together.
            try db.inTransaction(.deferred) {
                found.problems += try StoreLayout.integrity(of: db, thorough: true).map { "\(path) is damaged: \($0)." }
                _ = try StoreReader(db: db).load(into: world)
                return .commit
            }
        }
        try reading.close()
        found.problems += world.violations().map { $0 + "." }
        found.things = world.things.count
        found.turns = world.sequence
    } catch {
        found.problems.append(StoreFailure(error, path: path).description)
    }
    return found
}
