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
        let (text, status) = try SecretFile.read(path)
        return WatchedFile(content: try parse(text), stamp: Stamp(status))
    }

    private static func stamp(of path: String) -> Stamp? {
        var status = stat()
        return stat(path, &status) == 0 ? Stamp(status) : nil
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
