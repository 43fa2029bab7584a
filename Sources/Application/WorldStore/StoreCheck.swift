import GRDB
import WorldModel

/// Looks for anything wrong in a world database, without changing it; a server may be using it meanwhile.
///
/// - Returns: One sentence for each finding; empty when all is well.
/// - Complexity: reads the whole database and builds the whole world.
package func checkStore(at path: String) -> [String] {
    var found: [String] = []
    if let reason = LogScan.damage(inFile: path + "-wal") {
        found.append(StoreFailure.damaged(path: path, reason: reason).description)
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
                found += try StoreLayout.integrity(of: db, thorough: true).map { "\(path) is damaged: \($0)." }
                _ = try StoreReader(db: db).load(into: world)
                return .commit
            }
        }
        try reading.close()
        found += world.violations().map { $0 + "." }
    } catch {
        found.append(StoreFailure(error, path: path).description)
    }
    return found
}
