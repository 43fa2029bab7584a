package import Glibc

/// A file that is written as a whole beside another one, and lasts, before it takes that one's place.
///
/// ```swift
/// let draft = try FileDraft(octets, at: path + ".new", mode: 0o600)
/// try draft.replace(path)         // readers see the old file or the new one, and so does the start after a crash
/// ```
///
/// - Isolation: none; all of it blocks, so do it on a worker thread.
/// - Source: `open(2)`, `write(2)`, `fsync(2)`, `rename(2)`.
package struct FileDraft: Sendable {
    /// Where it is.
    package let path: String

    /// Names a draft that was written before.
    package init(at path: String) { self.path = path }

    /// Writes a draft where there is nothing yet.
    ///
    /// - Parameters:
    ///   - octets: All that the file shall hold.
    ///   - path: Where it is to lie; on the file system of the file that it replaces.
    ///   - mode: Who may read and write it.
    ///   - owner: Whose it shall be; nil for whoever runs this.
    /// - Throws: ``FileFailure``; nothing is left then.
    package init(
        _ octets: [UInt8], at path: String, mode: mode_t, owner: (user: uid_t, group: gid_t)? = nil
    ) throws(FileFailure) {
        self.path = path
        // Nobody else's until it is theirs.
        let descriptor = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileFailure(code: errno) }
        defer { close(descriptor) }
        do throws(FileFailure) {
            if let owner, fchown(descriptor, owner.user, owner.group) != 0 { throw FileFailure(code: errno) }
            guard fchmod(descriptor, mode) == 0 else { throw FileFailure(code: errno) }
            try Self.write(octets, to: descriptor)
            guard fsync(descriptor) == 0 else { throw FileFailure(code: errno) }
        } catch {
            discard()
            throw error
        }
    }

    private static func write(_ octets: [UInt8], to descriptor: Int32) throws(FileFailure) {
        var place = 0
        while place < octets.count {
            let count = unsafe octets.withUnsafeBytes { bytes in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[place...])
                return unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileFailure(code: count < 0 ? errno : EIO) }
            place += count
        }
    }

    /// Puts it in the place of a file of the same folder, or where there is none, so that this lasts.
    ///
    /// - Throws: ``FileFailure``; the draft is still there unless it is in its place already, and it can be tried again.
    package func replace(_ file: String) throws(FileFailure) {
        if unsafe rename(path, file) != 0 { throw FileFailure(code: errno) }
        try Self.synchronizeFolder(of: file)
    }

    /// Throws it away.
    package func discard() { unsafe unlink(path) }

    /// Makes the names of a file's folder last, such as that the file is there, or is no more.
    ///
    /// - Throws: ``FileFailure``.
    package static func synchronizeFolder(of file: String) throws(FileFailure) {
        let end = file.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = end.map { $0 == file.startIndex ? "/" : String(file[..<$0]) } ?? "."
        let descriptor = unsafe Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure(code: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileFailure(code: errno) }
    }
}
