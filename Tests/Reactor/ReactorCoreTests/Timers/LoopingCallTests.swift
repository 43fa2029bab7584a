import Basics
import ReactorCore
import ReactorTesting
import Testing

@Suite struct LoopingCallTests {
    /// A loop that notes when it was called, in seconds, and for how many due times.
    private final class Log {
        let test: TestReactor
        var times: [Double] = []
        var counts: [Int] = []

        init() throws { test = try TestReactor() }

        func note(_ count: Int = 1) {
            times.append(MonotonicInstant.zero.duration(to: test.time.now()).inSeconds)
            counts.append(count)
        }
    }

    @Test(arguments: [true, false]) func callsAtMultiplesOfTheInterval(now: Bool) throws {
        let log = try Log()
        let loop = LoopingCall(on: log.test.reactor) { log.note() }
        let outcome = Outcome(loop.start(every: .seconds(2), now: now))
        #expect(log.times == (now ? [0] : []))
        log.test.advance(by: .seconds(5))
        #expect(log.times == (now ? [0, 2, 4] : [2, 4]))
        #expect(loop.isRunning)
        #expect(loop.interval == .seconds(2))
        #expect(outcome.isEmpty)
        loop.stop()
        loop.stop()
        #expect(outcome.values.count == 1)
        #expect(!loop.isRunning)
        #expect(log.test.reactor.delayedCallCount == 0)
    }

    @Test func doesNotDrift() throws {
        let log = try Log()
        let loop = LoopingCall(on: log.test.reactor, counting: { log.note($0) })
        loop.start(every: .seconds(1))
        for milliseconds in [1200, 900, 900, 1400] {
            log.test.time.advance(by: .milliseconds(milliseconds))
            log.test.settle()
        }
        // A loop that counted from its last call would first be due at 2.2 seconds, then miss the one of 3.
        #expect(log.times == [0, 1.2, 2.1, 3, 4.4])
        #expect(log.counts == [1, 1, 1, 1, 1])
        loop.stop()
    }

    @Test(arguments: [true, false]) func skipsAndCountsWhatWasMissed(now: Bool) throws {
        let log = try Log()
        let loop = LoopingCall(on: log.test.reactor, counting: { log.note($0) })
        loop.start(every: .seconds(1), now: now)
        log.test.settle()
        for step in [3.5, 0.25, 0.25, 5] {
            log.test.time.advance(by: .seconds(step))
            log.test.settle()
        }
        #expect(log.times == (now ? [0] : []) + [3.5, 4, 9])
        #expect(log.counts == (now ? [1] : []) + [3, 1, 5])
        loop.stop()
    }

    @Test func aBodyLongerThanTheIntervalWaitsForTheNextDueTime() throws {
        let log = try Log()
        let loop = LoopingCall(
            on: log.test.reactor,
            counting: { count in
                log.note(count)
                if log.times.count == 1 { log.test.time.advance(by: .milliseconds(2500)) }
            })
        loop.start(every: .seconds(1))
        log.test.settle()
        #expect(log.times == [0])
        log.test.advance(by: .seconds(1))
        #expect(log.times == [0, 3])
        #expect(log.counts == [1, 3])
        loop.stop()
    }

    @Test func waitsForTheDeferredOfItsBody() throws {
        let log = try Log()
        var waiting: Deferred<Void>?
        let loop = LoopingCall(
            on: log.test.reactor,
            waitingFor: { count in
                log.note(count)
                let deferred = Deferred<Void>()
                waiting = deferred
                return deferred
            })
        loop.start(every: .seconds(1))
        log.test.advance(by: .seconds(2.5))
        #expect(log.times == [0])
        waiting?.succeed()
        log.test.advance(by: .seconds(0.5))
        #expect(log.times == [0, 3])
        #expect(log.counts == [1, 3])
        waiting?.succeed()
        log.test.advance(by: .seconds(1))
        #expect(log.times == [0, 3, 4])
        loop.stop()
        waiting?.succeed()
    }

