import Basics
import FileAccess
import Glibc

/// Changes a file of secrets so that every reader sees the old or the new one, whole.
///
/// The new file has the owner, group and permissions of the old one; a new one is its owner's alone. Who changes it
/// holds a lock on the folder meanwhile (`flock(2)`), which every program that uses this heeds.
///
/// - Isolation: none; blocks, so change files on a worker.
enum SecretFile {
    /// The largest file that is read, in octets: some 100,000 accounts.
    static let longest = 16 << 20

    /// Puts what `change` makes of the file's text in its place; nil leaves the file as it is.
    ///
    /// - Parameters:
    ///   - path: The file; of a symbolic link, the file it leads to.
    ///   - waits: Whether to wait for another who is changing it, or to fail.
    ///   - change: Makes the new text of the old; the old is nil when there is no file yet.
    /// - Throws: ``CheckerFailure`` with the path, or what `change` throws; the file is as it was then.
    static func change(
        _ path: String, waits: Bool, _ change: (String?) throws(CheckerFailure) -> String?
    ) throws(CheckerFailure) {
        let path = realPath(path)
        let folder = path.directoryOfPath
        let lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0 else { throw failure(folder) }
        defer { close(lock) }
        guard flock(lock, waits ? LOCK_EX : LOCK_EX | LOCK_NB) == 0 else { throw failure(folder) }
        let found: (octets: [UInt8], status: stat)?
        do throws(FileFailure) {
            found = try load(path)
        } catch {
            guard error.code == ENOENT else { throw CheckerFailure("\(path): \(error.reason)") }
            found = nil
        }
        let old = try found.map { found throws(CheckerFailure) in
            (text: try text(of: found.octets, path), status: found.status)
        }
        guard let new = try change(old?.text) else { return }
        // Not mkstemp: a child begun meanwhile would inherit its descriptor.
        let draft = "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36))"
        do throws(FileFailure) {
            let mode = (old?.status.st_mode ?? 0o600) & 0o777
            try FileDraft(Array(new.utf8), at: draft, mode: mode, owner: owner(old?.status)).replace(path)
        } catch {
            unlink(draft)
            throw CheckerFailure("\(path): \(error.reason)")
        }
    }

    /// Whose a file is to be that replaces one of somebody else's.
    private static func owner(_ former: stat?) -> (user: uid_t, group: gid_t)? {
        guard let former, former.st_uid != geteuid() || former.st_gid != getegid() else { return nil }
        return (former.st_uid, former.st_gid)
    }

    /// What a file of secrets says, and what the system says of the file.
    static func read(_ path: String) throws(CheckerFailure) -> (text: String, status: stat) {
        let found: (octets: [UInt8], status: stat)
        do throws(FileFailure) {
            found = try load(path)
        } catch {
            throw CheckerFailure("\(path): \(error.reason)")
        }
        return (try text(of: found.octets, path), found.status)
    }

    private static func load(_ path: String) throws(FileFailure) -> (octets: [UInt8], status: stat) {
        let file = try RegularFile(path)
        return (try file.read(limit: longest), file.status)
    }

    private static func text(of octets: [UInt8], _ path: String) throws(CheckerFailure) -> String {
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw CheckerFailure("\(path): this is not UTF-8 text")
        }
        return text
    }

    private static func realPath(_ path: String) -> String {
        guard let found = realpath(path, nil) else { return path }
        defer { free(found) }
        return String(cString: found)
    }

    private static func failure(_ path: String) -> CheckerFailure {
        CheckerFailure("\(path): \(SystemReason.text(of: errno))")
    }
}
