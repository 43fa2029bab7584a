/// Lets one piece of work go on at a time; the others wait in order.
///
/// Needed only between steps that wait: what runs without waiting is never interrupted on a reactor.
/// The lock is not re-entrant; who holds it and acquires it again waits for ever.
///
/// - Complexity: O(1) for every operation, on average.
public final class DeferredLock {
    private let semaphore = DeferredSemaphore(limit: 1)

    /// Makes a lock that nobody holds.
    public init() {}

    /// Whether somebody holds the lock.
    public var isLocked: Bool { semaphore.isExhausted }

    /// How many wait.
    public var waiterCount: Int { semaphore.waiterCount }

    /// Succeeds when the caller holds the lock; like ``DeferredSemaphore/acquire(fileID:line:)``.
    public func acquire(fileID: StaticString = #fileID, line: UInt = #line) -> Deferred<Void> {
        semaphore.acquire(fileID: fileID, line: line)
    }

    /// Gives up the lock; the first that waits gets it at once.
    public func release() { semaphore.release() }

    /// Does `body` under the lock; like ``DeferredSemaphore/run(fileID:line:_:)``.
    public func run<Value>(
        fileID: StaticString = #fileID, line: UInt = #line, _ body: @escaping () throws -> Deferred<Value>
    ) -> Deferred<Value> {
        semaphore.run(fileID: fileID, line: line, body)
    }

    /// Does `body` under the lock; like ``DeferredSemaphore/withPermit(_:)``.
    public func withLock<Value>(_ body: () async throws -> Value) async throws -> Value {
        try await semaphore.withPermit(body)
    }
}
