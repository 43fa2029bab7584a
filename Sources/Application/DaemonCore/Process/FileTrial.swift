import Basics
import Glibc

/// Looks whether something could be done to a file, without doing it.
enum FileTrial {
    /// Why a file could not be written, or made where it is missing, as a value of `errno`; nil when it could be.
    static func obstacle(toWriting path: String, followsLinks: Bool = true) -> Int32? {
        var status = stat()
        guard (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else {
            return errno == ENOENT ? obstacle(toMaking: path) : errno
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return EISDIR
        case S_IFLNK: return ELOOP
        default: return access(path, W_OK) == 0 ? nil : errno
        }
    }

    /// Why nothing could be made under a name that is free, as a value of `errno`; nil when it could be.
    static func obstacle(toMaking path: String) -> Int32? {
        let folder = path.directoryOfPath
        var status = stat()
        guard stat(folder, &status) == 0 else { return errno }
        guard status.st_mode & S_IFMT == S_IFDIR else { return ENOTDIR }
        return access(folder, W_OK | X_OK) == 0 ? nil : errno
    }
}
