import FileAccess
import Glibc

/// Lets go of what the starter of this process had open.
package enum InheritedDescriptors {
    /// Where there is no `/proc` to ask, numbers from here on are not tried.
    private static let highestTried: Int32 = 1 << 16

    /// Closes everything above standard error that is no socket.
    ///
    /// Endpoints can adopt sockets only (`fd:5`). All else would stay open under rights that are given up later: files and
    /// folders that only root may open, locks, and pipes at whose other end somebody waits. It must come before this process opens
    /// anything itself.
    package static func closeAllButSockets() {
        for descriptor in numbers() where descriptor > STDERR_FILENO {
            var status = stat()
            guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFSOCK else { continue }
            close(descriptor)
        }
    }

    /// The numbers of what is open; some may not be any more, as that by which they were read.
    private static func numbers() -> [Int32] {
        (try? namesInFolder("/proc/self/fd"))?.compactMap { Int32($0) } ?? Array(0..<highestTried)
    }
}
