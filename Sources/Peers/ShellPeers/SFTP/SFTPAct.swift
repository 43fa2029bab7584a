public import SFTPWire

/// What a session did, for an audit: every change, and every file that was read.
public enum SFTPAct {
    /// A file that was open is closed, and what was written lasts.
    case transferred(SFTPPath, octetsRead: UInt64, octetsWritten: UInt64)
    /// A file was written, and the tree did not take it, or the client went away before it closed it.
    case dropped(SFTPPath, octetsWritten: UInt64)
    /// A file or an empty directory was removed.
    case removed(SFTPPath)
    /// A directory was made.
    case madeDirectory(SFTPPath)
    /// A file or a directory was renamed.
    case renamed(SFTPPath, to: SFTPPath)
    /// A tree failed in a way that is not the client's concern, who was told only that it did not work.
    case failed(any Error)
}
