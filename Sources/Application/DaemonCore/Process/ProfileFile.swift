import FileAccess
import Glibc
import ReactorCore

/// The file that a profile of the event loop is written to.
///
/// What is there already is replaced when it is empty or an earlier profile, and otherwise left as it is.
enum ProfileFile {
    /// Opens the file to write into it, and makes it, its owner's alone, when it is missing; an earlier profile is gone then.
    ///
    /// - Returns: The descriptor, which is the caller's to close.
    /// - Throws: ``DaemonFailure``: it cannot be opened, or is another file.
    static func open(_ path: String) throws(DaemonFailure) -> Int32 {
        let descriptor: Int32
        do throws(FileFailure) {
            descriptor = try openToAppend(path, followsLinks: true, takesPipes: true)
        } catch {
            throw failure(path, error.reason)
        }
        var status = stat()
        // What reads slowly shall have all of it.
        guard fcntl(descriptor, F_SETFL, O_APPEND) == 0, fstat(descriptor, &status) == 0 else {
            let reason = SystemReason.text(of: errno)
            close(descriptor)
            throw failure(path, reason)
        }
        // A terminal or a pipe has nothing that could be lost.
        guard status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else { return descriptor }
        guard isProfile(path, like: status) else {
            close(descriptor)
            throw failure(path, foreign)
        }
        guard ftruncate(descriptor, 0) == 0 else {
            let reason = SystemReason.text(of: errno)
            close(descriptor)
            throw failure(path, reason)
        }
        return descriptor
    }

    /// Looks whether the file could be opened, without changing it.
    ///
    /// - Parameters:
    ///   - path: The file, as it is called in a complaint.
    ///   - place: Where it is for this process.
    /// - Throws: ``DaemonFailure``, as opening it would.
    static func tryOut(_ path: String, at place: String) throws(DaemonFailure) {
        if let code = FileTrial.obstacle(toWriting: place) { throw failure(path, SystemReason.text(of: code)) }
        var status = stat()
        guard stat(place, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else { return }
        guard isProfile(place, like: status) else { throw failure(path, foreign) }
    }

    /// Whether a file is the one that was looked at, and begins as a profile does.
    private static func isProfile(_ path: String, like status: stat) -> Bool {
        do throws(FileFailure) {
            let file = try RegularFile(path)
            let beginning = Array(LoopProfile.firstWords.utf8)
            return file.status.st_dev == status.st_dev && file.status.st_ino == status.st_ino
                && file.octets(at: 0, count: beginning.count) == beginning
        } catch {
            return false
        }
    }

    private static let foreign = "what is there is no profile, and is left as it is"

    private static func failure(_ path: String, _ reason: String) -> DaemonFailure {
        DaemonFailure(.cannotCreate, "The profile \(path) cannot be opened: \(reason).")
    }
}
