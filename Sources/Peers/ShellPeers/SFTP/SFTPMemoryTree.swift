public import Basics
public import ReactorCore
public import SFTPWire

/// A tree of files in memory: for tests, and as an example of a tree that can do everything.
///
/// ```swift
/// let tree = SFTPMemoryTree(octetLimit: 1 << 20) { wallTime.now() }
/// tree.put("hello\n", at: "/notes/greeting.txt")
/// let server = SFTPServer(tree, over: channel) { wallTime.now() }
/// ```
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: ``octetLimit`` octets of contents and ``fileLimit`` files and directories in all; both are counted when a
///   change is made.
public final class SFTPMemoryTree: SFTPTree {
    /// A file or a directory.
    private struct Item {
        /// A file's contents; nil for a directory.
        var contents: [UInt8]?
        var permissions: UInt32
        var times: SFTPAttributes.Times
    }

    /// The most octets that all files have together.
    public let octetLimit: Int
    /// The most files and directories, the root not counted.
    public let fileLimit: Int
    /// The octets that all files have together.
    public private(set) var octetCount = 0
    /// Where a session begins; has to be made.
    public var home = SFTPPath.root

    private var items: [SFTPPath: Item] = [:]
    private let now: () -> WallInstant

    /// Makes a tree with nothing but its root.
    ///
    /// - Parameters:
    ///   - octetLimit: The most octets that all files have together, and so that one has.
    ///   - fileLimit: The most files and directories.
    ///   - now: The time, for files that are made and written.
    public init(octetLimit: Int = 1 << 24, fileLimit: Int = 10_000, now: @escaping () -> WallInstant) {
        self.octetLimit = octetLimit
        self.fileLimit = fileLimit
        self.now = now
        items[.root] = makeItem(nil, SFTPAttributes())
    }

    /// The files and directories, in the order of their paths, without the root.
    public var paths: [SFTPPath] {
        items.keys.filter { !$0.isRoot }.sorted { $0.names.lexicographicallyPrecedes($1.names) }
    }

    /// The contents of a file; nil when there is none.
    public func contents(of path: SFTPPath) -> [UInt8]? { items[path]?.contents }

    /// Makes or replaces a file, and the directories above it; limits are not looked at.
    public func put(_ text: String, at path: SFTPPath) {
        var directory = path.parent
        while items[directory] == nil {
            items[directory] = makeItem(nil, SFTPAttributes())
            directory = directory.parent
        }
        store(Array(text.utf8), at: path, SFTPAttributes())
    }

    // MARK: What is there

    /// Tells what is known of a file or a directory.
    public func attributes(of path: SFTPPath) -> Deferred<SFTPAttributes> {
        .attempt { () throws -> SFTPAttributes in Self.attributes(of: try item(path)) }
    }

    /// Lists a directory, in the order of the names.
    public func list(_ path: SFTPPath) -> Deferred<[SFTPEntry]> {
        .attempt { () throws -> [SFTPEntry] in
            guard try item(path).contents == nil else { throw SFTPStatus.failure("this is no directory") }
            return children(of: path).map { SFTPEntry($0.name, items[$0].map(Self.attributes) ?? SFTPAttributes()) }
        }
    }

    /// Opens a file; its contents change when it is closed.
    public func open(_ path: SFTPPath, _ flags: SFTPOpenFlags, _ attributes: SFTPAttributes) -> Deferred<any SFTPFile> {
        .attempt { () throws -> Deferred<any SFTPFile> in
            guard let there = items[path] else {
                if flags.contains(.create) { try checkRoom(for: path) }
                return SFTPDraftFile.open(
                    contents: nil, attributes: Self.attributes(of: makeItem([], attributes)), flags: flags,
                    limit: octetLimit - octetCount, commit: commit(to: path))
            }
            guard let contents = there.contents else { throw SFTPStatus.failure("this is a directory") }
            // Many clients do not look at how a close ended, so that a write is refused where that is known already.
            return SFTPDraftFile.open(
                contents: contents, attributes: Self.attributes(of: there), flags: flags,
                limit: octetLimit - octetCount + contents.count, commit: commit(to: path))
        }
    }

    /// Tells how much of the limits is left.
    public func space(of path: SFTPPath) -> Deferred<SFTPSpace?> {
        .succeeded(
            SFTPSpace(
                octetLimit: octetLimit, freeOctets: max(0, octetLimit - octetCount), fileLimit: fileLimit,
                freeFiles: max(0, fileLimit - fileCount)))
    }

    // MARK: Changes

