import Glibc
import ReactorCore
import ReactorTesting
import ReactorTestingTraits
import Synchronization
import Testing

@Suite(.leavesNothing) struct WorkerTests {
    /// A gate that work on other threads waits at.
    private final class Gate: Sendable {
        private let ends: (read: Int32, write: Int32)
        private let isOpen = Atomic(false)

        init() throws {
            var ends: [Int32] = [-1, -1]
            try #require(pipe(&ends) == 0)
            self.ends = (ends[0], ends[1])
        }

        deinit {
            open()
            close(ends.read)
        }

        func pass() {
            var octet: UInt8 = 0
            _ = read(ends.read, &octet, 1)
        }

        func open() {
            // Once only: by the second time the number may be somebody else's.
            if !isOpen.exchange(true, ordering: .relaxed) { close(ends.write) }
        }
    }

    @Test func cancelledWorkThatHasNotBegunIsTakenBack() throws {
        let reactor = try Reactor()
        let pool = ThreadPool(threadLimit: 1, queueLimit: 1)
        let gate = try Gate()
        let isBusy = Atomic(false)
        let doneCount = Atomic(0)
        let first = reactor.deferToThread(in: pool) {
            isBusy.store(true, ordering: .releasing)
            gate.pass()
        }
        while !isBusy.load(ordering: .acquiring) { sched_yield() }
        for _ in 0..<3 {
            let cancelled = reactor.deferToThread(in: pool) { doneCount.add(1, ordering: .relaxed) }
            cancelled.whenDone { _ in }
            cancelled.cancel()
        }
        var last = 0
        reactor.deferToThread(in: pool) { 7 }.whenDone { last = (try? $0.get()) ?? -1 }
        // Work that has begun is still going on, whatever became of its result.
        first.whenDone { _ in }
        first.cancel()
        #expect(reactor.leftovers.filter { $0.kind == .work }.count == 2)
        gate.open()
        pool.stop()
        reactor.runOnePass(waitingAtMost: .zero)
        #expect(last == 7 && doneCount.load(ordering: .relaxed) == 0 && reactor.leftovers.isEmpty)
    }

    @Test func aFullQueueRefusesMoreAndTakesItAgainLater() throws {
        let reactor = try Reactor()
        let pool = ThreadPool(threadLimit: 1, queueLimit: 2)
        let gate = try Gate()
        let isBusy = Atomic(false)
        reactor.deferToThread(in: pool) {
            isBusy.store(true, ordering: .releasing)
            gate.pass()
        }.whenDone { _ in }
        while !isBusy.load(ordering: .acquiring) { sched_yield() }
        let waiting = (0..<2).map { number in reactor.deferToThread(in: pool) { number } }
        let refused = reactor.deferToThread(in: pool) { 2 }
        #expect(throws: ThreadPoolFailure.queueFull(limit: 2)) { try refused.resultNow() }
        #expect(reactor.leftovers.filter { $0.kind == .work }.count == 3, "what is refused leaves nothing")
        waiting[1].whenDone { _ in }
        waiting[1].cancel()
        let late = reactor.deferToThread(in: pool) { 3 }
        #expect(!late.isFired, "what was taken back has made room")
        gate.open()
        #expect(try reactor.result(of: waiting[0]) == 0)
        #expect(try reactor.result(of: late) == 3)
        pool.stop()
        #expect(reactor.leftovers.isEmpty)
    }

    @Test func stuckWorkDoesNotKeepTheShutdown() throws {
        let reactor = try Reactor()
        var lines: [String] = []
        reactor.log = { lines.append($0) }
        reactor.shutdownLimit = .milliseconds(20)
        let gate = try Gate()
        reactor.deferToThread { gate.pass() }.whenDone { _ in }
        reactor.callWhenRunning { reactor.stop() }
        reactor.run()
        #expect(lines.count == 1 && lines[0].contains("work on other threads"))
        gate.open()
        #expect(reactor.run { reactor.leftovers.isEmpty }, "and in the end it is done")
    }
}
