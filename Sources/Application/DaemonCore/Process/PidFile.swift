import Glibc

/// The file that names the running server's process, and keeps a second one from starting.
///
/// What counts is the lock (`flock(2)`), which the kernel drops with the process however it ends; the number in the file is
/// for people and scripts. A file left behind by a crash is simply taken over.
package final class PidFile {
    private let path: String
    private let descriptor: Int32

    /// Makes and locks the file, with mode 0644.
    ///
    /// - Throws: ``DaemonFailure``: another process holds the lock, or the file cannot be made.
    package init(path: String) throws(DaemonFailure) {
        self.path = path
        while true {
            let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
            guard opened >= 0 else { throw Self.failure(path, errno) }
            guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
                let owner = Self.owner(opened).map { "process \($0)" } ?? "another process"
                close(opened)
                throw DaemonFailure(.tryAgain, "A server runs already: \(owner) holds \(path).")
            }
            // Its last owner may have removed it between the opening and the lock.
            if Self.isSame(opened, path) {
                descriptor = opened
                break
            }
            close(opened)
        }
        let text = Array("\(getpid())\n".utf8)
        guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, text, text.count, 0) == text.count else {
            let code = errno
            unlink(path)
            close(descriptor)
            throw Self.failure(path, code)
        }
    }

    /// Removes the file while it is locked and nobody else can have taken it, or empties it where it may not be removed.
    deinit {
        if unlink(path) != 0 { ftruncate(descriptor, 0) }
        close(descriptor)
    }

    /// The process that holds the lock of a file, or nil when nobody does.
    package static func holder(of path: String) -> Int? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        if flock(descriptor, LOCK_SH | LOCK_NB) == 0 { return nil }
        return owner(descriptor)
    }

    private static func owner(_ descriptor: Int32) -> Int? {
        var octets = [UInt8](repeating: 0, count: 20)
        let count = pread(descriptor, &octets, octets.count, 0)
        guard count > 0 else { return nil }
        return Int(String(decoding: octets[..<count].prefix { $0 >= 0x30 && $0 <= 0x39 }, as: UTF8.self))
    }

    private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
        var (opened, named) = (stat(), stat())
        return fstat(descriptor, &opened) == 0 && stat(path, &named) == 0 && opened.st_ino == named.st_ino
            && opened.st_dev == named.st_dev
    }

    private static func failure(_ path: String, _ code: Int32) -> DaemonFailure {
        let status: ExitStatus = code == EACCES || code == EPERM ? .noPermission : .cannotCreate
        return DaemonFailure(status, "The pid file \(path) cannot be written: \(FileFailure(code: code).reason).")
    }
}
