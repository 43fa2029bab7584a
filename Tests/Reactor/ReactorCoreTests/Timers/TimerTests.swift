import Basics
import ReactorCore
import ReactorTesting
import ReactorTestingTraits
import Testing

@Suite(.leavesNothing) struct TimerTests {
    @Test func runsInOrderOfDeadlineThenOfScheduling() throws {
        let test = try TestReactor()
        var seen: [String] = []
        for (name, delay) in [("c", 3), ("a1", 1), ("b", 2), ("a2", 1), ("a3", 1)] {
            test.reactor.callLater(.seconds(delay)) { seen.append(name) }
        }
        test.advance(by: .seconds(2))
        #expect(seen == ["a1", "a2", "a3", "b"])
        test.advance(by: .seconds(1))
        #expect(seen == ["a1", "a2", "a3", "b", "c"])
    }

    @Test func aManyTimersPropertyTable() throws {
        for seed in 1...20 {
            let test = try TestReactor()
            var generator = SeededGenerator(seed: UInt64(seed))
            var seen: [(Int, Int)] = []
            var expected: [(Int, Int)] = []
            var moved: [(Int, Int, Int)] = []
            var calls: [(DelayedCall, Int, Int)] = []
            for index in 0..<300 {
                let delay = Int.random(in: 0..<50, using: &generator)
                calls.append((test.reactor.callLater(.seconds(delay)) { seen.append((delay, index)) }, delay, index))
            }
            for (call, delay, index) in calls {
                if Int.random(in: 0..<4, using: &generator) == 0 {
                    // A reset counts as scheduling anew, so among equal deadlines it comes last.
                    #expect(call.reset(.seconds(50 - delay)))
                    moved.append((50 - delay, delay, index))
                } else if Int.random(in: 0..<3, using: &generator) > 0 {
                    #expect(call.cancel())
                    #expect(!call.cancel())
                } else {
                    expected.append((delay, index))
                }
            }
            #expect(test.reactor.delayedCallCount == expected.count + moved.count)
            let order = expected.map { ($0.0, $0.1) } + moved.enumerated().map { ($1.0, 1000 + $0) }
            let labels = expected.map(\.1) + moved.map(\.2)
            let sorted = zip(order, labels).sorted { $0.0 < $1.0 }.map(\.1)
            test.advance(by: .seconds(50))
            #expect(seen.map(\.1) == sorted, "seed \(seed)")
            #expect(test.reactor.delayedCallCount == 0)
        }
    }

    @Test func whatACallSchedulesRunsInALaterPass() throws {
        let test = try TestReactor()
        var seen: [String] = []
        test.reactor.callLater(.zero) {
            seen.append("first")
            test.reactor.callLater(.zero) { seen.append("second") }
            test.reactor.callLater(.seconds(-5)) { seen.append("third") }
        }
        test.reactor.runOnePass(waitingAtMost: .zero)
        #expect(seen == ["first"])
        test.reactor.runOnePass(waitingAtMost: .zero)
        #expect(seen == ["first", "second", "third"])
    }

    @Test func resetMovesBothWays() throws {
        let test = try TestReactor()
        var seen: [String] = []
        let late = test.reactor.callLater(.seconds(10)) { seen.append("moved earlier") }
        let early = test.reactor.callLater(.seconds(1)) { seen.append("moved later") }
        test.reactor.callLater(.seconds(5)) { seen.append("stayed") }
        #expect(late.reset(.seconds(2)))
        #expect(early.reset(.seconds(7)))
        test.advance(by: .seconds(2))
        #expect(seen == ["moved earlier"])
        #expect(!late.isActive)
        #expect(!late.reset(.seconds(1)))
        test.advance(by: .seconds(20))
        #expect(seen == ["moved earlier", "stayed", "moved later"])
    }

    @Test func aCallMayCancelItsNeighbour() throws {
        let test = try TestReactor()
        var seen: [Int] = []
        var second: DelayedCall?
        test.reactor.callLater(.seconds(1)) {
            seen.append(1)
            #expect(second?.cancel() == true)
        }
        second = test.reactor.callLater(.seconds(1)) { seen.append(2) }
        test.advance(by: .seconds(1))
        #expect(seen == [1])
    }

    @Test func aCallCannotCancelOrMoveItselfWhileItIsMade() throws {
        let test = try TestReactor()
        var call: DelayedCall?
        var answers: [Bool] = []
        call = test.reactor.callLater(.seconds(1)) {
            guard let call else { return }
            answers += [call.isActive, call.reset(.seconds(1)), call.cancel(), call.reset(.zero)]
        }
        let neighbour = test.reactor.callLater(.seconds(3)) { answers.append(true) }
        test.advance(by: .seconds(2))
        #expect(answers == [false, false, false, false])
        #expect(test.reactor.delayedCallCount == 1 && neighbour.isActive)
        test.advance(by: .seconds(10))
        #expect(answers == [false, false, false, false, true] && test.leftovers.isEmpty)
    }

    @Test func theWaitIsTheTimeToTheNextCallAndClamped() throws {
        let test = try TestReactor()
        test.reactor.runOnePass(waitingAtMost: nil)
        #expect(test.poller.lastWait < 0)
        let endless = test.reactor.callLater(.seconds(Int64.max)) {}
        test.reactor.runOnePass(waitingAtMost: nil)
        #expect(test.poller.lastWait > 1_000_000_000_000)
        let call = test.reactor.callLater(.seconds(3)) {}
        test.reactor.runOnePass(waitingAtMost: nil)
        #expect(test.poller.lastWait == 3_000_000_000)
        test.reactor.runOnePass(waitingAtMost: .seconds(1))
        #expect(test.poller.lastWait == 1_000_000_000)
        call.cancel()
        endless.cancel()
        test.reactor.callLater(.zero) {}
        test.reactor.runOnePass(waitingAtMost: nil)
        #expect(test.poller.lastWait == 0)
    }

    @Test func timeStandsStillInsideAPass() throws {
        let test = try TestReactor()
        var instants: [MonotonicInstant] = []
        for _ in 0..<2 {
            test.reactor.callLater(.zero) {
                instants.append(test.reactor.now)
                test.time.advance(by: .seconds(1))
            }
        }
        test.reactor.runOnePass(waitingAtMost: .zero)
        #expect(instants == [.zero, .zero])
    }
}
