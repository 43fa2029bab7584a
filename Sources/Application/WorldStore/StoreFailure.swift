import GRDB
import WorldModel

/// Why a stored world cannot be opened, read or written; each case describes itself in one sentence.
package enum StoreFailure: Error, Hashable, Sendable, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    case notADatabase(path: String)
    /// An SQLite database of another program.
    case notAWorld(path: String, reason: String)
    case damaged(path: String, reason: String)
    case newerVersion(path: String, version: Int, known: Int)
    /// There is no place for a new file of that name.
    case cannotCreate(path: String, reason: String)
    case diskFull(path: String)
    /// The process that has it open; nil when it could not be told.
    case locked(path: String, pid: Int?)
    case exists(path: String)
    case io(path: String, reason: String)
    /// The committer has stopped or failed.
    case closed(path: String)

    package var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path) cannot be opened: \(reason)."
        case .notADatabase(let path): "\(path) is not a world database."
        case .notAWorld(let path, let reason): "\(path) is a database of another program: \(reason)."
        case .damaged(let path, let reason): "\(path) is damaged: \(reason)."
        case .newerVersion(let path, let version, let known):
            "\(path) was written by a newer version of this program (layout \(version), this one knows \(known))."
        case .cannotCreate(let path, let reason): "\(path) cannot be written: \(reason)."
        case .diskFull(let path): "\(path) cannot be written: the disk is full."
        case .locked(let path, let pid):
            "\(path) is in use by " + (pid.map { "process \($0)" } ?? "another process") + "."
        case .exists(let path): "\(path) already exists."
        case .io(let path, let reason): "\(path) failed: \(reason)."
        case .closed(let path): "\(path) is no longer open."
        }
    }

    init(_ error: any Error, path: String) {
        switch error {
        case let failure as StoreFailure: self = failure
        case let damage as WorldDamage: self = .damaged(path: path, reason: damage.description)
        case let error as DatabaseError: self = Self(error, path: path)
        default: self = .io(path: path, reason: "\(error)")
        }
    }

    private init(_ error: DatabaseError, path: String) {
        let reason = (error.message ?? "unknown error") + " (SQLite \(error.extendedResultCode.rawValue))"
        self =
            switch error.resultCode {
            case .SQLITE_NOTADB: .notADatabase(path: path)
            // SQLITE_ERROR: our own statements are right, so the tables are not what they should be.
            case .SQLITE_CORRUPT, .SQLITE_FORMAT, .SQLITE_ERROR: .damaged(path: path, reason: reason)
            case .SQLITE_FULL: .diskFull(path: path)
            case .SQLITE_BUSY, .SQLITE_LOCKED: .locked(path: path, pid: nil)
            case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_READONLY:
                .unreadable(path: path, reason: reason)
            default: .io(path: path, reason: reason)
            }
    }
}

/// Runs `body` and turns whatever it throws into a ``StoreFailure`` about `path`.
func storing<Answer>(_ path: String, _ body: () throws -> Answer) throws(StoreFailure) -> Answer {
    do {
        return try body()
    } catch {
        throw StoreFailure(error, path: path)
    }
}
