extension Reactor {
    /// Runs an asynchronous operation on this reactor's thread.
    ///
    /// The operation may capture what belongs to the reactor and use it between its `await`s, which
    /// come back to this thread. It begins in this pass or the next one, never inside this call.
    ///
    /// - Returns: A deferred that fires when the operation ends. Cancelling it cancels the task; a failure
    ///   nobody looks at is reported like that of any deferred.
    @discardableResult public func spawn(
        fileID: StaticString = #fileID, line: UInt = #line, _ operation: @escaping () async throws -> Void
    ) -> Deferred<Void> {
        deferToTask(fileID: fileID, line: line, operation)
    }

    /// Runs an asynchronous operation on this reactor's thread and gives its value to a deferred.
    ///
    /// Otherwise like ``spawn(fileID:line:_:)``.
    public func deferToTask<Value>(
        fileID: StaticString = #fileID, line: UInt = #line, _ operation: @escaping () async throws -> Value
    ) -> Deferred<Value> {
        let handle = TaskHandle()
        let outcome = Deferred<Value>(canceller: { handle.task?.cancel() }, fileID: fileID, line: line)
        lastWork += 1
        let number = lastWork
        tasks[number] = outcome.origin
        let box = HomeboundBox(value: (operation: operation, outcome: outcome, home: WeakReactor(reactor: self)))
        handle.task = ReactorMailbox.$current.withValue(mailbox) {
            Task(executorPreference: executor) {
                let (operation, outcome, home) = box.value
                do {
                    let value = try await operation()
                    home.reactor?.tasks[number] = nil
                    outcome.succeed(value)
                } catch {
                    home.reactor?.tasks[number] = nil
                    outcome.fail(error)
                }
            }
        }
        return outcome
    }
}

/// A task does not keep its reactor.
private struct WeakReactor {
    weak var reactor: Reactor?
}

/// Lets a deferred's canceller know the task that is made after it.
private final class TaskHandle {
    var task: Task<Void, Never>?
}
