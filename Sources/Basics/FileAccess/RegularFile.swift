package import Glibc

/// A regular file that is open to be read.
///
/// What else may stand in a file's place is refused: a pipe would be waited for until somebody writes, and a device may never
/// end.
///
/// - Source: `open(2)`, `fstat(2)`, `read(2)`.
package struct RegularFile: ~Copyable {
    package let descriptor: Int32
    /// What the system says of it, at the time of opening.
    package let status: stat

    /// Opens a file; follows symbolic links.
    ///
    /// - Throws: ``FileFailure``: what the system says, `EISDIR` for a folder, or ``FileFailure/noRegularFile``.
    package init(_ path: String) throws(FileFailure) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw FileFailure(code: errno) }
        var status = stat()
        let failure: FileFailure? =
            if unsafe fstat(descriptor, &status) != 0 {
                FileFailure(code: errno)
            } else {
                switch status.st_mode & S_IFMT {
                case S_IFREG: nil
                case S_IFDIR: FileFailure(code: EISDIR)
                default: .noRegularFile
                }
            }
        if let failure {
            close(descriptor)
            throw failure
        }
        self.descriptor = descriptor
        self.status = status
    }

    deinit {
        close(descriptor)
    }

    /// Reads from where the last reading ended to the end of the file.
    ///
    /// - Parameter limit: How many octets at most.
    /// - Returns: The octets.
    /// - Throws: ``FileFailure``: what the system says, or ``FileFailure/tooLong(_:)``.
    package func read(limit: Int) throws(FileFailure) -> [UInt8] {
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw FileFailure(code: errno) }
            if count == 0 { return content }
            content += chunk[..<count]
            if content.count > limit { throw .tooLong(limit) }
        }
    }
}

/// Reads a whole regular file of at most `limit` octets.
///
/// - Throws: ``FileFailure``, as ``RegularFile`` does.
package func readFile(_ path: String, limit: Int) throws(FileFailure) -> [UInt8] {
    try RegularFile(path).read(limit: limit)
}
