import GRDB
import GRDBSQLite

/// Knows how many frames the write-ahead log holds since it was last checkpointed.
///
/// - Isolation: plain and non-Sendable; SQLite calls the hook on the thread that commits.
final class LogWatch {
    /// Frames (pages) in the log after the last commit.
    var frames = 0

    func watch(_ db: Database) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_wal_hook(
            db.sqliteConnection,
            { context, _, _, frames in
                guard let context else { return SQLITE_OK }
                Unmanaged<LogWatch>.fromOpaque(context).takeUnretainedValue().frames = Int(frames)
                return SQLITE_OK
            }, context)
    }

    func unwatch(_ db: Database) {
        sqlite3_wal_hook(db.sqliteConnection, nil, nil)
    }
}
