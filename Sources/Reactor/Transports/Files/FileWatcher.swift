#if os(Linux)
import Basics
import CLinux
import Glibc
public import ReactorCore

extension Reactor {
    /// Tells what happens to a file or a directory, in order and on the reactor's thread, until the watcher is closed.
    ///
    /// The path of a directory watches what is in it, and with ``FileWatchSettings/isRecursive`` what is in the
    /// directories below. Any other path, also one of nothing yet, watches that name in its directory, so that a
    /// file which editors replace stays watched; what a symbolic link of that name leads to is not.
    ///
    /// What happens after the call returns is told. The call itself looks at every directory of a tree, and waits for
    /// the disk for that; so does the watcher for each directory that is new.
    ///
    /// ```swift
    /// let watcher = try reactor.watchFiles(at: "World", settings: FileWatchSettings(isRecursive: true)) { event in
    ///     if event.kind == .written || event.kind == .movedIn { reload(event.path) }
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - path: The file or directory.
    ///   - settings: The extent and the bounds of the watch.
    ///   - fileID: Where the watch is asked for, for reports.
    ///   - line: The line there.
    ///   - handler: Called with each event; may close the watcher.
    /// - Returns: The watcher, which the reactor keeps.
    /// - Throws: ``FileWatchFailure``.
    @discardableResult public func watchFiles(
        at path: String, settings: FileWatchSettings = FileWatchSettings(), fileID: StaticString = #fileID,
        line: UInt = #line, _ handler: @escaping (FileEvent) -> Void
    ) throws(FileWatchFailure) -> FileWatcher {
        let place = CodePlace(file: fileID, line: line)
        let watcher = try FileWatcher(path, settings: settings, reactor: self, place: place, handler)
        do throws(FileWatchFailure) {
            try watcher.start()
        } catch {
            watcher.close()
            throw error
        }
        return watcher
    }
}

/// A watch over a file, a directory or a tree: inotify(7).
///
/// Nothing is told of what is done through a memory map, or by another machine on a network file system.
public final class FileWatcher: PlacedHandler, CustomStringConvertible {
    /// The most buffers of records read in one pass.
    private static let readsPerPass = 4

    /// What is watched, as it was given.
    public let path: WatchedPath

    /// Where the watch was asked for.
    package let place: CodePlace?

    private let reactor: Reactor
    private let settings: FileWatchSettings
    /// The only name of interest in the watched directory; nil for all.
    private let entry: [UInt8]?
    private var descriptor: Int32
    private var tree: WatchTree
    private var queue: FileEventQueue
    private var handler: ((FileEvent) -> Void)?
    private var isListening = true
    private var isOverfull = false
    private var end: FileWatchEnd?
    private var nextDelivery: DelayedCall?
    private var moveTimer: DelayedCall?

    init(
        _ text: String, settings: FileWatchSettings, reactor: Reactor, place: CodePlace,
        _ handler: @escaping (FileEvent) -> Void
    ) throws(FileWatchFailure) {
        let target = try WatchTarget(text)
        let descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard descriptor >= 0 else {
            if errno == EMFILE || errno == ENFILE { throw .watcherLimit }
            throw .refused(target.path, SystemFailure(call: "inotify_init1"))
        }
        do throws(FileWatchFailure) {
            tree = try WatchTree(
                descriptor: descriptor, root: target.directory, limit: max(1, settings.directoryCount))
        } catch {
            Glibc.close(descriptor)
            throw error
        }
        path = target.path
        entry = target.entry
        self.place = place
        self.reactor = reactor
        self.settings = settings
        self.descriptor = descriptor
        self.handler = handler
        queue = FileEventQueue(limit: max(1, settings.waitingEventCount))
    }

    deinit {
        if descriptor >= 0 { Glibc.close(descriptor) }
    }

    /// What it is and the path, as in `watch over World`.
    public var description: String { "watch over \(path)" }

    /// Whether the watcher still tells events.
    public var isOpen: Bool { descriptor >= 0 }

