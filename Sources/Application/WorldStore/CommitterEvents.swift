/// Why turns wait although nothing is lost.
package enum StallReason: Hashable, Sendable {
    case diskFull
    /// Another program holds the database's write lock.
    case locked
}

/// What a ``Committer`` tells; every closure is called on the committer's thread and must only pass it on.
package struct CommitterEvents: Sendable {
    /// Every turn up to this number is on disk.
    package var onDurable: @Sendable (UInt64) -> Void
    /// Turns cannot be written for now; the committer keeps them and tries again.
    package var onStalled: @Sendable (StallReason) -> Void
    package var onRecovered: @Sendable () -> Void
    /// The disk failed; nothing more will become durable, and the process must end without showing unwritten turns.
    package var onFatal: @Sendable (String) -> Void

    package init(
        onDurable: @escaping @Sendable (UInt64) -> Void, onStalled: @escaping @Sendable (StallReason) -> Void,
        onRecovered: @escaping @Sendable () -> Void, onFatal: @escaping @Sendable (String) -> Void
    ) {
        self.onDurable = onDurable
        self.onStalled = onStalled
        self.onRecovered = onRecovered
        self.onFatal = onFatal
    }
}

/// What a committer has done so far.
package struct CommitterStatistics: Hashable, Sendable {
    /// Transactions of turns.
    package var commits: UInt64 = 0
    /// Turns written.
    package var turns: UInt64 = 0
    /// Turns in the largest transaction.
    package var largestGroup = 0
    /// Transactions by their turns: in each class those of at most its bound that are in no class before, in the last the rest.
    package var groups = [UInt64](repeating: 0, count: Self.groupBounds.count + 1)
    package var lastCommit: Duration = .zero
    package var slowestCommit: Duration = .zero
    /// What all transactions took together.
    package var commitTime: Duration = .zero
    /// Turns in the log that are not folded yet.
    package var tail: UInt64 = 0
    /// The last turn the folded tables contain.
    package var folded: UInt64 = 0
    package var checkpoints: UInt64 = 0
    package var stalled: StallReason?
    package var hasBallast = false
    /// Turns submitted and not yet written.
    package var queued = 0
    /// Size of the database file, in octets.
    package var databaseBytes = 0
    /// Size of the write-ahead log, in octets.
    package var logBytes = 0

    package init() {}

    /// The turns of a transaction that the classes of ``groups`` end at; powers of two up to the largest there is by default.
    package static let groupBounds = (0...11).map { 1 << $0 }

    /// Counts a transaction.
    package mutating func record(turns count: Int, took: Duration) {
        commits += 1
        turns += UInt64(count)
        largestGroup = max(largestGroup, count)
        groups[Self.groupBounds.firstIndex { count <= $0 } ?? Self.groupBounds.count] += 1
        lastCommit = took
        slowestCommit = max(slowestCommit, took)
        commitTime += took
    }
}
