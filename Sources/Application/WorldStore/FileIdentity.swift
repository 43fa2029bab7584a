import Glibc

/// Which file a name stands for: the same as long as nobody moves or replaces it.
struct FileIdentity: Hashable {
    private let device, inode: UInt64

    /// Nil when there is no such file.
    init?(_ path: String) {
        var file = stat()
        guard stat(path, &file) == 0 else { return nil }
        device = UInt64(file.st_dev)
        inode = UInt64(file.st_ino)
    }
}

/// The files a committer writes to, by the names under which the next start will look for them.
///
/// A turn that goes to a file without a name is durable and lost all the same.
struct OpenFiles {
    private let files: [(path: String, identity: FileIdentity)]

    /// Remembers those of the files that are there.
    init(_ paths: [String]) {
        files = paths.compactMap { path in FileIdentity(path).map { (path, $0) } }
    }

    /// The first one that is no longer what its name stands for.
    ///
    /// - Complexity: one `stat(2)` for each file.
    var displaced: String? { files.first { FileIdentity($0.path) != $0.identity }?.path }
}