    func start() throws(FileWatchFailure) {
        if follows {
            var failure: FileWatchFailure?
            explore(tree.root, telling: false) { failure = failure ?? $0 }
            switch failure {
            case .watchLimit, .tooManyDirectories: if let failure { throw failure }
            default: break
            }
        }
        do throws(SystemFailure) {
            try reactor.add(self, for: descriptor, interest: .read)
        } catch {
            throw .refused(path, error)
        }
        schedule()
    }

    /// Ends the watch at once; events that wait are not told.
    public func close() {
        guard descriptor >= 0 else { return }
        nextDelivery?.cancel()
        moveTimer?.cancel()
        reactor.remove(descriptor)
        Glibc.close(descriptor)
        descriptor = -1
        queue.removeAll()
        handler = nil
    }

    /// Ends the watch.
    public func disconnect() { close() }

    private var follows: Bool { settings.isRecursive && entry == nil }

    // MARK: Reading

    /// Reads and tells events, in bounded portions.
    public func descriptorReady(_ readiness: Readiness) {
        guard isListening, descriptor >= 0 else { return }
        for _ in 0..<Self.readsPerPass where end == nil {
            guard readOnce() else { break }
            if queue.hasMany(settings.eventsPerPass) { break }
        }
        deliver()
    }

    /// Reads one buffer of records.
    ///
    /// - Returns: Whether there may be more.
    private func readOnce() -> Bool {
        let room = unsafe reactor.readBuffer
        let count = unsafe read(descriptor, room.baseAddress, room.count)
        guard count > 0 else {
            if errno == EAGAIN || errno == EINTR {
                tree.forgetFound()
            } else {
                finish(.failed(SystemFailure(call: "read")))
            }
            return false
        }
        let octets = unsafe UnsafeRawBufferPointer(rebasing: room.prefix(count))
        let (records, isWhole) = unsafe InotifyRecord.all(in: Span<UInt8>(_unsafeBytes: octets))
        for record in records where end == nil { take(record) }
        if !isWhole || isOverfull { loseEvents() }
        return true
    }

    private func take(_ record: InotifyRecord) {
        if record.mask & UInt32(IN_Q_OVERFLOW) != 0 { return recover() }
        guard let directory = tree[record.watch] else { return }
        if record.name.isEmpty { return takeOwn(record.mask, of: directory) }
        if let entry, entry != record.name { return }
        let isDirectory = record.mask & UInt32(IN_ISDIR) != 0
        let kinds: [(Int32, FileEvent.Kind)] = [
            (IN_MODIFY, .changed), (IN_CLOSE_WRITE, .written), (IN_ATTRIB, .attributesChanged),
        ]
        for (bit, kind) in kinds where record.mask & UInt32(bit) != 0 {
            tell(kind, record.name, in: directory, isDirectory: isDirectory)
        }
        switch record.mask & UInt32(IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO) {
        case UInt32(IN_CREATE): arrived(.created, record.name, in: directory, isDirectory: isDirectory)
        case UInt32(IN_DELETE): removed(record.name, from: directory, isDirectory: isDirectory)
        case UInt32(IN_MOVED_FROM): left(record, directory, isDirectory: isDirectory)
        case UInt32(IN_MOVED_TO): moved(record, directory, isDirectory: isDirectory)
        default: break
        }
    }

    /// What happened to a watched directory itself; its parent tells of all but the root.
    private func takeOwn(_ mask: UInt32, of directory: WatchedDirectory) {
        let isRoot = directory === tree.root
        if mask & UInt32(IN_UNMOUNT) != 0 {
            if isRoot { finish(.unmounted) } else { tree.drop(directory) }
        } else if mask & UInt32(IN_DELETE_SELF | IN_IGNORED) != 0 {
            if isRoot { finish(.removed) } else { tree.drop(directory) }
        } else if isRoot, mask & UInt32(IN_MOVE_SELF) != 0 {
            finish(.moved)
        } else if isRoot, entry == nil, mask & UInt32(IN_ATTRIB) != 0 {
            append(FileEvent(.attributesChanged, path, isDirectory: true))
        }
    }

