import FileAccess
import Glibc

/// Keeps a second process out of a data directory for as long as it lives.
///
/// The lock is `flock(2)` on `<directory>/lock`; the kernel drops it when the process ends, however it ends. The file
/// holds the owner's process id, for people to read.
///
/// - Isolation: may be held from any thread.
package final class StoreLock: Sendable {
    private let descriptor: CInt

    init(directory: String, path: String) throws(StoreFailure) {
        let file = directory + "/lock"
        let descriptor: CInt
        do throws(FileFailure) {
            // Root may work on the folder of somebody who put a link there, and what it leads to would be emptied.
            (descriptor, _) = try openFile(file, O_RDWR | O_CREAT | O_NOFOLLOW) {
                $0 == S_IFREG ? nil : .noRegularFile
            }
        } catch {
            throw .unreadable(path: file, reason: error.code == ELOOP ? "this is a symbolic link" : error.reason)
        }
        // Who only looks whether a server runs holds the lock for some microseconds.
        var trials = 10
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            trials -= 1
            if trials > 0 {
                usleep(10_000)
                continue
            }
            let owner = Self.owner(descriptor)
            close(descriptor)
            throw .locked(path: path, pid: owner)
        }
        self.descriptor = descriptor
        let text = Array("\(getpid())\n".utf8)
        // Only a courtesy to readers; the lock itself is held already.
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.count, 0)
    }

    deinit {
        close(descriptor)
    }

    private static func owner(_ descriptor: CInt) -> Int? {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int(String(decoding: bytes.prefix(count).filter { $0 >= 0x30 && $0 <= 0x39 }, as: UTF8.self))
    }
}
