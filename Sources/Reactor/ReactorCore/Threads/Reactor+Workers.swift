extension Reactor {
    /// Does work that blocks on another thread, and fires the deferred on this one.
    ///
    /// As many pieces run at a time as the pool has threads, two in the reactor's own, and the queue is bounded:
    /// beyond it the deferred fails with ``ThreadPoolFailure``. ``run()`` waits for unfinished work of its own pool
    /// when it ends, for as long as ``shutdownLimit``. Cancelling the deferred takes back work that has not begun; work that has
    /// is not interrupted, and its result is dropped.
    ///
    /// - Parameters:
    ///   - pool: Whose threads do the work; the reactor's own when nil.
    ///   - fileID: Where the work was asked for, for reports.
    ///   - line: The line in that file.
    ///   - work: What to do; it may not touch anything that belongs to a reactor.
    /// - Returns: What the work returns or throws.
    public func deferToThread<Value: Sendable>(
        in pool: ThreadPool? = nil, fileID: StaticString = #fileID, line: UInt = #line,
        _ work: @escaping @Sendable () throws -> Value
    ) -> Deferred<Value> {
        let pool = pool ?? ownPool
        lastWork += 1
        let number = lastWork
        var ticket: UInt64?
        let takeBack = { [weak self] in
            // What has begun stays among the leftovers until it ends.
            if let ticket, pool.withdraw(ticket) { _ = self?.pendingWork.removeValue(forKey: number) }
        }
        let outcome = Deferred<Value>(canceller: takeBack, fileID: fileID, line: line)
        let mailbox = mailbox
        do throws(ThreadPoolFailure) {
            ticket = try pool.submit {
                let result = Result { try work() }
                mailbox.callFromThread { $0.finishWork(number, result) }
            }
            pendingWork[number] = outcome
        } catch {
            outcome.fail(error)
        }
        return outcome
    }

    /// The number of pieces of work that wait for one of the reactor's own worker threads.
    package var waitingWorkCount: Int { team?.waitingCount ?? 0 }

    private var ownPool: ThreadPool {
        if let team { return team }
        let made = ThreadPool()
        team = made
        return made
    }

    private func finishWork<Value>(_ number: UInt64, _ result: Result<Value, any Error>) {
        guard let outcome = pendingWork.removeValue(forKey: number) as? Deferred<Value>, !outcome.isFired else {
            return
        }
        outcome.settle(result)
    }
}
