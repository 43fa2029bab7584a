package import FileAccess
import Glibc

/// The file that names the running server's process, and keeps a second one from starting.
///
/// What counts is the lock (`flock(2)`), which the kernel drops with the process however it ends; the number in the file is
/// for people and scripts. A file left behind by a crash is simply taken over.
package final class PidFile {
    /// How a file stands that a server may hold.
    package enum Standing: Equatable, Sendable {
        /// There is no such file.
        case absent
        /// Nobody holds it; a process that crashed may have left its number.
        case abandoned(Int?)
        /// A process holds it.
        case held(Int?)
        /// That cannot be found out, for this reason.
        case unreadable(FileFailure)
    }

    /// A look at a lock takes it for some microseconds: how often one that is held is tried again, 10 ms apart.
    private static let trials = 10
    /// Octets of a pid file at most: the longest number of 64 bits, or one a little shorter and the end of its line.
    private static let longest = 20

    /// Where the file is, whatever folder the process goes to; nil when it is out of reach.
    private var path: String?
    private let descriptor: Int32

    /// Makes and locks the file; with the mask of `mudd` it is its owner's alone, so that nobody else can hold the lock.
    ///
    /// - Throws: ``DaemonFailure``: another process holds the lock, the file cannot be made, or it is there already and holds
    ///   something else than a process's number; then it is left as it is.
    package init(path: String) throws(DaemonFailure) {
        let locked = try Self.lock(path)
        guard Self.holdsNumber(locked) else {
            close(locked)
            throw Self.foreign(path)
        }
        let text = Array("\(getpid())\n".utf8)
        guard ftruncate(locked, 0) == 0, pwrite(locked, text, text.count, 0) == text.count else {
            let code = errno
            unlink(path)
            close(locked)
            throw Self.failure(path, code)
        }
        descriptor = locked
        self.path = Self.absolute(path)
    }

    private static func lock(_ path: String) throws(DaemonFailure) -> Int32 {
        var trial = 0
        while true {
            let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
            guard opened >= 0 else { throw failure(path, errno) }
            guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
                let owner = owner(opened).map { "process \($0)" } ?? "another process"
                close(opened)
                trial += 1
                guard trial < trials else {
                    throw DaemonFailure(.tryAgain, "A server runs already: \(owner) holds \(path).")
                }
                usleep(10_000)
                continue
            }
            // Its last owner may have removed it between the opening and the lock.
            if isSame(opened, path) { return opened }
            close(opened)
        }
    }

    /// Removes the file while it is locked and nobody else can have taken it, or empties it where it may not be removed.
    deinit {
        guard let path, Self.isSame(descriptor, path), unlink(path) == 0 else {
            ftruncate(descriptor, 0)
            _ = close(descriptor)
            return
        }
        close(descriptor)
    }

    /// The process has another root folder from now on: the file's path there is somebody else's.
    package func losePath() { path = nil }

    /// Looks whether the file could be made or written, without doing it.
    ///
    /// - Throws: ``DaemonFailure``, as making it would.
    package static func tryOut(_ path: String) throws(DaemonFailure) {
        if let code = FileTrial.obstacle(toWriting: path, followsLinks: false) { throw failure(path, code) }
        if isForeign(path) { throw foreign(path) }
    }

    /// Whether there is a file that no server may have made.
    private static func isForeign(_ path: String) -> Bool {
        do throws(FileFailure) {
            let file = try RegularFile(path)
            return !holdsNumber(file.descriptor)
        } catch {
            return false
        }
    }

    /// Looks at a file, without changing it.
    package static func standing(of path: String) -> Standing {
        do throws(FileFailure) {
            let file = try RegularFile(path)
            let isHeld = flock(file.descriptor, LOCK_SH | LOCK_NB) != 0
            return isHeld ? .held(owner(file.descriptor)) : .abandoned(owner(file.descriptor))
        } catch {
            return error.code == ENOENT || error.code == ENOTDIR ? .absent : .unreadable(error)
        }
    }

    private static func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        guard let folder = getcwd(nil, 0) else { return path }
        defer { free(folder) }
        return String(cString: folder) + "/" + path
    }

    /// Whether this is a regular file that is empty, or has nothing in it but a number and the end of its line: what a server
    /// has written, or was about to write.
    private static func holdsNumber(_ descriptor: Int32) -> Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= longest else {
            return false
        }
        var octets = [UInt8](repeating: 0, count: longest)
        let count = pread(descriptor, &octets, octets.count, 0)
        guard count >= 0 else { return false }
        let text = octets[..<count]
        let digits = text.last == UInt8(ascii: "\n") ? text.dropLast() : text
        return text.isEmpty || !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func owner(_ descriptor: Int32) -> Int? {
        var octets = [UInt8](repeating: 0, count: longest)
        let count = pread(descriptor, &octets, octets.count, 0)
        guard count > 0 else { return nil }
        return Int(String(decoding: octets[..<count].prefix { $0 >= 0x30 && $0 <= 0x39 }, as: UTF8.self))
    }

    private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
        var (opened, named) = (stat(), stat())
        return fstat(descriptor, &opened) == 0 && stat(path, &named) == 0 && opened.st_ino == named.st_ino
            && opened.st_dev == named.st_dev
    }

    private static func foreign(_ path: String) -> DaemonFailure {
        DaemonFailure(
            .cannotCreate,
            "The pid file \(path) cannot be written: what is there is no pid file, and is left as it is. Remove it, or name "
                + "another.")
    }

    private static func failure(_ path: String, _ code: Int32) -> DaemonFailure {
        DaemonFailure(
            ExitStatus(ofFile: code), "The pid file \(path) cannot be written: \(FileFailure(code: code).reason).")
    }
}