    private func arrived(
        _ kind: FileEvent.Kind, _ name: [UInt8], in directory: WatchedDirectory, isDirectory: Bool
    ) {
        if directory.found.remove(name) != nil { return }
        tell(kind, name, in: directory, isDirectory: isDirectory)
        if isDirectory, follows { follow([(directory, name)]) }
    }

    private func removed(_ name: [UInt8], from directory: WatchedDirectory, isDirectory: Bool) {
        directory.forget(name)
        if let child = directory[name] { tree.drop(child) }
        tell(.removed, name, in: directory, isDirectory: isDirectory)
    }

    private func left(_ record: InotifyRecord, _ directory: WatchedDirectory, isDirectory: Bool) {
        let name = record.name
        let wasFound = directory.found.contains(name)
        directory.forget(name)
        // What was found may have come after what left, so that the two are not taken for one.
        guard entry == nil, !wasFound else {
            if let child = directory[name] { tree.drop(child) }
            return tell(.movedOut, name, in: directory, isDirectory: isDirectory)
        }
        let event = FileEvent(.movedOut, directory.path.appending(name), isDirectory: isDirectory)
        let isTaken = queue.appendHalf(
            event, cookie: record.cookie, deadline: reactor.now.advanced(by: settings.moveWait),
            inside: directory.unclearMove)
        if !isTaken { isOverfull = true }
        if let child = directory[name] { tree.lift(child, cookie: record.cookie) }
    }

    private func moved(_ record: InotifyRecord, _ directory: WatchedDirectory, isDirectory: Bool) {
        let wasFound = directory.found.remove(record.name) != nil
        if !wasFound, tellWholeMove(record, directory, isDirectory: isDirectory) { return }
        for cookie in queue.settleHalf(record.cookie).union([record.cookie]) { tree.drop(lifted: cookie) }
        if let child = directory[record.name] { tree.drop(child) }
        arrived(.movedIn, record.name, in: directory, isDirectory: isDirectory)
    }

    /// Tells a move with both names, if it is certain that what is watched is what moved.
    ///
    /// A directory may have been watched by a name that another one had by then.
    private func tellWholeMove(_ record: InotifyRecord, _ directory: WatchedDirectory, isDirectory: Bool) -> Bool {
        guard let origin = queue.origin(ofHalf: record.cookie), directory.unclearMove == nil else { return false }
        var missed: [(parent: WatchedDirectory, name: [UInt8])] = []
        if isDirectory, follows {
            guard let landed = tree.land(record.cookie, as: record.name, in: directory) else { return false }
            switch tree.watch(record.name, in: directory) {
            case .watched(let found) where found === landed: break
            case .gone: break
            default: return false
            }
            missed = tree.missed(below: landed)
        }
        queue.removeHalf(record.cookie)
        tell(.moved(from: origin), record.name, in: directory, isDirectory: isDirectory)
        follow(missed)
        return true
    }

    // MARK: Directories that are new

    /// Watches directories and those below them, and tells what is in them already.
    private func follow(_ places: [(parent: WatchedDirectory, name: [UInt8])]) {
        for place in places {
            guard let directory = watch(place.name, in: place.parent) else { continue }
            explore(directory, telling: true) { _ in }
        }
    }

    private func watch(
        _ name: [UInt8], in parent: WatchedDirectory, onFailure: (FileWatchFailure) -> Void = { _ in }
    ) -> WatchedDirectory? {
        switch tree.watch(name, in: parent) {
        case .watched(let directory): return directory
        case .gone: return nil
        case .failed(let failure):
            tell(.unwatched(failure), name, in: parent, isDirectory: true)
            onFailure(failure)
            return nil
        }
    }

    /// Watches all directories below one; a directory is watched before one looks into it, so that nothing is missed.
    private func explore(_ top: WatchedDirectory, telling: Bool, onFailure: (FileWatchFailure) -> Void) {
        var waiting = [top]
        while let directory = waiting.popLast(), !isOverfull {
            for item in WatchTree.look(into: directory) {
                if telling, directory.found.insert(item.name).inserted {
                    tell(.created, item.name, in: directory, isDirectory: item.isDirectory)
                }
                guard item.isDirectory else { continue }
                if let child = watch(item.name, in: directory, onFailure: onFailure) { waiting.append(child) }
            }
        }
    }

