package import Glibc

/// Opens a file of a kind that is wanted, and never waits for one.
///
/// - Parameters:
///   - path: The file.
///   - flags: Those of `open(2)`; the ones that keep it from waiting, from being inherited, and from making a terminal this
///     process's own are added.
///   - objection: What is wrong with a kind (`S_IFREG` and so on, `inode(7)`); nil to take it.
/// - Returns: The descriptor, which is the caller's to close, and what the system says of the file.
/// - Throws: ``FileFailure``: what the system says, or the objection.
package func openFile(
    _ path: String, _ flags: Int32, refusing objection: (_ kind: mode_t) -> FileFailure?
) throws(FileFailure) -> (descriptor: Int32, status: stat) {
    let descriptor = unsafe open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0o600)
    guard descriptor >= 0 else { throw FileFailure(code: errno) }
    var status = stat()
    let failure = unsafe fstat(descriptor, &status) == 0 ? objection(status.st_mode & S_IFMT) : FileFailure(code: errno)
    if let failure {
        close(descriptor)
        throw failure
    }
    return (descriptor, status)
}
