#if os(Linux)
import CLinux
import Glibc
import ReactorCore

/// A watched directory, by its place below the one it was found in.
final class WatchedDirectory {
    let watch: Int32
    fileprivate(set) weak var parent: WatchedDirectory?
    fileprivate(set) var name: [UInt8]
    fileprivate(set) var children: [[UInt8]: WatchedDirectory] = [:]

    /// The path of a directory without a parent: of the root, or of one that is being moved.
    fileprivate var anchor: WatchedPath?

    /// The cookie of the unclear move of this directory.
    fileprivate var cookie: UInt32?

    /// Names that were told when the directory was found, and whose creation the kernel may still tell.
    var found: Set<[UInt8]> = []

    /// Directories that were gone from here, or had another path, before they could be watched.
    fileprivate(set) var missed: Set<[UInt8]> = []

    fileprivate init(watch: Int32, parent: WatchedDirectory?, name: [UInt8]) {
        self.watch = watch
        self.parent = parent
        self.name = name
    }

    /// Where the directory is, as far as is known.
    var path: WatchedPath {
        var names: [[UInt8]] = []
        var top = self
        while let parent = top.parent {
            names.append(top.name)
            top = parent
        }
        return names.reversed().reduce(top.anchor ?? WatchedPath("")) { $0.appending($1) }
    }

    /// The cookie of the unclear move of this directory or of one above it.
    var unclearMove: UInt32? {
        var top = self
        while let parent = top.parent { top = parent }
        return top.cookie
    }

    /// This directory and those below it.
    fileprivate var subtree: [WatchedDirectory] {
        var result = [self]
        var next = 0
        while next < result.count {
            result.append(contentsOf: result[next].children.values)
            next += 1
        }
        return result
    }

    /// The watched directory of a name in this one.
    subscript(name: [UInt8]) -> WatchedDirectory? { children[name] }

    /// Forgets what is known of an entry that is not there any more.
    func forget(_ name: [UInt8]) {
        found.remove(name)
        missed.remove(name)
    }
}

/// The watches of one inotify descriptor, and the directories they belong to.
struct WatchTree {
    /// What can be told of a directory, and that nothing is told twice or through symbolic links.
    private static let mask = UInt32(
        IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO
            | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK)

    /// What came of trying to watch a directory.
    enum Outcome {
        case watched(WatchedDirectory)
        case gone
        case failed(FileWatchFailure)
    }

    /// An entry of a directory.
    struct Item {
        var name: [UInt8]
        var isDirectory: Bool
    }

    let root: WatchedDirectory
    private let descriptor: Int32
    private let limit: Int
    private var byWatch: [Int32: WatchedDirectory] = [:]
    private var unclear: [UInt32: WatchedDirectory] = [:]

    /// Watches the root, also through a symbolic link.
    init(descriptor: Int32, root path: WatchedPath, limit: Int) throws(FileWatchFailure) {
        self.descriptor = descriptor
        self.limit = limit
        let watch = unsafe path.withCString { unsafe inotify_add_watch(descriptor, $0, Self.mask) }
        guard watch >= 0 else { throw Self.failure(of: path) }
        root = WatchedDirectory(watch: watch, parent: nil, name: [])
        root.anchor = path
        byWatch[watch] = root
    }

    subscript(watch: Int32) -> WatchedDirectory? { byWatch[watch] }

    private static func failure(of path: WatchedPath) -> FileWatchFailure {
        errno == ENOSPC ? .watchLimit(path) : .refused(path, SystemFailure(call: "inotify_add_watch"))
    }

    /// Whether the path of the root still leads to it.
    var rootIsInPlace: Bool {
        let watch = unsafe root.path.withCString { unsafe inotify_add_watch(descriptor, $0, Self.mask) }
        if watch >= 0, watch != root.watch { inotify_rm_watch(descriptor, watch) }
        return watch == root.watch
    }

    /// Watches an entry of a directory; one that is watched already gets its place there.
    mutating func watch(_ name: [UInt8], in parent: WatchedDirectory) -> Outcome {
        let path = parent.path.appending(name)
        let watch = unsafe path.withCString {
            unsafe inotify_add_watch(descriptor, $0, Self.mask | UInt32(IN_DONT_FOLLOW))
        }
        guard watch >= 0 else {
            guard errno != ENOENT, errno != ENOTDIR else {
                parent.missed.insert(name)
                return .gone
            }
            return .failed(Self.failure(of: path))
        }
        parent.missed.remove(name)
        if let known = byWatch[watch] {
            if known.parent === parent, known.name == name { return .watched(known) }
            guard place(known, name, in: parent) else { return .gone }
            // What was told of it was told by another path.
            for each in known.subtree { each.found = [] }
            return .watched(known)
        }
        guard byWatch.count < limit else {
            inotify_rm_watch(descriptor, watch)
            return .failed(.tooManyDirectories(limit: limit, path))
        }
        let made = WatchedDirectory(watch: watch, parent: parent, name: name)
        byWatch[watch] = made
        place(made, name, in: parent)
        return .watched(made)
    }

