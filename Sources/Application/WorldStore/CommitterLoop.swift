import Basics
import FoundationEssentials
import GRDB
import Glibc
import WorldModel

/// The committer's thread: what it does next, and what it does when the disk refuses.
///
/// | Failure | What happens |
/// | --- | --- |
/// | the disk is full | ballast released, turns kept, tried again until there is room |
/// | another program holds the write lock | turns kept, tried again |
/// | anything else, above all a failed fsync | ``CommitterEvents/onFatal`` at once, the database is not touched again |
///
/// After a failed fsync the kernel may have dropped the pages it could not write and report success the next time, so
/// a second try proves nothing.
///
/// - Isolation: plain and non-Sendable; made and used on the committer's thread.
final class CommitterLoop {
    let path: String
    let options: StoreOptions
    let events: CommitterEvents
    let owner: Committer
    var ballast: Ballast
    var stall: Stall?
    var hasFailed = false

    private let log = LogWatch()
    private var files = OpenFiles([])
    private var meta = StoreMeta(folded: 0, nextID: 1, created: WallInstant(milliseconds: 0))
    private var last: UInt64 = 0
    /// When housekeeping may go on.
    var notBefore = MonotonicInstant.zero
    private var statistics = CommitterStatistics()

    struct Stall {
        var reason: StallReason
        /// Whether something was written since.
        var isCleared = false
    }

    init(path: String, ballast: Ballast, options: StoreOptions, events: CommitterEvents, owner: Committer) {
        self.path = path
        self.ballast = ballast
        self.options = options
        self.events = events
        self.owner = owner
    }

    func run(_ queue: DatabaseQueue) {
        queue.inDatabase { db in
            log.watch(db)
            defer { log.unwatch(db) }
            guard begin(db) else { return }
            while let batch = next(), !hasFailed {
                if batch.isEmpty { idle(db) } else { write(batch[...], db) }
                recoverIfPossible()
            }
            if !hasFailed { finish(db) }
        }
        if hasFailed {
            // Closing would checkpoint: after a failure the files are left as they are until the process ends.
            _ = Unmanaged.passRetained(queue)
        } else {
            do { try queue.close() } catch { fail("closing", error) }
        }
        owner.shared.signal { shared in
            shared.lock = nil
            shared.queued = []
            shared.hasEnded = true
        }
    }

    private func begin(_ db: Database) -> Bool {
        do {
            meta = try StoreMeta(db)
            let newest = try Int64.fetchOne(db, sql: "SELECT max(sequence) FROM turn")
            last = max(meta.folded, newest.map { UInt64(bitPattern: $0) } ?? 0)
        } catch {
            fail("reading", error)
            return false
        }
        files = OpenFiles([path, path + "-wal", path.directoryOfPath + "/lock"])
        owner.publish(last)
        tell()
        return true
    }

    /// Waits for something to do.
    ///
    /// - Returns: Turns to write; none when it is time for housekeeping; nil at the end.
    private func next() -> [TurnRecord]? {
        let answer = owner.shared.wait(upTo: patience) { shared -> [TurnRecord]?? in
            if !shared.queued.isEmpty {
                var taken: [TurnRecord] = []
                swap(&taken, &shared.queued)
                return .some(taken)
            }
            return shared.isStopping ? .some(nil) : nil
        }
        return answer ?? []
    }

    private var patience: Duration? {
        if stall != nil { return options.retryDelay }
        guard hasHousekeeping else { return nil }
        let now = Self.now()
        return now < notBefore ? now.duration(to: notBefore) : .zero
    }

    private var hasHousekeeping: Bool { last > meta.folded || log.frames > 0 }

    static func now() -> MonotonicInstant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicInstant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    // MARK: Writing

