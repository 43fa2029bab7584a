import Glibc
import Synchronization

/// Why a call into a reactor that was waited for has no answer.
public enum MailboxFailure: Error, Hashable, Sendable {
    /// It was made on the reactor's own thread, which would have waited for itself.
    case calledFromReactor

    /// The reactor went away before it came to the call, or the deferred was never fired.
    case reactorGone
}

extension ReactorMailbox {
    /// Has the reactor call `body` on its thread and waits for the answer; for other threads only.
    ///
    /// - Throws: What `body` throws, or ``MailboxFailure``.
    public func callAndWait<Value: Sendable>(
        _ body: @escaping @Sendable (Reactor) throws -> Value
    ) throws -> Value {
        try wait { answer in
            callFromThread { reactor in answer.give(Result { try body(reactor) }) }
        }
    }

    /// Has the reactor call `body` on its thread and waits until its deferred has fired; for other threads only.
    ///
    /// - Throws: What `body` throws, the deferred's failure, or ``MailboxFailure``.
    public func callAndWait<Value: Sendable>(
        forDeferred body: @escaping @Sendable (Reactor) throws -> Deferred<Value>
    ) throws -> Value {
        try wait { answer in
            callFromThread { reactor in
                do {
                    try body(reactor).whenDone { answer.give($0) }
                } catch {
                    answer.give(.failure(error))
                }
            }
        }
    }

    private func wait<Value: Sendable>(_ ask: (Answer<Value>) -> Void) throws -> Value {
        guard !box.isPassOfThisThread else { throw MailboxFailure.calledFromReactor }
        let slot = AnswerSlot<Value>()
        ask(Answer(slot: slot))
        return try slot.wait().get()
    }
}

/// Gives one answer; one that is dropped unanswered says that the reactor is gone.
private final class Answer<Value: Sendable>: Sendable {
    private let slot: AnswerSlot<Value>

    init(slot: AnswerSlot<Value>) {
        self.slot = slot
    }

    deinit { slot.give(.failure(MailboxFailure.reactorGone)) }

    func give(_ result: Result<Value, any Error>) { slot.give(result) }
}

/// Where a thread waits for an answer.
///
/// `@unchecked Sendable` holds because the result is behind the mutex, and the semaphore's address is constant from
/// `init` to `deinit`.
@safe private final class AnswerSlot<Value: Sendable>: @unchecked Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)
    private let semaphore: UnsafeMutablePointer<sem_t>

    init() {
        unsafe semaphore = .allocate(capacity: 1)
        unsafe sem_init(semaphore, 0, 0)
    }

    deinit {
        unsafe sem_destroy(semaphore)
        unsafe semaphore.deallocate()
    }

    func give(_ answer: Result<Value, any Error>) {
        let isFirst = result.withLock { result in
            guard result == nil else { return false }
            result = answer
            return true
        }
        if isFirst { unsafe sem_post(semaphore) }
    }

    func wait() -> Result<Value, any Error> {
        while unsafe sem_wait(semaphore) != 0 {}
        return result.withLock { $0 } ?? .failure(MailboxFailure.reactorGone)
    }
}