    /// Gives a directory its place, unless that is inside itself, which a bind mount can make it.
    @discardableResult private mutating func place(
        _ directory: WatchedDirectory, _ name: [UInt8], in parent: WatchedDirectory
    ) -> Bool {
        guard directory !== root, !directory.subtree.contains(where: { $0 === parent }) else { return false }
        if let old = directory.parent, old.children[directory.name] === directory { old.children[directory.name] = nil }
        if let other = parent.children[name], other !== directory { drop(other) }
        if let cookie = directory.cookie { unclear[cookie] = nil }
        directory.cookie = nil
        directory.anchor = nil
        directory.name = name
        directory.parent = parent
        parent.children[name] = directory
        return true
    }

    /// Takes a directory out of its place, because it is being moved.
    mutating func lift(_ directory: WatchedDirectory, cookie: UInt32) {
        directory.anchor = directory.path
        directory.parent?.children[directory.name] = nil
        directory.parent = nil
        directory.cookie = cookie
        unclear[cookie] = directory
    }

    /// Puts a lifted directory in its new place.
    ///
    /// - Returns: The directory; nil if there is no such move.
    mutating func land(_ cookie: UInt32, as name: [UInt8], in parent: WatchedDirectory) -> WatchedDirectory? {
        guard let directory = unclear[cookie], place(directory, name, in: parent) else { return nil }
        return directory
    }

    /// The directories below one that could not be watched by their old paths.
    func missed(below directory: WatchedDirectory) -> [(parent: WatchedDirectory, name: [UInt8])] {
        directory.subtree.flatMap { parent in parent.missed.map { (parent, $0) } }
    }

    /// Stops to watch a directory that went away.
    mutating func drop(lifted cookie: UInt32) {
        if let directory = unclear.removeValue(forKey: cookie) { drop(directory) }
    }

    /// Stops to watch a directory and those below it.
    mutating func drop(_ directory: WatchedDirectory) {
        for each in directory.subtree {
            if byWatch.removeValue(forKey: each.watch) != nil { inotify_rm_watch(descriptor, each.watch) }
            if let cookie = each.cookie { unclear[cookie] = nil }
        }
        if let parent = directory.parent, parent.children[directory.name] === directory {
            parent.children[directory.name] = nil
        }
    }

    /// Forgets the places of all directories below the root; those that ``watch(_:in:)`` does not find again until
    /// ``dropForgotten(_:)`` are not watched any more.
    mutating func forgetPlaces() -> [Int32: WatchedDirectory] {
        let known = byWatch
        byWatch = [root.watch: root]
        unclear = [:]
        root.children = [:]
        root.found = []
        root.missed = []
        return known
    }

    /// Stops the watches of directories that are not known any more.
    func dropForgotten(_ known: [Int32: WatchedDirectory]) {
        for watch in known.keys where byWatch[watch] == nil { inotify_rm_watch(descriptor, watch) }
    }

    /// Forgets the names that were found; to be done when the kernel has told all it knew then.
    func forgetFound() {
        for directory in byWatch.values where !directory.found.isEmpty { directory.found = [] }
    }

    /// What is in a directory now; nothing when it is gone or may not be read.
    static func look(into directory: WatchedDirectory) -> [Item] {
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (directory.parent == nil ? 0 : O_NOFOLLOW)
        let descriptor = unsafe directory.path.withCString { unsafe open($0, flags) }
        guard descriptor >= 0 else { return [] }
        guard let listing = unsafe fdopendir(descriptor) else {
            close(descriptor)
            return []
        }
        defer { unsafe closedir(listing) }
        var items: [Item] = []
        while let entry = unsafe readdir(listing) {
            // The name is read in place: the kernel gives records shorter than the structure.
            guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { break }
            let start = unsafe UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
            let name = unsafe UnsafeBufferPointer(start: start, count: strlen(start)).map { UInt8(bitPattern: $0) }
            if name == [Self.dot] || name == [Self.dot, Self.dot] { continue }
            items.append(Item(name: name, isDirectory: unsafe isDirectory(entry.pointee.d_type, start, in: descriptor)))
        }
        return items
    }

    private static let dot = UInt8(ascii: ".")

    /// Some file systems do not tell the type of an entry.
    private static func isDirectory(_ type: UInt8, _ name: UnsafePointer<CChar>, in directory: Int32) -> Bool {
        guard Int(type) == Int(DT_UNKNOWN) else { return Int(type) == Int(DT_DIR) }
        var status = stat()
        return unsafe fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
#endif
