public import ReactorCore

/// What happened to something that is watched.
public struct FileEvent: Hashable, Sendable, CustomStringConvertible {
    /// The kinds of events.
    public enum Kind: Hashable, Sendable {
        /// It came into being, or was found in a directory that is new to the watch.
        ///
        /// What is found may have been written already; then nothing more is heard of it.
        case created

        /// Its content changed, and may go on to change.
        case changed

        /// A program that could write to it has closed it: its content is whole for now.
        case written

        /// Its permissions, owner, times or number of names changed.
        case attributesChanged

        /// It was removed.
        case removed

        /// It has a new name, and what is in it goes with it; what was there before is replaced.
        ///
        /// A move that is overtaken by others may be told as ``movedOut`` and ``movedIn``.
        case moved(from: WatchedPath)

        /// It came from where nothing is watched; what was there before is replaced.
        ///
        /// What is in a directory that comes into a tree is told as ``created``.
        /// So do editors save: a finished file takes the place of the old one.
        case movedIn

        /// It went to where nothing is watched.
        case movedOut

        /// Events were lost: look at everything that matters anew; what happens after this event is reported again.
        case overflow

        /// A directory of the tree, or what is below it, is not watched.
        case unwatched(FileWatchFailure)

        /// The watch is over; nothing follows.
        case ended(FileWatchEnd)
    }

    /// What happened.
    public var kind: Kind

    /// What it happened to, by its new name; the watched root for ``Kind/overflow`` and ``Kind/ended(_:)``.
    public var path: WatchedPath

    /// Whether that is a directory.
    public var isDirectory: Bool

    /// Makes an event.
    public init(_ kind: Kind, _ path: WatchedPath, isDirectory: Bool = false) {
        self.kind = kind
        self.path = path
        self.isDirectory = isDirectory
    }

    /// The event in one line, as in `created /srv/world/inn.yaml`.
    public var description: String {
        let object = isDirectory ? "\(path)/" : "\(path)"
        return switch kind {
        case .created: "created \(object)"
        case .changed: "changed \(object)"
        case .written: "written \(object)"
        case .attributesChanged: "attributes changed \(object)"
        case .removed: "removed \(object)"
        case .moved(let origin): "moved \(origin) to \(object)"
        case .movedIn: "moved in \(object)"
        case .movedOut: "moved out \(object)"
        case .overflow: "overflow \(object)"
        case .unwatched(let failure): "unwatched \(object): \(failure)"
        case .ended(let end): "ended \(object): \(end)"
        }
    }
}

/// Why a watch ended by itself.
public enum FileWatchEnd: Hashable, Sendable, CustomStringConvertible {
    /// The watched directory, or that of the watched file, was removed.
    case removed

    /// That directory has another name now.
    case moved

    /// Its file system was unmounted.
    case unmounted

    /// Events could not be read.
    case failed(SystemFailure)

    /// The reason in words.
    public var description: String {
        switch self {
        case .removed: "the directory was removed"
        case .moved: "the directory was moved"
        case .unmounted: "the file system was unmounted"
        case .failed(let failure): failure.description
        }
    }
}

/// Why something cannot be watched.
public enum FileWatchFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The user has as many watches as the kernel allows.
    case watchLimit(WatchedPath)

    /// The user has as many watchers, or the process as many descriptors, as the kernel allows.
    case watcherLimit

    /// The tree has more directories than ``FileWatchSettings/directoryCount``.
    case tooManyDirectories(limit: Int, WatchedPath)

    /// The kernel refused for another reason: there is no such directory, or it may not be read.
    case refused(WatchedPath, SystemFailure)

    /// What is wrong, and what to do about the limits.
    public var description: String {
        switch self {
        case .watchLimit(let path):
            "cannot watch \(path): this user has as many watches as /proc/sys/fs/inotify/max_user_watches allows"
        case .watcherLimit:
            "cannot watch files: this user has as many watchers as /proc/sys/fs/inotify/max_user_instances allows, "
                + "or this process has too many open files"
        case .tooManyDirectories(let limit, let path):
            "cannot watch \(path): the tree has more than the \(limit) directories its settings allow"
        case .refused(let path, let failure): "cannot watch \(path): \(failure)"
        }
    }
}