    // MARK: Losses and ends

    /// Drops all events for want of room; the user has to look at everything anew.
    private func loseEvents() {
        queue.removeAll()
        recover()
    }

    /// Finds the directories of the tree anew after events were lost, and tells of the loss.
    private func recover() {
        guard tree.rootIsInPlace else { return finish(.removed) }
        _ = queue.giveUpHalves(by: nil)
        if isOverfull { queue.removeAll() }
        isOverfull = false
        append(FileEvent(.overflow, path, isDirectory: entry == nil))
        let known = tree.forgetPlaces()
        if follows { explore(tree.root, telling: false) { _ in } }
        tree.dropForgotten(known)
    }

    private func finish(_ reason: FileWatchEnd) {
        if end == nil { end = reason }
        for cookie in queue.giveUpHalves(by: nil) { tree.drop(lifted: cookie) }
    }

    // MARK: Telling

    private func tell(_ kind: FileEvent.Kind, _ name: [UInt8], in directory: WatchedDirectory, isDirectory: Bool) {
        append(
            FileEvent(kind, directory.path.appending(name), isDirectory: isDirectory), inside: directory.unclearMove)
    }

    private func append(_ event: FileEvent, inside: UInt32? = nil) {
        if !queue.append(event, inside: inside) { isOverfull = true }
    }

    private func deliver() {
        for _ in 0..<max(1, settings.eventsPerPass) {
            guard let event = queue.next() else { break }
            handler?(event)
        }
        guard descriptor >= 0 else { return }
        if let end, !queue.hasNext {
            let last = handler
            close()
            last?(FileEvent(.ended(end), path, isDirectory: entry == nil))
        } else {
            schedule()
        }
    }

    /// Arranges for what waits: events of a full pass come next, a move may become clear by reading on.
    private func schedule() {
        let isFull = queue.hasNext
        listen(!isFull && end == nil)
        if isFull || end != nil, nextDelivery == nil {
            nextDelivery = reactor.callLater(.zero) { [weak self] in
                self?.nextDelivery = nil
                self?.deliver()
            }
        }
        guard moveTimer == nil, let deadline = queue.nextDeadline else { return }
        moveTimer = reactor.callLater(max(.zero, reactor.now.duration(to: deadline))) { [weak self] in
            self?.moveTimer = nil
            self?.giveUpMoves()
        }
    }

    private func giveUpMoves() {
        for cookie in queue.giveUpHalves(by: reactor.now) { tree.drop(lifted: cookie) }
        if nextDelivery == nil { deliver() }
    }

    private func listen(_ wanted: Bool) {
        guard wanted != isListening else { return }
        isListening = wanted
        do throws(SystemFailure) {
            try reactor.modify(descriptor, interest: wanted ? .read : [])
        } catch {
            finish(.failed(error))
        }
    }
}

/// What a path means: a directory and all in it, or one name in a directory.
private struct WatchTarget {
    let path: WatchedPath
    let directory: WatchedPath
    let entry: [UInt8]?

    init(_ text: String) throws(FileWatchFailure) {
        var octets = Array(text.utf8)
        while octets.count > 1, octets.last == WatchedPath.slash { octets.removeLast() }
        path = WatchedPath(octets: octets)
        guard !octets.isEmpty, !octets.contains(0) else {
            throw .refused(path, SystemFailure(code: octets.isEmpty ? ENOENT : EINVAL, call: "inotify_add_watch"))
        }
        var status = stat()
        if unsafe path.withCString({ unsafe stat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFDIR {
            directory = path
            entry = nil
            return
        }
        entry = path.name
        guard let slash = octets.lastIndex(of: WatchedPath.slash) else {
            directory = WatchedPath(".")
            return
        }
        directory = WatchedPath(octets: slash == 0 ? [WatchedPath.slash] : Array(octets[..<slash]))
    }
}
#endif
