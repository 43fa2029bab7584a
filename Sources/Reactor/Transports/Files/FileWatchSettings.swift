/// The extent and the bounds of a watch.
public struct FileWatchSettings: Hashable, Sendable {
    /// Whether the directories below the watched one are watched, too, those to come included.
    public var isRecursive: Bool

    /// The most directories of a tree that are watched, each of which costs the kernel about a kilobyte; our
    /// choice, what the kernel allowed a user by default before Linux 5.11.
    public var directoryCount = 8192

    /// The most events told in one pass, so that connections get their turn.
    public var eventsPerPass = 256

    /// The most events that wait to be told; beyond them all are dropped and an overflow is told instead.
    ///
    /// Four times the kernel's own queue, because a directory that is moved in brings an event for all it holds.
    public var waitingEventCount = 65_536

    /// How long the first half of a move waits for the second; the kernel makes both in one system call.
    public var moveWait: Duration = .milliseconds(10)

    /// Makes settings with the usual bounds.
    public init(isRecursive: Bool = false) {
        self.isRecursive = isRecursive
    }
}
