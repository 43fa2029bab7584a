import GRDB
import Glibc
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
/// Of a stopped server nothing in the folder is touched, not even SQLite's side files made.
///
/// - Complexity: reads the whole database and builds the whole world; twice if a server started meanwhile.
package func checkStore(at path: String) -> StoreFindings {
    // A server that runs, or was killed, leaves a write-ahead log that belongs to the database.
    let before = FileState(path)
    guard FileState(path + "-wal") == nil else { return look(at: path, StoreConnection.reading) }
    let found = look(at: path, StoreConnection.readingUndisturbed)
    if FileState(path + "-wal") == nil, FileState(path) == before { return found }
    return look(at: path, StoreConnection.reading)
}

private func look(at path: String, _ open: (String) throws -> DatabaseQueue) -> StoreFindings {
    var found = StoreFindings()
    if let reason = LogScan.damage(inFile: path + "-wal") {
        found.problems.append(StoreFailure.damaged(path: path, reason: reason).description)
    }
    do {
        let reading = try open(path)
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

/// What tells whether a file was written to meanwhile.
private struct FileState: Equatable {
    private let inode, size, seconds, nanoseconds: Int

    /// Nothing when there is no such file.
    init?(_ path: String) {
        var file = stat()
        guard stat(path, &file) == 0 else { return nil }
        inode = Int(truncatingIfNeeded: file.st_ino)
        size = Int(file.st_size)
        seconds = file.st_mtim.tv_sec
        nanoseconds = file.st_mtim.tv_nsec
    }
}