    /// Changes permissions and times.
    public func setAttributes(_ attributes: SFTPAttributes, of path: SFTPPath) -> Deferred<Void> {
        change {
            var there = try item(path)
            if let permissions = attributes.permissions { there.permissions = permissions & ~SFTPAttributes.typeMask }
            if let times = attributes.times { there.times = times }
            items[path] = there
        }
    }

    /// Makes a directory.
    public func makeDirectory(_ path: SFTPPath, _ attributes: SFTPAttributes) -> Deferred<Void> {
        change {
            guard items[path] == nil else { throw SFTPStatus.failure("this exists already") }
            try checkRoom(for: path)
            items[path] = makeItem(nil, attributes)
        }
    }

    /// Removes an empty directory.
    public func removeDirectory(_ path: SFTPPath) -> Deferred<Void> {
        change {
            guard try item(path).contents == nil else { throw SFTPStatus.failure("this is no directory") }
            guard !path.isRoot else { throw SFTPStatus.permissionDenied("the root stays") }
            guard children(of: path).isEmpty else { throw SFTPStatus.failure("the directory is not empty") }
            items[path] = nil
        }
    }

    /// Removes a file.
    public func remove(_ path: SFTPPath) -> Deferred<Void> {
        change {
            guard let contents = try item(path).contents else { throw SFTPStatus.failure("this is a directory") }
            octetCount -= contents.count
            items[path] = nil
        }
    }

    /// Renames a file, or a directory with what is in it.
    public func rename(_ path: SFTPPath, to newPath: SFTPPath, isReplacing: Bool) -> Deferred<Void> {
        change {
            let moved = try item(path)
            guard !path.isRoot, !newPath.isWithin(path) else {
                throw SFTPStatus.failure("a directory cannot be moved into itself")
            }
            guard try item(newPath.parent).contents == nil else { throw SFTPStatus.failure("this is no directory") }
            let moves = try items.keys.filter { $0.isWithin(path) }.map { inside in
                (inside, try SFTPPath(inside.names.dropFirst(path.names.count).joined(separator: "/"), from: newPath))
            }
            if let there = items[newPath] {
                guard isReplacing else { throw SFTPStatus.failure("the new name exists already") }
                guard let old = there.contents, moved.contents != nil else {
                    throw SFTPStatus.failure("a directory is not replaced")
                }
                octetCount -= old.count
            }
            for (inside, place) in moves { items[place] = items.removeValue(forKey: inside) }
        }
    }

    // MARK: Machinery

    private var fileCount: Int { items.count - 1 }

    private func change(_ body: () throws -> Void) -> Deferred<Void> { .attempt { () throws -> Void in try body() } }

    private func item(_ path: SFTPPath) throws(SFTPStatus) -> Item {
        guard let item = items[path] else { throw .noSuchFile }
        return item
    }

    private func children(of path: SFTPPath) -> [SFTPPath] {
        items.keys.filter { !$0.isRoot && $0.parent == path }.sorted { $0.name < $1.name }
    }

    private func checkRoom(for path: SFTPPath) throws(SFTPStatus) {
        guard try item(path.parent).contents == nil else { throw .failure("this is no directory") }
        guard fileCount < fileLimit else { throw .failure("there are at most \(fileLimit) files") }
    }

    private func commit(to path: SFTPPath) -> SFTPDraftFile.Commit {
        { [self] contents, attributes in
            change {
                if let there = items[path], there.contents == nil { throw SFTPStatus.failure("this is a directory") }
                if items[path] == nil { try checkRoom(for: path) }
                let left = octetLimit - octetCount + (items[path]?.contents?.count ?? 0)
                guard contents.count <= left else {
                    throw SFTPStatus.failure("the files may have \(octetLimit) octets together")
                }
                store(contents, at: path, attributes)
            }
        }
    }

    private func store(_ contents: [UInt8], at path: SFTPPath, _ attributes: SFTPAttributes) {
        octetCount += contents.count - (items[path]?.contents?.count ?? 0)
        items[path] = makeItem(contents, attributes)
    }

    private func makeItem(_ contents: [UInt8]?, _ attributes: SFTPAttributes) -> Item {
        var written = SFTPAttributes()
        written.modified = now()
        return Item(
            contents: contents, permissions: (attributes.permissions ?? (contents == nil ? 0o700 : 0o600)) & 0o7777,
            times: attributes.times ?? written.times ?? SFTPAttributes.Times(access: 0, modification: 0))
    }

    private static func attributes(of item: Item) -> SFTPAttributes {
        var attributes: SFTPAttributes =
            if let contents = item.contents { .file(size: contents.count) } else { .directory() }
        let type = (attributes.permissions ?? 0) & SFTPAttributes.typeMask
        attributes.permissions = type | item.permissions
        attributes.times = item.times
        return attributes
    }
}
