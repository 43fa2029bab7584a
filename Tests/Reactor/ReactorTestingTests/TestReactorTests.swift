import Basics
import ReactorCore
import ReactorTesting
import Testing

@Suite struct TestReactorTests {
    @Test func advancingStopsAtEachDeadline() throws {
        let test = try TestReactor()
        var seen: [Duration] = []
        let start = test.reactor.now
        for seconds in [3, 1, 2, 5] {
            test.reactor.callLater(.seconds(seconds)) { seen.append(start.duration(to: test.reactor.now)) }
        }
        test.advance(by: .seconds(4))
        #expect(seen == [.seconds(1), .seconds(2), .seconds(3)])
        #expect(test.time.now() == start.advanced(by: .seconds(4)))
        test.advance(by: .seconds(-1))
        #expect(test.time.now() == start.advanced(by: .seconds(4)), "time does not run backwards")
        test.advance(by: .seconds(1))
        #expect(seen.last == .seconds(5) && test.leftovers.isEmpty)
    }

    @Test func whatADueCallSchedulesIsMadeOnTheWay() throws {
        let test = try TestReactor()
        var rings = 0
        func ring() {
            rings += 1
            if rings < 10 { test.reactor.callLater(.milliseconds(100)) { ring() } }
        }
        ring()
        test.advance(by: .milliseconds(850))
        #expect(rings == 9)
        test.advance(by: .milliseconds(50))
        #expect(rings == 10)
    }

    @Test func settlingMakesNoTimePass() throws {
        let test = try TestReactor()
        var order: [String] = []
        test.reactor.callLater(.zero) {
            order.append("call")
            test.reactor.atEndOfPass { order.append("end") }
            test.reactor.callLater(.zero) { order.append("next") }
        }
        test.reactor.callLater(.nanoseconds(1)) { order.append("later") }
        test.settle()
        #expect(order == ["call", "end", "next"])
        test.advance(by: .nanoseconds(1))
        #expect(order.last == "later")
    }

    @Test func runningUntilWaitsForOtherThreads() throws {
        let test = try TestReactor()
        var answer: Int?
        test.reactor.deferToThread { 42 }.whenDone { answer = try? $0.get() }
        #expect(test.run { answer == 42 })
        #expect(test.time.now() == .zero, "the clock stands still meanwhile")
    }

    @Test func theLogIsCaptured() throws {
        let test = try TestReactor()
        test.reactor.addTrigger(.during, .startup) { throw Broken() }
        test.settle()
        #expect(test.logLines.count == 1 && test.logLines[0].contains("Broken()"))
        #expect(test.reports.reports(.complaint).map(\.text) == test.logLines)
    }

    struct Broken: Error {}
}

@Suite struct ManualPollerTests {
    private final class Ears: DescriptorHandler {
        var heard: [Readiness] = []
        func descriptorReady(_ readiness: Readiness) { heard.append(readiness) }
    }

    @Test func reportsOnlyWhatTheTestSaysAndTheInterestAllows() throws {
        let test = try TestReactor()
        let ears = Ears()
        try test.reactor.add(ears, for: 1_000, interest: .read)
        #expect(test.poller.interest(of: 1_000) == .read)
        for readiness in [Readiness.write, .read, [.read, .write], .hangup] {
            test.poller.makeReady(1_000, readiness)
            test.settle()
        }
        #expect(ears.heard == [.read, .read, .hangup])
        try test.reactor.modify(1_000, interest: [.read, .write])
        test.poller.makeReady(1_000, [.read, .write])
        test.reactor.runOnePass(waitingAtMost: .zero)
        #expect(ears.heard.last == [.read, .write])
        test.reactor.remove(1_000)
        #expect(test.poller.interest(of: 1_000) == nil)
        test.poller.makeReady(1_000, .read)
        test.settle()
        #expect(ears.heard.count == 4)
    }

    @Test func tellsHowLongTheReactorWantedToWait() throws {
        let poller = ManualPoller()
        let time = ManualTime()
        let reactor = try Reactor(poller: poller, time: time)
        reactor.callLater(.milliseconds(20)) {}
        reactor.runOnePass(waitingAtMost: nil)
        #expect(poller.lastWait == 20_000_000)
        time.advance(by: .milliseconds(15))
        reactor.runOnePass(waitingAtMost: .seconds(1))
        #expect(poller.lastWait == 5_000_000)
        time.advance(by: .milliseconds(5))
        #expect(reactor.runOnePass(waitingAtMost: nil) == 1)
        reactor.runOnePass(waitingAtMost: nil)
        #expect(poller.lastWait < 0, "without end")
    }

    @Test func timeOnlyMovesForward() {
        let time = ManualTime(start: MonotonicInstant.zero.advanced(by: .seconds(10)))
        time.advance(by: .seconds(2))
        time.advance(by: .seconds(-5))
        #expect(time.now() == MonotonicInstant.zero.advanced(by: .seconds(12)))
    }
}
