import Basics
import FileAccess
import Glibc

extension DataDirectory {
    /// What a running server keeps in the folder, but for its log.
    private static let ownNames = [
        "world.sqlite", "world.sqlite-wal", "world.sqlite-shm", "world.sqlite-journal", "audit.log", "lock", "ballast",
        "control.sock", "mudd.yaml",
    ]

    /// Finds out which of the server's own files a path leads to, by whatever spelling or link.
    ///
    /// - Parameters:
    ///   - path: A file that is to be written; it need not be there.
    ///   - isForLog: Whether it is to be the log, so that the folder's own log is as good as another file.
    /// - Returns: The server's own file; nil when it is none of them.
    package func ownFile(at path: String, isForLog: Bool = false) -> String? {
        let names = Self.ownNames + (isForLog ? [] : ["mudd.log"])
        var (file, own) = (stat(), stat())
        if stat(path, &file) == 0 {
            for name in names where stat("\(self.path)/\(name)", &own) == 0 && Self.isSame(file, own) {
                return "\(self.path)/\(name)"
            }
        }
        // What is not there yet has only a name, and the folder it would be made in.
        let target = Self.target(of: path)
        let name = target.nameOfPath
        guard names.contains(name) || name.hasPrefix("audit.log."), stat(target.directoryOfPath, &file) == 0,
            stat(self.path, &own) == 0, Self.isSame(file, own)
        else { return nil }
        return "\(self.path)/\(name)"
    }

    private static func isSame(_ one: stat, _ other: stat) -> Bool {
        one.st_dev == other.st_dev && one.st_ino == other.st_ino
    }

    /// What symbolic links lead to in the end, whether it is there or not.
    private static func target(of path: String) -> String {
        var path = path
        // As many as the kernel follows.
        for _ in 0..<40 {
            guard let link = targetOfLink(path) else { break }
            path = link.hasPrefix("/") ? link : "\(path.directoryOfPath)/\(link)"
        }
        return path
    }
}
