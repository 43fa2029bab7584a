import CLinux
import Glibc
import ReactorCore

/// The file of a listening Unix socket.
struct UnixSocketFile {
    private let path: String
    private let device: dev_t
    private let inode: ino_t

    /// Notes the file that binding has just made, and sets its permission bits; nil when the name has no file.
    init?(_ path: String, mode: UInt32?) throws(SystemFailure) {
        guard let first = path.utf8.first, first != 0 else { return nil }
        if let mode, unsafe chmod(path, mode) != 0 {
            let failure = SystemFailure(call: "chmod")
            unsafe unlink(path)
            throw failure
        }
        guard let status = Self.status(path) else { throw SystemFailure(call: "lstat") }
        self.path = path
        device = status.st_dev
        inode = status.st_ino
    }

    /// Removes the file, unless another server has put its own in its place.
    func remove() {
        guard let status = Self.status(path), status.st_dev == device, status.st_ino == inode else { return }
        unsafe unlink(path)
    }

    /// Removes the socket of a server that is gone, one that refuses connections; anything else stays.
    static func removeIfStale(_ path: String, type: __socket_type = SOCK_STREAM) {
        guard let first = path.utf8.first, first != 0, let status = status(path), status.st_mode & S_IFMT == S_IFSOCK
        else { return }
        do throws(SystemFailure) {
            let probe = try Socket.make(family: AF_UNIX, type: type)
            defer { close(probe) }
            _ = try Socket.connect(probe, to: .unix(path))
        } catch {
            if error.code == ECONNREFUSED { unsafe unlink(path) }
        }
    }

    private static func status(_ path: String) -> stat? {
        var status = stat()
        return unsafe lstat(path, &status) == 0 ? status : nil
    }
}
