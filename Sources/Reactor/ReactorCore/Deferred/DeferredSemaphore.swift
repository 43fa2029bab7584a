/// Lets at most so many pieces of work go on at a time; the others wait in order.
///
/// ```swift
/// let downloads = DeferredSemaphore(limit: 4)
/// downloads.run { fetch(page) }.whenDone { … }
/// ```
///
/// - Complexity: O(1) for every operation, on average.
public final class DeferredSemaphore {
    /// How many may hold the semaphore at a time.
    public let limit: Int

    /// How many hold it now.
    public private(set) var holderCount = 0

    private var waiters = NumberedQueue<Deferred<Void>>()

    /// Makes a semaphore that nobody holds.
    ///
    /// - Parameter limit: How many may hold it at a time; at least one.
    public init(limit: Int) {
        precondition(limit > 0, "a semaphore that lets nobody in")
        self.limit = limit
    }

    /// How many wait.
    public var waiterCount: Int { waiters.count }

    /// Whether ``acquire(fileID:line:)`` would wait.
    public var isExhausted: Bool { holderCount == limit }

    /// Succeeds when the caller holds the semaphore; to be followed by one ``release()``.
    ///
    /// First come, first served. Cancelling a waiting deferred takes it out of the queue. ``run(fileID:line:_:)``
    /// does the releasing by itself and is to be preferred.
    public func acquire(fileID: StaticString = #fileID, line: UInt = #line) -> Deferred<Void> {
        guard isExhausted else {
            holderCount += 1
            return .succeeded((), fileID: fileID, line: line)
        }
        var number: UInt64 = 0
        let waiter = Deferred<Void>(
            canceller: { [weak self] in self?.waiters.remove(number) }, fileID: fileID, line: line)
        number = waiters.append(waiter)
        return waiter
    }

    /// Gives up one hold; the first that waits gets it at once.
    public func release() {
        precondition(holderCount > 0, "a semaphore was released more often than acquired")
        guard let next = waiters.popFirst() else {
            holderCount -= 1
            return
        }
        next.succeed()
    }

    /// Acquires, does `body`, and releases when its deferred fires, whatever the result.
    ///
    /// Cancelling takes the work out of the queue, or cancels the deferred of `body`; either way nothing
    /// stays held.
    public func run<Value>(
        fileID: StaticString = #fileID, line: UInt = #line, _ body: @escaping () throws -> Deferred<Value>
    ) -> Deferred<Value> {
        acquire(fileID: fileID, line: line).flatMap {
            Deferred.attempt(body).both { self.release() }
        }
    }

    /// Acquires, does `body`, and releases when it ends or throws; for tasks.
    ///
    /// Cancelling the task while it waits takes it out of the queue.
    public func withPermit<Value>(_ body: () async throws -> Value) async throws -> Value {
        try await acquire().value
        defer { release() }
        return try await body()
    }
}
