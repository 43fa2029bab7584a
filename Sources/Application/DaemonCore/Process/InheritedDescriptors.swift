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

    /// The numbers of what is open; some may not be any more.
    private static func numbers() -> [Int32] {
        guard let entries = opendir("/proc/self/fd") else { return Array(0..<highestTried) }
        defer { closedir(entries) }
        let own = dirfd(entries)
        var found: [Int32] = []
        while let entry = readdir(entries) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let number = Int32(name), number != own { found.append(number) }
        }
        return found
    }
}
