import SFTPWire

/// What a client has open: files, and directories that it reads.
///
/// A handle is a number that is never used again, so that an old one finds nothing.
///
/// - Limits: ``limit`` at once.
struct SFTPHandles {
    /// The most files and directories that are open at once; OpenSSH has about a hundred, our choice is fewer.
    static let limit = 64

    /// A file that is open.
    final class OpenFile {
        let file: any SFTPFile
        /// Where it is; another place once it was renamed.
        var path: SFTPPath
        /// It was renamed while it was open, and its tree knows it by its old name: nothing more can be written.
        var isMoved = false
        let flags: SFTPOpenFlags
        /// It was removed while it was open: what is written to it is for nobody.
        var isRemoved = false
        var octetsRead: UInt64 = 0
        var octetsWritten: UInt64 = 0

        init(_ file: any SFTPFile, at path: SFTPPath, _ flags: SFTPOpenFlags) {
            self.file = file
            self.path = path
            self.flags = flags
        }
    }

    /// A directory, with the names that were not read yet.
    struct OpenDirectory {
        let path: SFTPPath
        var rest: ArraySlice<SFTPEntry>
        /// What the names take of the client's budget.
        let claim: SFTPBudget.Claim?

        /// Counts names as they are held in memory.
        ///
        /// - Throws: What the budget says when that is too much.
        init(path: SFTPPath, _ entries: [SFTPEntry], _ budget: SFTPBudget?) throws(SFTPStatus) {
            let octets = entries.reduce(0) { $0 + MemoryLayout<SFTPEntry>.stride + $1.name.utf8.count }
            if let budget { claim = try SFTPBudget.Claim(budget, octets) } else { claim = nil }
            self.path = path
            rest = entries[...]
        }
    }

    private var files: [[UInt8]: OpenFile] = [:]
    private var directories: [[UInt8]: OpenDirectory] = [:]
    private var last: UInt64 = 0

    /// Whether nothing more can be opened.
    var isFull: Bool { files.count + directories.count >= Self.limit }

    /// The files that are open.
    var openFiles: some Collection<OpenFile> { files.values }

    mutating func add(_ file: OpenFile) -> [UInt8] {
        let handle = makeHandle()
        files[handle] = file
        return handle
    }

    mutating func add(_ directory: OpenDirectory) -> [UInt8] {
        let handle = makeHandle()
        directories[handle] = directory
        return handle
    }

    func file(_ handle: [UInt8]) throws(SFTPStatus) -> OpenFile {
        guard let file = files[handle] else { throw Self.unknown }
        return file
    }

    /// Takes names from a directory: as many as `size` has room for, and one at least; nil for an unknown handle.
    mutating func takeNames(_ handle: [UInt8], upTo limit: Int, size: (SFTPEntry) -> Int) throws(SFTPStatus)
        -> [SFTPEntry]
    {
        guard let rest = directories[handle]?.rest else { throw Self.unknown }
        var (count, total) = (0, 0)
        for entry in rest {
            total += size(entry)
            if count > 0, total > limit { break }
            count += 1
        }
        directories[handle]?.rest = rest.dropFirst(count)
        return Array(rest.prefix(count))
    }

    /// Forgets a directory; false when there is none of that handle.
    mutating func removeDirectory(_ handle: [UInt8]) -> Bool { directories.removeValue(forKey: handle) != nil }

    /// Forgets a file and gives it.
    mutating func removeFile(_ handle: [UInt8]) throws(SFTPStatus) -> OpenFile {
        guard let file = files.removeValue(forKey: handle) else { throw Self.unknown }
        return file
    }

    /// Forgets everything, and gives the files.
    mutating func removeAll() -> [OpenFile] {
        directories = [:]
        defer { files = [:] }
        return Array(files.values)
    }

    /// The files that are written at a path; mostly one.
    func written(at path: SFTPPath) -> [OpenFile] {
        files.values.filter { $0.flags.isWriting && !$0.isRemoved && $0.path == path }
    }

    private mutating func makeHandle() -> [UInt8] {
        last &+= 1
        return withUnsafeBytes(of: last.bigEndian) { Array($0) }
    }

    private static let unknown = SFTPStatus.failure("nothing of that handle is open")
}
