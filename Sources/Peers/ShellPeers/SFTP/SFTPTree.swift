public import ReactorCore
public import SFTPWire

/// The files that one session sees: a virtual tree, in which a path is a name for something and never a file of the host.
///
/// A server asks in the order of the client's requests. Reads and writes of open files may be asked while others are
/// not answered; everything else waits for what was asked before. Answers are deferred, so that a tree may wait for its
/// store; an ``SFTPStatus`` that is thrown is what the client is told, and any other error a plain failure.
///
/// What is not written by a tree refuses, so that one which only shows files has three functions.
///
/// - Isolation: belongs to the reactor's thread.
public protocol SFTPTree: AnyObject {
    /// Where a session begins, and what `~` is.
    var home: SFTPPath { get }

    /// Where what a client holds in memory is counted now; nil where nobody counts.
    ///
    /// A server counts the names of directories that are open; the tree counts its files.
    var budget: SFTPBudget? { get }

    /// Tells what is known of a file or a directory.
    ///
    /// - Throws: ``SFTPStatus/noSuchFile`` in the deferred when there is none.
    func attributes(of path: SFTPPath) -> Deferred<SFTPAttributes>

    /// Lists a directory, without `.` and `..`.
    func list(_ path: SFTPPath) -> Deferred<[SFTPEntry]>

    /// Opens a file; ``SFTPDraftFile`` is one for contents that are small and replaced as a whole.
    ///
    /// - Parameters:
    ///   - path: The file; its directory is there or the tree says that it is not.
    ///   - flags: For what: at least one of reading and writing is among them.
    ///   - attributes: What a new file shall have.
    /// - Returns: The file, or why it cannot be opened.
    func open(_ path: SFTPPath, _ flags: SFTPOpenFlags, _ attributes: SFTPAttributes) -> Deferred<any SFTPFile>

    /// Changes permissions, owner or times of what is there; never the size, which goes through ``SFTPFile``.
    func setAttributes(_ attributes: SFTPAttributes, of path: SFTPPath) -> Deferred<Void>

    /// Makes a directory.
    func makeDirectory(_ path: SFTPPath, _ attributes: SFTPAttributes) -> Deferred<Void>

    /// Removes a directory that is empty.
    func removeDirectory(_ path: SFTPPath) -> Deferred<Void>

    /// Removes a file.
    func remove(_ path: SFTPPath) -> Deferred<Void>

    /// Renames a file or a directory.
    ///
    /// With `isReplacing`, a file that has the new name already is replaced, at once (`posix-rename@openssh.com`);
    /// otherwise that is refused.
    func rename(_ path: SFTPPath, to newPath: SFTPPath, isReplacing: Bool) -> Deferred<Void>

    /// Tells how much room there is; nil where nobody counts.
    func space(of path: SFTPPath) -> Deferred<SFTPSpace?>
}

extension SFTPTree {
    /// The root.
    public var home: SFTPPath { .root }

    /// Says that nobody counts.
    public var budget: SFTPBudget? { nil }

    /// Accepts and changes nothing, if there is such a file: so copying with times and permissions does not fail.
    public func setAttributes(_ attributes: SFTPAttributes, of path: SFTPPath) -> Deferred<Void> {
        self.attributes(of: path).map { _ in }
    }

    /// Refuses.
    public func makeDirectory(_ path: SFTPPath, _ attributes: SFTPAttributes) -> Deferred<Void> { refuse() }

    /// Refuses.
    public func removeDirectory(_ path: SFTPPath) -> Deferred<Void> { refuse() }

    /// Refuses.
    public func remove(_ path: SFTPPath) -> Deferred<Void> { refuse() }

    /// Refuses.
    public func rename(_ path: SFTPPath, to newPath: SFTPPath, isReplacing: Bool) -> Deferred<Void> { refuse() }

    /// Says that nobody counts.
    public func space(of path: SFTPPath) -> Deferred<SFTPSpace?> { .succeeded(nil) }

    private func refuse() -> Deferred<Void> { .failed(SFTPStatus.permissionDenied("this can only be read")) }
}
