import Basics
import Glibc
import ReactorCore
import Synchronization
import Testing

@Suite struct StallWatchTests {
    /// Collects reports, and lets the loop's thread wait for one instead of sleeping.
    private final class Reports: Sendable {
        private let reports = Mutex<[StallReport]>([])

        func add(_ report: StallReport) { reports.withLock { $0.append(report) } }
        var all: [StallReport] { reports.withLock { $0 } }

        /// Keeps the calling thread busy until there are `count` reports, for ten seconds at most.
        func stall(untilReports count: Int) {
            let end = SystemMonotonicTime().now().advanced(by: .seconds(10))
            while all.count < count, SystemMonotonicTime().now() < end { sched_yield() }
        }
    }

    private final class Sleeper: DescriptorHandler {
        let body: () -> Void

        init(_ body: @escaping () -> Void) { self.body = body }

        func descriptorReady(_ readiness: Readiness) { body() }
    }

    @Test func aDelayedCallIsNamedByThePlaceWhereItWasScheduled() throws {
        let reactor = try Reactor()
        let reports = Reports()
        try reactor.detectStalls(over: .milliseconds(2)) { reports.add($0) }
        let line: UInt = #line + 1
        reactor.callLater(.zero) { reports.stall(untilReports: 1) }
        reactor.runOnePass(waitingAtMost: .zero)
        reactor.runOnePass(waitingAtMost: .zero)
        #expect(reactor.counters.stalls == 1)
        reactor.stopDetectingStalls()
        #expect(reactor.counters.stalls == 1)
        let report = try #require(reports.all.first)
        #expect(reports.all.count == 1)
        #expect(report.culprit == "a delayed call of ReactorCoreTests/StallWatchTests.swift:\(line)")
        #expect(report.elapsed >= .milliseconds(2))
        #expect(report.description.contains("has kept the loop for"))
    }

    /// A watch that begins or ends inside a call must not take waiting for work, or work for waiting.
    @Test func isSwitchedOnInsideACall() throws {
        let reactor = try Reactor()
        let reports = Reports()
        reactor.callLater(.zero) { try? reactor.detectStalls(over: .milliseconds(2)) { reports.add($0) } }
        reactor.runOnePass(waitingAtMost: .zero)
        reactor.runOnePass(waitingAtMost: .zero)
        // Only waiting: nothing to report.
        for _ in 0..<3 { reactor.runOnePass(waitingAtMost: .milliseconds(5)) }
        #expect(reports.all.isEmpty)
        reactor.callLater(.zero) { reports.stall(untilReports: 1) }
        reactor.runOnePass(waitingAtMost: .milliseconds(1))
        reactor.runOnePass(waitingAtMost: .zero)
        #expect(reports.all.count == 1)
        reactor.callLater(.zero) { reactor.stopDetectingStalls() }
        reactor.runOnePass(waitingAtMost: .milliseconds(1))
        reactor.runOnePass(waitingAtMost: .zero)
        #expect(reports.all.count == 1)
    }

    @Test func aTriggerIsWatchedToo() throws {
        let reactor = try Reactor()
        let reports = Reports()
        try reactor.detectStalls(over: .milliseconds(2)) { reports.add($0) }
        reactor.addTrigger(.before, .startup) { reports.stall(untilReports: 1) }
        reactor.callWhenRunning { reactor.stop() }
        reactor.run()
        reactor.stopDetectingStalls()
        #expect(reports.all.first?.culprit == "a life-cycle trigger")
    }

    @Test func aHandlerIsNamedByItsTypeAndEachStallIsReportedOnce() throws {
        let reactor = try Reactor()
        let reports = Reports()
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        // The other end is closed, so this one is ready for ever.
        close(ends[1])
        let descriptor = ends[0]
        try reactor.detectStalls(over: .milliseconds(1)) { reports.add($0) }
        var calls = 0
        try reactor.add(
            Sleeper {
                calls += 1
                reports.stall(untilReports: calls)
            }, for: descriptor, interest: .read)
        for _ in 0..<3 { reactor.runOnePass(waitingAtMost: .zero) }
        reactor.remove(descriptor)
        reactor.stopDetectingStalls()
        #expect(calls == 3)
        #expect(reports.all.map(\.culprit) == ["Sleeper", "Sleeper", "Sleeper"])
    }

    @Test func waitingForEventsIsNoStall() throws {
        let reactor = try Reactor()
        let reports = Reports()
        try reactor.detectStalls(over: .milliseconds(1)) { reports.add($0) }
        for _ in 0..<5 { reactor.runOnePass(waitingAtMost: .milliseconds(4)) }
        reactor.stopDetectingStalls()
        #expect(reports.all.isEmpty)
    }

    @Test func aSecondWatchReplacesTheFirst() throws {
        let reactor = try Reactor()
        let (first, second) = (Reports(), Reports())
        try reactor.detectStalls(over: .milliseconds(1)) { first.add($0) }
        try reactor.detectStalls(over: .milliseconds(1)) { second.add($0) }
        reactor.callLater(.zero) { second.stall(untilReports: 1) }
        reactor.runOnePass(waitingAtMost: .zero)
        #expect(first.all.isEmpty)
        #expect(second.all.count == 1)
    }
}
