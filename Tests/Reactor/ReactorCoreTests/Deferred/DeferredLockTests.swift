import ReactorCore
import ReactorTesting
import Testing

@Suite struct DeferredLockTests {
    @Test func letsOneInAtATimeInOrder() {
        let lock = DeferredLock()
        #expect(!lock.isLocked)
        let outcomes = (0..<3).map { _ in Outcome(lock.acquire()) }
        #expect(lock.isLocked)
        #expect(lock.waiterCount == 2)
        #expect(outcomes.map(\.values.count) == [1, 0, 0])
        lock.release()
        #expect(outcomes.map(\.values.count) == [1, 1, 0])
        lock.release()
        lock.release()
        #expect(!lock.isLocked)
    }

    @Test func runKeepsTheLockUntilItsDeferredFires() {
        let lock = DeferredLock()
        let work = Deferred<Int>()
        let (first, second) = (Outcome(lock.run { work }), Outcome(lock.run { .succeeded(2) }))
        #expect(second.isEmpty)
        work.fail(Boom())
        #expect(first.booms == [Boom()])
        #expect(second.values == [2])
        #expect(!lock.isLocked)
    }

    @Test func aTaskKeepsTheLockWhileItsBodyRuns() throws {
        let test = try TestReactor()
        let lock = DeferredLock()
        var seen: [Bool] = []
        test.reactor.spawn { try await lock.withLock { seen.append(lock.isLocked) } }
        test.settle()
        #expect(seen == [true])
        #expect(!lock.isLocked)
    }
}