    @Test func stopWhileTheBodyWaitsEndsWithTheBody() throws {
        let test = try TestReactor()
        for fails in [true, false] {
            let waiting = Deferred<Void>()
            let loop = LoopingCall(on: test.reactor, waitingFor: { _ in waiting })
            let outcome = Outcome(loop.start(every: .seconds(1)))
            loop.stop()
            #expect(outcome.isEmpty)
            waiting.settle(fails ? .failure(Boom()) : .success(()))
            #expect(outcome.booms.count == (fails ? 1 : 0))
            #expect(outcome.values.count == (fails ? 0 : 1))
        }
        #expect(test.reactor.delayedCallCount == 0)
    }

    @Test(arguments: [0, 1, 2]) func aFailureEndsTheLoop(failingCall: Int) throws {
        let test = try TestReactor()
        var calls = 0
        let loop = LoopingCall(on: test.reactor) {
            defer { calls += 1 }
            if calls == failingCall { throw Boom(number: calls) }
        }
        let outcome = Outcome(loop.start(every: .seconds(1)))
        test.advance(by: .seconds(5))
        #expect(outcome.booms == [Boom(number: failingCall)])
        #expect(calls == failingCall + 1)
        #expect(!loop.isRunning)
        #expect(test.reactor.delayedCallCount == 0)
    }

    @Test func stopsInsideItsBodyAndMayBeStartedAgain() throws {
        let log = try Log()
        var loop: LoopingCall?
        loop = LoopingCall(on: log.test.reactor) {
            log.note()
            if log.times.count == 2 { loop?.stop() }
        }
        let first = loop.map { Outcome($0.start(every: .seconds(1))) }
        log.test.advance(by: .seconds(3))
        #expect(first?.values.count == 1)
        #expect(log.times == [0, 1])
        let second = loop.map { Outcome($0.start(every: .seconds(2), now: false)) }
        log.test.advance(by: .seconds(2))
        #expect(log.times == [0, 1, 5])
        loop?.stop()
        #expect(second?.values.count == 1)
        loop = nil
    }

    @Test func anIntervalOfZeroIsEveryPass() throws {
        let log = try Log()
        let loop = LoopingCall(on: log.test.reactor, counting: { log.note($0) })
        loop.start(every: .zero)
        for _ in 0..<3 { log.test.reactor.runOnePass(waitingAtMost: .zero) }
        #expect(log.counts == [1, 1, 1, 1])
        loop.stop()
    }

    @Test func resetCountsFromNow() throws {
        let log = try Log()
        let loop = LoopingCall(on: log.test.reactor, counting: { log.note($0) })
        loop.start(every: .seconds(2), now: false)
        log.test.advance(by: .seconds(1.5))
        loop.reset()
        log.test.advance(by: .seconds(4))
        #expect(log.times == [3.5, 5.5])
        #expect(log.counts == [1, 1])
        loop.stop()
        loop.reset()
        #expect(log.test.reactor.delayedCallCount == 0)
    }

    @Test func cancellingStopsTheLoopAndItsBody() throws {
        let test = try TestReactor()
        var cancels = 0
        let waiting = Deferred<Void> { cancels += 1 }
        let busy = LoopingCall(on: test.reactor, waitingFor: { _ in waiting })
        let idle = LoopingCall(on: test.reactor) {}
        for loop in [busy, idle] {
            let deferred = loop.start(every: .seconds(1))
            let outcome = Outcome(deferred)
            deferred.cancel()
            #expect(outcome.ownFailures == [.cancelled])
            #expect(!loop.isRunning)
        }
        #expect(cancels == 1)
        #expect(test.reactor.delayedCallCount == 0)
        idle.start(every: .seconds(1))
        #expect(idle.isRunning)
        idle.stop()
    }

    @Test func runsItsBodyAsATask() throws {
        let log = try Log()
        let loop = LoopingCall(
            on: log.test.reactor,
            spawning: { count in
                try await log.test.reactor.deferLater(.seconds(1.5)).value
                log.note(count)
            })
        let outcome = Outcome(loop.start(every: .seconds(1)))
        log.test.advance(by: .seconds(4))
        #expect(log.times == [1.5, 3.5])
        #expect(log.counts == [1, 2])
        loop.stop()
        log.test.advance(by: .seconds(2))
        #expect(outcome.values.count == 1)
    }
}
