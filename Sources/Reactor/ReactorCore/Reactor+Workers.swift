extension Reactor {
    /// Does work that blocks on another thread, and fires the deferred on this one.
    ///
    /// At most two pieces run at a time and the queue is bounded. ``run()`` waits for unfinished
    /// work when it ends. Cancelling the deferred does not interrupt work that has begun; its result
    /// is dropped.
    public func deferToThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) -> Deferred<Value> {
        let team = self.team ?? WorkerTeam()
        self.team = team
        lastWork += 1
        let number = lastWork
        let outcome = Deferred<Value> { [weak self] in self?.pendingWork[number] = nil }
        let mailbox = mailbox
        do throws(WorkerFailure) {
            try team.submit {
                let result = Result { try work() }
                mailbox.callFromThread { $0.finishWork(number, result) }
            }
            pendingWork[number] = outcome
        } catch {
            outcome.fail(error)
        }
        return outcome
    }

    private func finishWork<Value>(_ number: UInt64, _ result: Result<Value, any Error>) {
        guard let outcome = pendingWork.removeValue(forKey: number) as? Deferred<Value> else { return }
        outcome.settle(result)
    }
}
