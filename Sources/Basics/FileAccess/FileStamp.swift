package import Glibc

/// Tells one version of a file from another without reading it: every way of saving changes some of what is kept here.
///
/// - Source: `stat(2)`.
package struct FileStamp: Equatable, Sendable {
    private let device: UInt64
    private let inode: UInt64
    private let size: Int64
    /// Seconds and nanoseconds of the last change of the content, and of the last change of anything.
    private let times: [Int]

    /// Makes the stamp of a file that was looked at.
    package init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        times = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
    }

    /// Looks at a file, or at what a symbolic link leads to; nil when the system tells nothing of it.
    package init?(path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        self.init(status)
    }
}