    private func write(_ batch: ArraySlice<TurnRecord>, _ db: Database) {
        var rest = batch
        while !rest.isEmpty, !hasFailed {
            let group = rest.prefix(options.largestGroup)
            commit(group, db)
            rest = rest.dropFirst(group.count)
            if hasFailed { return }
            // The slice is larger than the group, so the tail shrinks even under a load without pause.
            if last - meta.folded > UInt64(options.tailLimit) {
                housekeep("folding") { try fold(db, slice: max(options.foldSlice, group.count * 2)) }
            }
            checkpointIfDue(db)
        }
        notBefore = Self.now().advanced(by: options.foldDelay)
    }

    private func commit(_ group: ArraySlice<TurnRecord>, _ db: Database) {
        guard let newest = group.last?.sequence else { return }
        if options.releasesEarly { publish(newest) }
        let began = Self.now()
        insist("writing") { try append(group, to: db) }
        if hasFailed { return }
        if let displaced = files.displaced {
            let reason = "somebody removed or replaced it while the server runs"
            return fail("writing", StoreFailure.io(path: displaced, reason: reason))
        }
        last = newest
        statistics.record(turns: group.count, took: began.duration(to: Self.now()))
        tell()
        publish(newest)
    }

    private func append(_ group: ArraySlice<TurnRecord>, to db: Database) throws {
        try transaction(db) {
            let insert = try db.cachedStatement(sql: "INSERT INTO turn(sequence, body) VALUES (?, ?)")
            var before = last
            for record in group {
                guard record.sequence == before + 1 else {
                    throw WorldDamage("turn \(record.sequence) was submitted after turn \(before)")
                }
                before = record.sequence
                try insert.execute(arguments: [Int64(bitPattern: record.sequence), Data(record.encoded())])
            }
        }
    }

    private func publish(_ sequence: UInt64) {
        owner.publish(sequence)
        events.onDurable(sequence)
    }

    private func transaction(_ db: Database, _ body: () throws -> Void) throws {
        // What a failed COMMIT left open would swallow the next one.
        if db.isInsideTransaction { try db.rollback() }
        try db.inTransaction(.immediate) {
            try body()
            return .commit
        }
    }

    // MARK: Housekeeping

    private func idle(_ db: Database) {
        if last > meta.folded {
            housekeep("folding") { try fold(db, slice: options.foldSlice) }
            checkpointIfDue(db)
        } else if log.frames > 0 {
            housekeep("checkpointing") { try checkpoint(db, .passive) }
        }
    }

    private func fold(_ db: Database, slice: Int) throws {
        var folding = Folding(after: meta)
        var moved = meta
        try transaction(db) {
            try StoreReader(db: db).eachTurn(after: meta.folded, limit: slice) { try folding.add($0) }
            if folding.count > 0 { try folding.apply(to: db, meta: &moved) }
        }
        guard folding.count > 0 else { throw WorldDamage("turns after \(meta.folded) are missing from the log") }
        meta = moved
        tell()
    }

    private func checkpointIfDue(_ db: Database) {
        if !hasFailed, log.frames >= options.checkpointFrames {
            housekeep("checkpointing") { try checkpoint(db, .passive) }
        }
    }

    private func checkpoint(_ db: Database, _ kind: Database.CheckpointMode) throws {
        let (total, done) = try db.checkpoint(kind)
        statistics.checkpoints += 1
        // While a backup reads, some frames must stay; looking again before the next commit would be in vain.
        log.frames = 0
        if done < total { notBefore = Self.now().advanced(by: options.retryDelay) }
        tell()
    }

    /// Leaves everything in the tables and the write-ahead log empty; nothing of this is needed to lose nothing.
    private func finish(_ db: Database) {
        // A reader would keep the log from being emptied.
        _ = owner.shared.wait(upTo: nil) { $0.backups == 0 ? true : nil }
        do {
            while last > meta.folded { try fold(db, slice: options.largestGroup) }
            try checkpoint(db, .truncate)
        } catch {
            if Trouble(error).stallReason == nil { fail("closing", error) }
        }
    }

    func tell() {
        statistics.tail = last - meta.folded
        statistics.folded = meta.folded
        statistics.stalled = stall?.reason
        statistics.hasBallast = ballast.isHeld
        let current = statistics
        owner.shared.withLock { $0.statistics = current }
    }
}
