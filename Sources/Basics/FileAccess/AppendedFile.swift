import Glibc

/// Opens a file to write at its end, and makes it, its owner's alone, when it is missing.
///
/// Nobody is waited for: a pipe that nobody reads is refused, and one that is full takes nothing. What may stand in the file's
/// place besides is a device that takes characters, such as a terminal.
///
/// - Parameters:
///   - path: The file.
///   - followsLinks: Whether a symbolic link stands for the file it leads to, or is refused.
///   - takesPipes: Whether a pipe that somebody reads will do.
/// - Returns: The descriptor, which is the caller's to close.
/// - Throws: ``FileFailure``: what the system says, or ``FileFailure/noRegularFile``.
package func openToAppend(
    _ path: String, followsLinks: Bool, takesPipes: Bool
) throws(FileFailure) -> Int32 {
    try openFile(path, O_WRONLY | O_APPEND | O_CREAT | (followsLinks ? 0 : O_NOFOLLOW)) { kind in
        switch kind {
        case S_IFREG, S_IFCHR: nil
        case S_IFIFO where takesPipes: nil
        default: .noRegularFile
        }
    }.descriptor
}
