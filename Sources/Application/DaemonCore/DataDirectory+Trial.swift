import FileAccess
import Glibc

extension DataDirectory {
    /// The file whose lock a server holds while it works on the folder.
    package var lock: String { path + "/lock" }

    /// Looks whether ``prepare()`` would succeed, and changes nothing.
    ///
    /// - Throws: ``DaemonFailure`` naming the path and the reason.
    package func tryOut() throws(DaemonFailure) {
        var information = stat()
        guard stat(path, &information) == 0 else {
            let reason = errno
            let obstacle: Int32? = reason == ENOENT ? FileTrial.obstacle(toMaking: path) : reason
            if let obstacle { throw failure(obstacle, "The data folder \(path) cannot be created") }
            return
        }
        guard information.st_mode & S_IFMT == S_IFDIR else {
            throw DaemonFailure(.cannotCreate, "The data folder \(path) is not a folder.")
        }
        // Without a database in it a start would close it to others.
        if hasDatabase, information.st_mode & 0o022 != 0 {
            throw DaemonFailure(
                .noPermission, "The data folder \(path) may be written by others; run: chmod go-w \(path)")
        }
        guard access(path, R_OK | W_OK | X_OK) == 0 else {
            throw failure(errno, "The data folder \(path) cannot be read and written")
        }
    }
}
