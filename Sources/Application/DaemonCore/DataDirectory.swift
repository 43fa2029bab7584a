import FileAccess
import Glibc

/// The folder of what a running server owns, and the names in it.
package struct DataDirectory: Equatable, Sendable {
    /// The folder's path, without a slash at its end.
    package let path: String

    package init(path: String) {
        var text = path
        while text.count > 1, text.hasSuffix("/") { text.removeLast() }
        self.path = text
    }

    package var database: String { path + "/world.sqlite" }
    package var log: String { path + "/mudd.log" }
    package var audit: String { path + "/audit.log" }
    /// The folder of the keys of the SSH door.
    package var hostKeys: String { path + "/ssh" }
    package var controlSocket: String { path + "/control.sock" }
    package var configuration: String { path + "/mudd.yaml" }

    /// Whether the folder holds a database, in other words, a server has run here.
    package var hasDatabase: Bool { access(database, F_OK) == 0 }

    /// Makes the folder with mode 0700 when it is missing, and otherwise checks that it can be used.
    ///
    /// A folder that holds no database yet is closed to others, whatever a checkout of the sources made of
    /// it; later its mode is the operator's business, except that others may never write into it.
    ///
    /// - Throws: ``DaemonFailure`` naming the path and the reason.
    package func prepare() throws(DaemonFailure) {
        if mkdir(path, 0o700) == 0 { return }
        let reason = errno
        var information = stat()
        guard stat(path, &information) == 0 else {
            throw failure(reason == EEXIST ? errno : reason, "The data folder \(path) cannot be created")
        }
        guard information.st_mode & S_IFMT == S_IFDIR else {
            throw DaemonFailure(.cannotCreate, "The data folder \(path) is not a folder.")
        }
        if !hasDatabase, information.st_mode & 0o077 != 0, chmod(path, 0o700) == 0 { information.st_mode &= ~0o077 }
        if information.st_mode & 0o022 != 0 {
            throw DaemonFailure(
                .noPermission, "The data folder \(path) may be written by others; run: chmod go-w \(path)")
        }
        guard access(path, R_OK | W_OK | X_OK) == 0 else {
            throw failure(errno, "The data folder \(path) cannot be read and written")
        }
    }

    /// Makes the folder, when it is missing, for somebody whom the server will become.
    package func prepare(for identity: ProcessIdentity) throws(DaemonFailure) {
        guard identity.user != geteuid(), mkdir(path, 0o700) == 0 else { return }
        // By a descriptor: who owns the folder above could have put a link in its place by now.
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        defer { if folder >= 0 { close(folder) } }
        var information = stat()
        guard folder >= 0, fstat(folder, &information) == 0, information.st_uid == geteuid(),
            fchown(folder, identity.user, identity.group) == 0
        else {
            throw failure(errno, "The data folder \(path) cannot be given to user \(identity.user)")
        }
    }

    func failure(_ code: Int32, _ sentence: String) -> DaemonFailure {
        DaemonFailure(ExitStatus(ofFile: code), "\(sentence): \(SystemReason.text(of: code)).")
    }
}
