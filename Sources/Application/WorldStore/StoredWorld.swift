package import Basics
import GRDB
import Glibc
package import WorldModel

/// A world database: opens it, loads the world from it, then hands it to a ``Committer``.
///
/// Opening and loading change nothing in a file that is damaged, foreign or of a newer version.
///
/// - Isolation: plain and non-Sendable; used on one thread, before the committer starts.
/// - SeeAlso: `WorldStoreTests`.
package final class StoredWorld {
    package let path: String
    private let options: StoreOptions
    /// What keeps others out of the folder until everybody has let go of it; the committer does when it has ended.
    package let lock: StoreLock?
    private let ballast: Ballast
    private var queue: DatabaseQueue?

    /// Opens the database, and creates it on first use.
    ///
    /// - Parameters:
    ///   - path: The database file; SQLite keeps its log beside it.
    ///   - options: How to keep it.
    ///   - time: When a new world is said to have been created.
    /// - Throws: ``StoreFailure`` when it is damaged, foreign, newer, in use, or the disk refuses.
    package init(
        path: String, options: StoreOptions = StoreOptions(), time: WallInstant = WallInstant(milliseconds: 0)
    ) throws(StoreFailure) {
        self.path = path
        self.options = options
        let directory = options.directory ?? path.directoryOfPath
        lock = options.locksDirectory ? try StoreLock(directory: directory, path: path) : nil
        let reserve = directory + "/ballast"
        let isSound = try Self.probe(path, reserve: reserve)
        queue = try storing(path) { try Self.open(path, alreadyChecked: isSound, time: time) }
        ballast = Ballast(path: reserve, size: options.ballastBytes)
    }

    /// Looks at an existing database through a connection that cannot write.
    ///
    /// - Returns: False when that was impossible, because there is no file yet or a crash left one that must be
    ///   recovered by a writer first.
    private static func probe(_ path: String, reserve: String) throws(StoreFailure) -> Bool {
        try refuseWhatSQLiteForgives(path, reserve: reserve)
        do {
            let reading = try StoreConnection.reading(path)
            try reading.inDatabase { _ = try check($0, path: path) }
            try reading.close()
            return true
        } catch let error as DatabaseError where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) {
            return false
        } catch {
            throw StoreFailure(error, path: path)
        }
    }

    /// Refuses what SQLite would take for an empty database or an interrupted write, and go on from.
    private static func refuseWhatSQLiteForgives(_ path: String, reserve: String) throws(StoreFailure) {
        try StoreConnection.mustBeFiles(path)
        var file = stat()
        let exists = stat(path, &file) == 0
        let size = exists ? Int(file.st_size) : 0
        // Less than the smallest page is the beginning of a header at best.
        if size > 0, size < 512 { throw .notADatabase(path: path) }
        // The reserve is made only when the tables of a new world are on disk.
        if exists, size == 0, access(reserve, F_OK) == 0 {
            throw .damaged(path: path, reason: "it is empty, though a world has been kept here")
        }
        if size == 0, stat(path + "-wal", &file) == 0, file.st_size > 0 {
            throw .damaged(path: path, reason: "it is gone, and only its write-ahead log is left")
        }
        if let reason = LogScan.damage(inFile: path + "-wal") { throw .damaged(path: path, reason: reason) }
    }

    private static func check(_ db: Database, path: String) throws -> StoreLayout.Found {
        let found = try StoreLayout.inspect(db, path: path)
        if let reason = try StoreLayout.integrity(of: db, thorough: false).first {
            throw StoreFailure.damaged(path: path, reason: reason)
        }
        return found
    }

    private static func open(_ path: String, alreadyChecked: Bool, time: WallInstant) throws -> DatabaseQueue {
        let queue = try StoreConnection.writing(path)
        try queue.inDatabase { db in
            let found = try alreadyChecked ? StoreLayout.inspect(db, path: path) : check(db, path: path)
            try StoreConnection.makeDurable(db, path: path)
            if found == .empty { try StoreLayout.create(in: db, at: time) }
        }
        return queue
    }

    /// Fills an empty world.
    ///
    /// - Throws: ``StoreFailure``; `world` then holds some of the stored world and must be dropped.
    package func load(into world: World) throws(StoreFailure) -> LoadReport {
        guard let queue else { throw .closed(path: path) }
        return try storing(path) { try queue.inDatabase { try StoreReader(db: $0).load(into: world) } }
    }

    /// Hands the database over to a thread of its own.
    ///
    /// - Precondition: Not called before; the store itself is of no more use afterwards.
    package func startCommitter(events: CommitterEvents) -> Committer {
        guard let queue else { preconditionFailure("the database was handed over or closed before") }
        self.queue = nil
        return Committer(path: path, queue: queue, lock: lock, ballast: ballast, options: options, events: events)
    }

    /// Closes a database that no committer was started for.
    package func close() throws(StoreFailure) {
        guard let queue else { return }
        self.queue = nil
        try storing(path) { try queue.close() }
    }
}
