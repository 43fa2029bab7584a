import GRDB

/// Opens SQLite connections with the settings the durability of the world rests on.
///
/// Only the connection of ``writing(_:)`` ever writes or checkpoints; SQLite before 3.51.3 may damage a WAL that two
/// connections reset at once.
enum StoreConnection {
    /// A connection that never writes, not even a checkpoint when it is the last to close.
    static func reading(_ path: String) throws -> DatabaseQueue {
        var configuration = common()
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    static func writing(_ path: String) throws -> DatabaseQueue {
        var configuration = common()
        // A failed ROLLBACK must reach the committer as an error, not as GRDB's trap.
        configuration.allowsUnsafeTransactions = true
        // The committer has its own way of waiting; this is for the moment of opening.
        configuration.busyMode = .timeout(1)
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    private static func common() -> Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0")
        }
        return configuration
    }

    /// Turns on the write-ahead log and full synchronisation, and reads both back.
    ///
    /// SQLite's own checkpoints are off because they swallow their errors: a failed fsync must be seen.
    static func makeDurable(_ db: Database, path: String) throws {
        // The switch itself still uses a rollback journal, which only EXTRA deletes durably: one that came back after a
        // power cut would undo the switch, and with it the whole write-ahead log.
        try db.execute(sql: "PRAGMA synchronous = EXTRA")
        let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
        try db.execute(
            sql: """
                PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864
                """)
        let level = try Int.fetchOne(db, sql: "PRAGMA synchronous")
        guard mode == "wal", level == 2 else {
            throw StoreFailure.io(path: path, reason: "the file system does not allow a write-ahead log")
        }
    }
}
