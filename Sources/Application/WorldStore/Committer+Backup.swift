import Basics
import FileAccess
import GRDB
import Glibc
import WorldModel

/// What a finished backup holds; it was opened and read again before it got its name.
package struct BackupReport: Hashable, Sendable {
    package var path: String
    package var things: Int
    package var properties: Int
    /// The last turn it contains.
    package var sequence: UInt64
    /// Size of the file, in octets.
    package var bytes: Int
    package var took: Duration
}

extension Committer {
    /// Writes a copy of the database as it is now, while turns go on being committed.
    ///
    /// The copy is made under a temporary name (`<target>.partial`), verified (SQLite's integrity check, every checksum,
    /// the whole world loaded), synchronised, and only then named `target`.
    ///
    /// - Parameters:
    ///   - target: Where to; on the disk of the backup.
    ///   - replacing: Whether an older back-up may be replaced; otherwise it is refused, as any other file always is.
    ///   - completion: Called once, on a thread of the backup.
    package func backup(
        to target: String, replacing: Bool = false,
        completion: @escaping @Sendable (Result<BackupReport, StoreFailure>) -> Void
    ) {
        let path = path
        let isOpen = shared.withLock { shared in
            if shared.isStopping || shared.hasEnded { return false }
            shared.backups += 1
            return true
        }
        guard isOpen else { return completion(.failure(.closed(path: path))) }
        let isStarted = startThread { [self] in
            let backup = Backup(source: path, target: target, replacing: replacing)
            do throws(StoreFailure) {
                completion(.success(try backup.run()))
            } catch {
                completion(.failure(error))
            }
            shared.signal { $0.backups -= 1 }
        }
        if !isStarted {
            shared.signal { $0.backups -= 1 }
            completion(.failure(.io(path: path, reason: "the system has no thread for a backup")))
        }
    }
}

/// One copy of a database.
struct Backup: Sendable {
    let source: String
    let target: String
    let replacing: Bool

    private var partial: String { target + ".partial" }

    func run() throws(StoreFailure) -> BackupReport {
        let began = CommitterLoop.now()
        let folder = target.directoryOfPath
        if access(folder, W_OK | X_OK) != 0 {
            throw .cannotCreate(path: target, reason: "its folder \(folder) " + Self.trouble(errno))
        }
        var file = stat()
        if !replacing, lstat(target, &file) == 0 { throw .exists(path: target) }
        try refuseWhatIsNoCopy(folder)
        unlink(partial)
        do {
            try storing(partial) {
                let reading = try StoreConnection.reading(source)
                try reading.inDatabase { try $0.execute(sql: "VACUUM INTO ?", arguments: [partial]) }
                try reading.close()
            }
            var report = try verify()
            try synchronise(partial)
            try rename()
            report.took = began.duration(to: CommitterLoop.now())
            return report
        } catch {
            unlink(partial)
            throw error
        }
    }

    /// Refuses to put the copy in the place of what a server works on, or of anything but an older copy.
    private func refuseWhatIsNoCopy(_ folder: String) throws(StoreFailure) {
        let sideFiles = ["-wal", "-shm", "-journal"].map { source.nameOfPath + $0 }
        if FileIdentity(folder) == FileIdentity(source.directoryOfPath), sideFiles.contains(target.nameOfPath) {
            throw .cannotCreate(path: target, reason: "SQLite would take it for a part of the running world")
        }
        for path in [target, partial] {
            var file = stat()
            guard lstat(path, &file) == 0 else { continue }
            guard file.st_mode & S_IFMT == S_IFREG, FileIdentity(path) != FileIdentity(source), isReplaceable(path)
            else {
                throw .cannotCreate(path: target, reason: "\(path) is not an older back-up, so it is not replaced")
            }
        }
    }

    /// Whether a file is empty or begins as an SQLite database does.
    private func isReplaceable(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let magic = Array("SQLite format 3\0".utf8)
        var start = [UInt8](repeating: 0, count: magic.count)
        let count = pread(descriptor, &start, start.count, 0)
        return count == 0 || start == magic
    }

    private static func trouble(_ code: Int32) -> String {
        switch code {
        case ENOENT: "does not exist"
        case ENOTDIR: "is not a folder"
        default: "refuses (\(SystemReason.text(of: code)))"
        }
    }

    private func verify() throws(StoreFailure) -> BackupReport {
        let world = World()
        let loaded = try storing(partial) {
            let reading = try StoreConnection.reading(partial)
            let loaded = try reading.inDatabase { db in
                if let wrong = try StoreLayout.integrity(of: db, thorough: true).first { throw WorldDamage(wrong) }
                return try StoreReader(db: db).load(into: world)
            }
            try reading.close()
            return loaded
        }
        if let wrong = world.violations().first { throw .damaged(path: partial, reason: wrong) }
        var file = stat()
        let size = stat(partial, &file) == 0 ? Int(file.st_size) : 0
        return BackupReport(
            path: target, things: world.things.count, properties: loaded.properties, sequence: loaded.sequence,
            bytes: size, took: .zero)
    }

    private func synchronise(_ path: String) throws(StoreFailure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(path) }
    }

    private func rename() throws(StoreFailure) {
        if replacing {
            guard Glibc.rename(partial, target) == 0 else { throw failure(target) }
        } else {
            // Unlike rename(2), link(2) refuses a name that came into being meanwhile.
            guard link(partial, target) == 0 else {
                throw errno == EEXIST ? .exists(path: target) : failure(target)
            }
            unlink(partial)
        }
        try synchronise(target.directoryOfPath)
    }

    private func failure(_ path: String) -> StoreFailure {
        errno == ENOSPC ? .diskFull(path: path) : .io(path: path, reason: SystemReason.text(of: errno))
    }
}
