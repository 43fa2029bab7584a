import Glibc

/// What a text file says, read again when the file has changed.
///
/// - Isolation: none; a value type. Reading blocks, so do it on a worker.
struct WatchedFile<Content: Sendable>: Sendable {
    /// What `stat(2)` says of a version of the file: every way of saving changes some of it.
    fileprivate struct Stamp: Equatable {
        var device: UInt64
        var inode: UInt64
        var size: Int64
        var modified: [Int]
    }

    let content: Content
    private let stamp: Stamp

    /// The file as it is now; `known` itself when it has not changed.
    ///
    /// - Throws: ``CheckerFailure`` with the path; or with path and line, what `parse` throws.
    static func fresh(
        _ path: String, known: WatchedFile?, parse: (String) throws(CheckerFailure) -> Content
    ) throws(CheckerFailure) -> WatchedFile {
        if let known, stamp(of: path) == known.stamp { return known }
        let (text, stamp) = try read(path)
        return WatchedFile(content: try parse(text), stamp: stamp)
    }

    private static func stamp(of path: String) -> Stamp? {
        var status = stat()
        return stat(path, &status) == 0 ? Stamp(status) : nil
    }

    private static func read(_ path: String) throws(CheckerFailure) -> (String, Stamp) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw CheckerFailure("\(path): \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw CheckerFailure("\(path): this is no file")
        }
        let octets = try SecretFile.readAll(descriptor, path)
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw CheckerFailure("\(path): this is not UTF-8 text")
        }
        return (text, Stamp(status))
    }
}

extension WatchedFile.Stamp {
    fileprivate init(_ status: stat) {
        self.init(
            device: UInt64(status.st_dev), inode: UInt64(status.st_ino), size: Int64(status.st_size),
            modified: [
                status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
            ])
    }
}
