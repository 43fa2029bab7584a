import ReactorCore
import ReactorTesting
import Testing

@Suite struct DeferredSemaphoreTests {
    @Test(arguments: [1, 2, 5]) func letsInAsManyAsAllowedInOrder(limit: Int) {
        let semaphore = DeferredSemaphore(limit: limit)
        var entered: [Int] = []
        for index in 0..<8 { semaphore.acquire().whenDone { _ in entered.append(index) } }
        #expect(entered == Array(0..<limit))
        #expect(semaphore.isExhausted)
        #expect(semaphore.waiterCount == 8 - limit)
        for count in limit..<8 {
            semaphore.release()
            #expect(entered == Array(0...count))
        }
        for _ in 0..<limit { semaphore.release() }
        #expect(semaphore.holderCount == 0)
    }

    @Test func aCancelledWaiterLeavesTheQueue() {
        let semaphore = DeferredSemaphore(limit: 1)
        semaphore.acquire().whenDone { _ in }
        let waiters = (0..<3).map { _ in semaphore.acquire() }
        let outcomes = waiters.map { Outcome($0) }
        waiters[1].cancel()
        #expect(semaphore.waiterCount == 2)
        #expect(outcomes[1].ownFailures == [.cancelled])
        semaphore.release()
        semaphore.release()
        #expect(outcomes.map(\.values.count) == [1, 0, 1])
        semaphore.release()
        #expect(semaphore.holderCount == 0)
    }

    enum Ending: CaseIterable {
        case success
        case failure
        case thrown
        case cancelled
        case abandoned
    }

    @Test(arguments: Ending.allCases) func runReleasesHoweverTheWorkEnds(ending: Ending) {
        let semaphore = DeferredSemaphore(limit: 1)
        var work: Deferred<Int>? = Deferred()
        let running = semaphore.run { () throws -> Deferred<Int> in
            if ending == .thrown { throw Boom() }
            return work ?? Deferred()
        }
        let outcome = Outcome(running)
        #expect(semaphore.holderCount == (ending == .thrown ? 0 : 1))
        switch ending {
        case .success: work?.succeed(1)
        case .failure: work?.fail(Boom())
        case .thrown: break
        case .cancelled: running.cancel()
        case .abandoned: work = nil
        }
        #expect(semaphore.holderCount == 0)
        #expect(outcome.values == (ending == .success ? [1] : []))
        #expect(outcome.booms.count == (ending == .failure || ending == .thrown ? 1 : 0))
        #expect(outcome.ownFailures.count == (ending == .cancelled || ending == .abandoned ? 1 : 0))
        #expect(work == nil || ending != .abandoned)
    }

    @Test func aRunThatIsCancelledWhileItWaitsNeverBegins() {
        let semaphore = DeferredSemaphore(limit: 1)
        let holder = Deferred<Int>()
        let first = Outcome(semaphore.run { holder })
        var begun = 0
        let second = semaphore.run { () -> Deferred<Int> in
            begun += 1
            return .succeeded(2)
        }
        let outcome = Outcome(second)
        second.cancel()
        #expect(semaphore.waiterCount == 0)
        holder.succeed(1)
        #expect(first.values == [1])
        #expect((begun, semaphore.holderCount) == (0, 0))
        #expect(outcome.ownFailures == [.cancelled])
    }

    @Test func runningWorkKeepsTheSemaphoreForThoseWhoWait() {
        let gates = (0..<3).map { _ in Deferred<Int>() }
        func start() -> Deferred<[Int]> {
            let semaphore = DeferredSemaphore(limit: 1)
            return gather(gates.map { gate in semaphore.run { gate } })
        }
        let outcome = Outcome(start())
        for (index, gate) in gates.enumerated() { gate.succeed(index) }
        #expect(outcome.values == [[0, 1, 2]])
    }

    @Test func aHundredThousandThatDoNotWaitNeedNoStack() {
        let semaphore = DeferredSemaphore(limit: 1)
        var count = 0
        let gate = Deferred<Void>()
        semaphore.run { gate }.whenDone { _ in count += 1 }
        for _ in 0..<manyLinks { semaphore.run { .succeeded(()) }.whenDone { _ in count += 1 } }
        gate.succeed()
        #expect(count == manyLinks + 1)
        #expect(semaphore.holderCount == 0)
    }

    @Test func tasksHoldItWhileTheirBodyRuns() throws {
        let test = try TestReactor()
        let semaphore = DeferredSemaphore(limit: 1)
        let gate = Deferred<Void>()
        var seen: [String] = []
        let first = test.reactor.spawn {
            try await semaphore.withPermit {
                seen.append("first")
                try await gate.value
            }
        }
        let second = test.reactor.spawn { try await semaphore.withPermit { seen.append("second") } }
        let third = test.reactor.spawn { try await semaphore.withPermit { seen.append("third") } }
        let (failure, outcome) = (Outcome(first), Outcome(second))
        test.settle()
        #expect(seen == ["first"])
        #expect(semaphore.waiterCount == 2)
        second.cancel()
        test.settle()
        #expect(semaphore.waiterCount == 1)
        gate.fail(Boom())
        test.settle()
        #expect(seen == ["first", "third"])
        #expect(third.isFired)
        #expect(failure.booms == [Boom()])
        #expect(outcome.ownFailures == [.cancelled])
        #expect(semaphore.holderCount == 0)
    }
}
