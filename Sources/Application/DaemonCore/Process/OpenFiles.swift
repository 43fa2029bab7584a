import FileAccess

/// Tells what a process has open, by `/proc`.
package enum OpenFiles {
    /// What the descriptors of a process lead to, such as `/var/lib/mudd/lock` or `socket:[4711]`; nil when that may not be
    /// seen.
    package static func of(_ process: Int32) -> [String]? { links(of: process)?.compactMap(targetOfLink) }

    /// The links in `/proc` that stand for the descriptors of a process; nil when they may not be seen.
    static func links(of process: Int32) -> [String]? {
        let folder = "/proc/\(process)/fd"
        return (try? namesInFolder(folder))?.map { "\(folder)/\($0)" }
    }
}
