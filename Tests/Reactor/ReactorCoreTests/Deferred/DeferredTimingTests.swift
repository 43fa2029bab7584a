import ReactorCore
import ReactorTesting
import Testing

@Suite struct DeferredTimingTests {
    @Test func aTimeoutCancelsAndFailsWithTheLimit() throws {
        let test = try TestReactor()
        var cancels = 0
        let deferred = Deferred<Int> { cancels += 1 }
        let outcome = Outcome(deferred.map { $0 }.timeout(after: .seconds(2), on: test.reactor).map { $0 })
        test.advance(by: .milliseconds(1999))
        #expect(outcome.isEmpty)
        test.advance(by: .milliseconds(1))
        #expect(outcome.errors.first as? DeferredTimeout == DeferredTimeout(limit: .seconds(2)))
        #expect(cancels == 1)
        deferred.succeed(1)
        #expect(outcome.values.isEmpty)
    }

    @Test(arguments: [Result<Int, Boom>.success(1), .failure(Boom(number: 3))])
    func aResultInTimeTakesTheAlarmAway(result: Result<Int, Boom>) throws {
        let test = try TestReactor()
        let deferred = Deferred<Int>()
        let outcome = Outcome(deferred.timeout(after: .seconds(2), on: test.reactor))
        #expect(test.reactor.delayedCallCount == 1)
        deferred.settle(result.mapError { $0 })
        #expect(test.reactor.delayedCallCount == 0)
        #expect(outcome.values + outcome.booms.map(\.number) == [(try? result.get()) ?? 3])
    }

    @Test func cancellingStaysACancellation() throws {
        let test = try TestReactor()
        let limited = Deferred<Int>().timeout(after: .seconds(2), on: test.reactor)
        let other = Deferred<Int>()
        let outcomes = [limited, other.timeout(after: .seconds(2), on: test.reactor)].map { Outcome($0) }
        limited.cancel()
        other.cancel()
        #expect(outcomes.map(\.ownFailures).allSatisfy { $0 == [.cancelled] || $0 == [.abandoned] })
        #expect(test.reactor.delayedCallCount == 0)
    }

    @Test func aCancellerMayAnswerTheTimeout() throws {
        let test = try TestReactor()
        for answer in [Result<Int, any Error>.success(7), .failure(Boom(number: 7))] {
            var own: Deferred<Int>?
            let deferred = Deferred<Int> { own?.settle(answer) }
            own = deferred
            let outcome = Outcome(deferred.timeout(after: .seconds(1), on: test.reactor))
            test.advance(by: .seconds(1))
            own = nil
            #expect(outcome.values + outcome.booms.map(\.number) == [7])
        }
    }

    @Test func coversOnlyTheStepsAbove() throws {
        let test = try TestReactor()
        let (source, later) = (Deferred<Int>(), Deferred<Int>())
        let outcome = Outcome(source.timeout(after: .seconds(1), on: test.reactor).flatMap { _ in later })
        source.succeed(1)
        test.advance(by: .seconds(5))
        #expect(outcome.isEmpty)
        later.succeed(2)
        #expect(outcome.values == [2])
    }

    @Test func theShorterOfTwoLimitsCounts() throws {
        let test = try TestReactor()
        let deferred = Deferred<Int>()
        let limited = deferred.timeout(after: .seconds(1), on: test.reactor)
            .timeout(after: .seconds(2), on: test.reactor)
        let outcome = Outcome(limited)
        test.advance(by: .seconds(3))
        #expect(outcome.errors.map { ($0 as? DeferredTimeout)?.limit } == [.seconds(1)])
        #expect(test.reactor.delayedCallCount == 0)
        #expect(deferred.isFired)
    }

    @Test func whatHasFiredNeedsNoAlarm() throws {
        let test = try TestReactor()
        #expect(Outcome(Deferred.succeeded(1).timeout(after: .zero, on: test.reactor)).values == [1])
        #expect(test.reactor.delayedCallCount == 0)
    }

    @Test func aTimeoutLeavesASharedDeferredAloneBehindAShield() throws {
        let test = try TestReactor()
        let shared = Deferred<Int>()
        let outcome = Outcome(shared.shielded().timeout(after: .seconds(1), on: test.reactor))
        test.advance(by: .seconds(1))
        #expect(outcome.errors.first is DeferredTimeout)
        #expect(!shared.isFired)
    }

    @Test func defersLater() throws {
        let test = try TestReactor()
        let waiting = Deferred<Int>()
        let value = Outcome(test.reactor.deferLater(.seconds(1)) { 5 })
        let failure = Outcome(test.reactor.deferLater(.seconds(1)) { () throws -> Int in throw Boom() })
        let inner = Outcome(test.reactor.deferLater(.seconds(1)) { waiting })
        #expect(value.isEmpty)
        test.advance(by: .seconds(1))
        #expect(value.values == [5])
        #expect(failure.booms == [Boom()])
        #expect(inner.isEmpty)
        waiting.succeed(6)
        #expect(inner.values == [6])
    }

    @Test func cancellingWhatIsDeferredTakesTheCallAway() throws {
        let test = try TestReactor()
        var calls = 0
        let deferred = test.reactor.deferLater(.seconds(1)) { calls += 1 }
        let outcome = Outcome(deferred)
        deferred.cancel()
        #expect(test.reactor.delayedCallCount == 0)
        test.advance(by: .seconds(1))
        #expect(calls == 0)
        #expect(outcome.ownFailures == [.cancelled])
    }

    @Test func whatIsDeferredIsAbandonedWithItsReactor() throws {
        var test: TestReactor? = try TestReactor()
        let outcome = test.map { Outcome($0.reactor.deferLater(.seconds(1)) { 5 }) }
        #expect(test?.reactor.delayedCallCount == 1)
        test = nil
        #expect(outcome?.ownFailures == [.abandoned])
    }

    @Test func nothingIsLeftOfWhatHasEnded() throws {
        let test = try TestReactor()
        final class Token {}
        var token: Token? = Token()
        weak let watched = token
        let source = Deferred<Int>()
        let lock = DeferredLock()
        do {
            let kept = token
            let chain = source.map { $0 + (kept == nil ? 1 : 2) }.timeout(after: .seconds(1), on: test.reactor)
            gather([chain, lock.run { source.shielded() }]).whenDone { _ in _ = kept }
            race([source.map { $0 }, Deferred { _ = kept }]).whenDone { _ in _ = kept }
            test.reactor.deferLater(.seconds(1)) { _ = kept }.whenDone { _ in }
            let loop = LoopingCall(on: test.reactor) { _ = kept }
            loop.start(every: .seconds(1))
            test.reactor.callLater(.seconds(2)) { loop.stop() }
            _ = Cooperator(on: test.reactor).cooperate(each: 0..<3) { _ in _ = kept }
        }
        token = nil
        source.succeed(1)
        #expect(watched != nil)
        test.advance(by: .seconds(3))
        #expect(watched == nil)
        #expect(test.reactor.delayedCallCount == 0)
    }
}
