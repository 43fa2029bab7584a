import Basics
import Glibc

/// Disk space held in reserve, given back when the disk is full so that the queued turns still fit.
struct Ballast {
    let path: String
    /// Octets; 0 for no ballast.
    let size: Int
    private(set) var isHeld = false

    init(path: String, size: Int) {
        self.path = path
        self.size = size
        isHeld = size > 0 && (Self.isWhole(path, size) || reserve())
    }

    /// Gives the space back; false when there was none to give.
    mutating func release() -> Bool {
        guard isHeld else { return false }
        isHeld = false
        return unlink(path) == 0
    }

    /// Takes the space again, but only where a quarter as much stays free, so that it does not fill the disk itself.
    ///
    /// - Returns: Whether the ballast is in place, or none is wanted.
    mutating func restore() -> Bool {
        if size == 0 || isHeld { return true }
        var file = statvfs()
        let wanted = UInt64(size + size / 4)
        guard statvfs(path.directoryOfPath, &file) == 0, file.f_frsize > 0,
            UInt64(file.f_bavail) > wanted / UInt64(file.f_frsize)
        else { return false }
        isHeld = reserve()
        return isHeld
    }

    private func reserve() -> Bool {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        let failure = posix_fallocate(descriptor, 0, off_t(size))
        close(descriptor)
        if failure != 0 { unlink(path) }
        return failure == 0
    }

    private static func isWhole(_ path: String, _ size: Int) -> Bool {
        var file = stat()
        return stat(path, &file) == 0 && Int(file.st_size) == size && Int(file.st_blocks) * 512 >= size
    }
}
