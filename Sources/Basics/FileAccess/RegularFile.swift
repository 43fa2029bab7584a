package import Glibc

/// A regular file that is open to be read.
///
/// What else may stand in a file's place is refused: a pipe would be waited for until somebody writes, and a device may never
/// end.
///
/// - Source: `open(2)`, `fstat(2)`, `read(2)`, `pread(2)`.
package struct RegularFile: ~Copyable {
    package let descriptor: Int32
    /// What the system says of it, at the time of opening.
    package let status: stat

    /// Opens a file; follows symbolic links.
    ///
    /// - Throws: ``FileFailure``: what the system says, `EISDIR` for a folder, or ``FileFailure/noRegularFile``.
    package init(_ path: String) throws(FileFailure) {
        do throws(FileFailure) {
            (descriptor, status) = try openFile(path, O_RDONLY) { kind in
                switch kind {
                case S_IFREG: nil
                case S_IFDIR: FileFailure(code: EISDIR)
                default: .noRegularFile
                }
            }
        } catch {
            // Of a socket the system says “No such device or address”.
            throw error.code == ENXIO ? .noRegularFile : error
        }
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
            let count = try read(into: &chunk)
            if count == 0 { return content }
            content += chunk[..<count]
            if content.count > limit { throw .tooLong(limit) }
        }
    }

    /// Reads the next octets, at most as many as `room` has.
    ///
    /// - Returns: How many they are, and none at the end of the file.
    /// - Throws: ``FileFailure``: what the system says.
    package func read(into room: inout [UInt8]) throws(FileFailure) -> Int {
        while true {
            let count = unsafe Glibc.read(descriptor, &room, room.count)
            if count >= 0 { return count }
            guard errno == EINTR else { throw FileFailure(code: errno) }
        }
    }

    /// Reads octets from a place in the file.
    ///
    /// - Returns: The octets; nil when so many are not there, or the system does not give them.
    package func octets(at place: Int64, count: Int) -> [UInt8]? {
        var content = [UInt8](repeating: 0, count: count)
        return unsafe pread(descriptor, &content, count, off_t(place)) == count ? content : nil
    }
}

/// Reads a whole regular file of at most `limit` octets.
///
/// - Throws: ``FileFailure``, as ``RegularFile`` does.
package func readFile(_ path: String, limit: Int) throws(FileFailure) -> [UInt8] {
    try RegularFile(path).read(limit: limit)
}
