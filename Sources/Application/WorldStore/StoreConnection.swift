import Basics
import GRDB
import Glibc

/// Opens SQLite connections with the settings the durability of the world rests on.
///
/// Only the connection of ``writing(_:)`` ever writes or checkpoints; SQLite before 3.51.3 may damage a WAL that two
/// connections reset at once.
enum StoreConnection {
    /// A connection that never writes, not even a checkpoint when it is the last to close.
    static func reading(_ path: String) throws -> DatabaseQueue {
        try mustBeFiles(path)
        var configuration = common()
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// A connection to a database that no server has open, which leaves not even SQLite's side files behind.
    ///
    /// It takes no locks and looks at no write-ahead log, so what it reads is right only while nobody writes.
    static func readingUndisturbed(_ path: String) throws -> DatabaseQueue {
        try mustBeFiles(path)
        var configuration = common()
        configuration.readonly = true
        let usesAddresses = try DatabaseQueue().read { db in
            try Bool.fetchOne(db, sql: "SELECT sqlite_compileoption_used('USE_URI')") ?? false
        }
        guard usesAddresses else { return try reading(path) }
        return try DatabaseQueue(path: "file:\(addressed(path))?immutable=1", configuration: configuration)
    }

    /// Refuses a database, or one of SQLite's side files, that is no regular file: before a pipe SQLite would wait for ever, and
    /// no signal would be heard meanwhile.
    ///
    /// - Throws: ``StoreFailure/damaged(path:reason:)``, which names the one that is none.
    static func mustBeFiles(_ path: String) throws(StoreFailure) {
        for name in ["", "-wal", "-shm", "-journal"].map({ path + $0 }) {
            var file = stat()
            guard stat(name, &file) == 0, file.st_mode & S_IFMT != S_IFREG else { continue }
            throw .damaged(path: path, reason: "\(name.nameOfPath) is no regular file")
        }
    }

    /// A path as a URI has it: all but ASCII letters, digits and `/-_.` as percent and two digits.
    private static func addressed(_ path: String) -> String {
        path.utf8.reduce(into: "") { text, byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "."):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16)
                text += digits.count == 1 ? "%0" + digits : "%" + digits
            }
        }
    }

    static func writing(_ path: String) throws -> DatabaseQueue {
        try mustBeFiles(path)
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
