extension Deferred {
    /// Waits for the result; in a task of ``Reactor/spawn(fileID:line:_:)`` it comes back on the reactor's thread.
    ///
    /// When the deferred has fired already there is no suspension. Cancelling the task cancels the
    /// deferred, if the task belongs to a reactor.
    ///
    /// The waiting task keeps the deferred. One that nobody else keeps can never be fired, and is waited for
    /// until the task is cancelled; what is derived from it fails with ``DeferredFailure/abandoned`` instead.
    public var value: Success {
        get async throws {
            if let result = currentResult { return try result.get() }
            let mailbox = ReactorMailbox.current
            let box = HomeboundBox(value: self)
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    whenDone { _ in continuation.resume() }
                }
            } onCancel: {
                mailbox?.callFromThread { _ in box.value.cancel() }
            }
            guard let result = currentResult else { throw DeferredFailure.abandoned }
            return try result.get()
        }
    }
}
