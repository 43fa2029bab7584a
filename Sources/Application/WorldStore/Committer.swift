import Basics
import GRDB
import Glibc
import Synchronization
package import WorldModel

/// Writes turns to disk on a thread of its own and tells which are durable.
///
/// One transaction takes every turn that is queued, so a slow disk makes larger groups. There is no timer: a turn
/// that arrives while the thread is idle is committed at once. In idle moments the thread folds the log into the
/// tables and checkpoints; it is the only one that ever does.
///
/// The thread runs until ``stop()`` or a fatal failure, also when nobody holds the committer any more.
///
/// - Isolation: may be used from any thread. What the threads share is `shared`, an atomic, and constants.
package final class Committer: Sendable {
    /// What the other threads and the committer's thread share.
    struct Shared {
        var queued: [TurnRecord] = []
        var isStopping = false
        var hasEnded = false
        var backups = 0
        var statistics = CommitterStatistics()
        /// Held until the database is closed.
        var lock: StoreLock?
    }

    let path: String
    let shared: Monitor<Shared>
    private let published = Atomic<UInt64>(0)

    init(
        path: String, queue: DatabaseQueue, lock: StoreLock?, ballast: Ballast, options: StoreOptions,
        events: CommitterEvents
    ) {
        self.path = path
        shared = Monitor(Shared(lock: lock))
        let started = startThread { [self] in
            CommitterLoop(path: path, ballast: ballast, options: options, events: events, owner: self).run(queue)
        }
        // Without its thread a server would accept turns that never become durable.
        guard started else { fatalError("the system has no thread for the committer") }
    }

    /// The last turn known to be on disk in this run; 0 until the thread has looked.
    package var durable: UInt64 { published.load(ordering: .acquiring) }

    /// Queues turns for writing; cheap.
    ///
    /// Their numbers continue those of the turns submitted before. After a fatal failure they are dropped.
    package func submit(_ batch: [TurnRecord]) {
        if batch.isEmpty { return }
        shared.signal { shared in
            if shared.hasEnded { return }
            if shared.queued.isEmpty { shared.queued = batch } else { shared.queued.append(contentsOf: batch) }
        }
    }

    /// Commits everything queued, folds the whole log, checkpoints, closes the database, and returns when that is done.
    ///
    /// Waits for running backups. May be called again, but not from ``CommitterEvents``: those run on the thread it waits
    /// for.
    package func stop() {
        shared.signal { $0.isStopping = true }
        _ = shared.wait(upTo: nil) { $0.hasEnded && $0.backups == 0 ? true : nil }
    }

    /// Counters as of now, with file sizes.
    package func statistics() -> CommitterStatistics {
        var found = shared.withLock { shared in
            var statistics = shared.statistics
            statistics.queued = shared.queued.count
            return statistics
        }
        found.databaseBytes = sizeOfFile(path)
        found.logBytes = sizeOfFile(path + "-wal")
        return found
    }

    func publish(_ sequence: UInt64) {
        published.store(sequence, ordering: .releasing)
    }
}

private func sizeOfFile(_ path: String) -> Int {
    var file = stat()
    return stat(path, &file) == 0 ? Int(file.st_size) : 0
}
