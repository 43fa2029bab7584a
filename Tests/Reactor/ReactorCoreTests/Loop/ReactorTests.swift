import Basics
import Glibc
import ReactorCore
import ReactorTesting
import ReactorTestingTraits
import Synchronization
import Testing

/// Calls its body when its descriptor is ready.
private final class Handler: DescriptorHandler {
    private let body: (Readiness) -> Void

    init(_ body: @escaping (Readiness) -> Void) {
        self.body = body
    }

    func descriptorReady(_ readiness: Readiness) { body(readiness) }
}

/// Runs passes until a condition holds, a bounded number of times, each waiting a bounded time.
func passes(of reactor: Reactor, until condition: () -> Bool) -> Bool {
    for _ in 0..<2000 {
        if condition() { return true }
        reactor.runOnePass(waitingAtMost: .milliseconds(10))
    }
    return condition()
}

/// Runs a body on a thread of its own and returns a handle to join.
func startThread(_ body: @escaping @Sendable () -> Void) -> pthread_t {
    final class Work: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    pthread_create(
        &thread, nil,
        { argument in
            if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
            return nil
        }, Unmanaged.passRetained(Work(body)).toOpaque())
    return thread
}

@Suite(.everyPoller) struct ReactorTests {
    @Test func runsUntilStoppedThenTheTriggersAndMayRunAgain() throws {
        let reactor = try Reactor()
        var seen: [String] = []
        for round in 1...2 {
            reactor.callWhenRunning { seen.append("start \(round)") }
            reactor.addTrigger(.during, .shutdown) {
                seen.append("trigger")
                reactor.addTrigger(.during, .shutdown) { seen.append("late trigger") }
            }
            reactor.callLater(.milliseconds(1)) {
                reactor.stop()
                seen.append("stop")
                reactor.atEndOfPass { seen.append("end of pass") }
            }
            reactor.run()
            #expect(!reactor.isRunning)
            #expect(seen == ["start \(round)", "stop", "end of pass", "trigger", "late trigger"])
            seen = []
        }
    }

    @Test func callWhenRunningIsImmediateWhileRunning() throws {
        let reactor = try Reactor()
        var seen: [Int] = []
        reactor.callWhenRunning {
            reactor.callWhenRunning { seen.append(1) }
            seen.append(2)
            reactor.stop()
        }
        reactor.run()
        #expect(seen == [1, 2])
    }

    @Test func endOfPassRunsInOrderAndInRounds() throws {
        let test = try TestReactor()
        var seen: [String] = []
        test.reactor.callLater(.zero) {
            test.reactor.atEndOfPass {
                seen.append("a")
                test.reactor.atEndOfPass { seen.append("c") }
            }
            test.reactor.atEndOfPass { seen.append("b") }
            seen.append("event")
        }
        test.reactor.runOnePass(waitingAtMost: .zero)
        #expect(seen == ["event", "a", "b", "c"])
        test.reactor.runOnePass(waitingAtMost: .zero)
        #expect(seen.count == 4)
    }

    @Test func mailboxTakesCallsFromManyThreads() throws {
        let reactor = try Reactor()
        let mailbox = reactor.mailbox
        do {
            final class Log: Sendable {
                let entries = Mutex<[Int: [Int]]>([:])
            }
            let log = Log()
            let threads = (0..<4).map { thread in
                startThread {
                    for index in 0..<500 {
                        mailbox.callFromThread { _ in log.entries.withLock { $0[thread, default: []].append(index) } }
                    }
                }
            }
            #expect(passes(of: reactor) { log.entries.withLock { $0.values.map(\.count).reduce(0, +) } == 2000 })
            for thread in threads { pthread_join(thread, nil) }
            for thread in 0..<4 { #expect(log.entries.withLock { $0[thread] } == Array(0..<500)) }
        }
    }

    @Test func callsMadeInsideAPassWaitForTheNext() throws {
        let test = try TestReactor()
        let log = SharedLog()
        let mailbox = test.reactor.mailbox
        mailbox.callFromThread { reactor in
            log.append("first")
            mailbox.callFromThread { _ in log.append("second") }
            reactor.atEndOfPass { log.append("end") }
        }
        test.reactor.runOnePass(waitingAtMost: nil)
        #expect(log.entries == ["first", "end"])
        #expect(test.reactor.hasImmediateWork)
        test.reactor.runOnePass(waitingAtMost: nil)
        #expect(test.poller.lastWait == 0)
        #expect(log.entries == ["first", "end", "second"])
    }

    @Test func anotherThreadWakesAWaitWithoutEnd() throws {
        let reactor = try Reactor()
        let mailbox = reactor.mailbox
        reactor.callWhenRunning {
            let thread = startThread { mailbox.callFromThread { $0.stop() } }
            pthread_detach(thread)
        }
        reactor.run()
        mailbox.callFromThread { $0.stop() }
        #expect(reactor.runOnePass(waitingAtMost: nil) > 0)
    }

    @Test func workersDoWorkAndReportFailures() throws {
        struct Broken: Error {}
        let reactor = try Reactor()
        var sums: [Int] = []
        var failures = 0
        let home = pthread_self()
        for number in 0..<20 {
            reactor.deferToThread { number * 2 + (pthread_equal(pthread_self(), home) != 0 ? 1000 : 0) }
                .whenDone { if let value = try? $0.get() { sums.append(value) } }
        }
        reactor.deferToThread { () throws -> Int in throw Broken() }
            .whenDone { if case .failure(is Broken) = $0 { failures += 1 } }
        let cancelled = reactor.deferToThread { 1 }
        cancelled.whenDone { if case .failure(is DeferredFailure) = $0 { failures += 1 } }
        cancelled.cancel()
        #expect(passes(of: reactor) { sums.count == 20 && failures == 2 })
        #expect(sums.sorted() == (0..<20).map { $0 * 2 })
    }

    @Test func aTestReactorWaitsForRealThreads() throws {
        let test = try TestReactor()
        for round in 1...3 {
            var value = 0
            test.reactor.deferToThread {
                sched_yield()
                return round
            }.whenDone { value = (try? $0.get()) ?? -1 }
            #expect(test.run(until: { value == round }))
        }
        #expect(test.time.now() == .zero)
    }

    @Test func runWaitsForWorkThatHasBegun() throws {
        let reactor = try Reactor()
        var value = 0
        reactor.callWhenRunning {
            reactor.deferToThread { 42 }.whenDone { value = (try? $0.get()) ?? -1 }
            reactor.stop()
        }
        reactor.run()
        #expect(value == 42)
    }

    @Test func tasksRunOnTheReactorsThreadBothWays() throws {
        let reactor = try Reactor()
        let question = Deferred<Int>()
        var seen: [String] = []
        let home = pthread_self()
        reactor.spawn {
            seen.append("begun")
            let answer = try await question.value
            #expect(pthread_equal(pthread_self(), home) != 0)
            let more = try await reactor.deferToThread { answer + 1 }.value
            #expect(pthread_equal(pthread_self(), home) != 0)
            seen.append("answer \(more)")
        }
        #expect(seen.isEmpty)
        reactor.callLater(.milliseconds(1)) { question.succeed(41) }
        #expect(passes(of: reactor) { seen.count == 2 })
        #expect(seen == ["begun", "answer 42"])
    }

    @Test func aTasksValueAndFailureReachItsDeferred() throws {
        struct Broken: Error {}
        let reactor = try Reactor()
        var value = 0
        var failed = false
        reactor.deferToTask {
            await Task.yield()
            return 7
        }.whenDone { value = (try? $0.get()) ?? 0 }
        reactor.spawn { throw Broken() }.whenDone { if case .failure(is Broken) = $0 { failed = true } }
        #expect(passes(of: reactor) { value == 7 && failed })
    }

    @Test func cancellingATasksDeferredCancelsWhatItAwaits() throws {
        let reactor = try Reactor()
        var cancels = 0
        let never = Deferred<Int> { cancels += 1 }
        var ended: (any Error)?
        let task = reactor.spawn {
            do { _ = try await never.value } catch { ended = error }
        }
        reactor.runOnePass(waitingAtMost: .zero)
        task.cancel()
        #expect(passes(of: reactor) { ended != nil })
        #expect(cancels == 1)
        #expect(ended as? DeferredFailure == .cancelled)
    }

    @Test func signalsArriveAsCalls() throws {
        let reactor = try Reactor()
        var seen = 0
        reactor.onSignal(SIGUSR2) { seen += 1 }
        kill(getpid(), SIGUSR2)
        #expect(passes(of: reactor) { seen == 1 })
    }

    @Test func aHandlerRemovedByItsNeighbourIsNotCalled() throws {
        let test = try TestReactor()
        var seen: [Int32] = []
        for (own, other) in [(1000, 1001), (1001, 1000)] as [(Int32, Int32)] {
            try test.reactor.add(
                Handler { _ in
                    seen.append(own)
                    test.reactor.remove(other)
                }, for: own, interest: .read)
        }
        test.poller.makeReady(1000, .read)
        test.poller.makeReady(1001, .read)
        test.settle()
        #expect(seen == [1000])
        test.reactor.remove(1000)
    }

    @Test func aReusedDescriptorDoesNotGetItsPredecessorsEvents() throws {
        let test = try TestReactor()
        var seen: [String] = []
        let newcomer = Handler { _ in seen.append("newcomer") }
        try test.reactor.add(
            Handler { _ in
                seen.append("first")
                test.reactor.remove(1001)
                try? test.reactor.add(newcomer, for: 1001, interest: .read)
            }, for: 1000, interest: .read)
        try test.reactor.add(Handler { _ in seen.append("old") }, for: 1001, interest: .read)
        test.poller.makeReady(1000, .read)
        test.poller.makeReady(1001, .read)
        test.settle()
        #expect(seen == ["first"])
        test.poller.makeReady(1001, .read)
        test.settle()
        #expect(seen == ["first", "newcomer"])
        for descriptor in [1000, 1001] as [Int32] { test.reactor.remove(descriptor) }
    }

    @Test func aDescriptorHasOneHandlerAndRegularFilesAreRefused() throws {
        let reactor = try Reactor()
        #expect(throws: SystemFailure(code: EBADF, call: "add")) {
            try reactor.add(Handler { _ in }, for: -1, interest: .read)
        }
        let file = open("/proc/self/status", O_RDONLY | O_CLOEXEC)
        defer { close(file) }
        let refusal = #expect(throws: SystemFailure.self) {
            try reactor.add(Handler { _ in }, for: file, interest: .read)
        }
        #expect(refusal?.code == EPERM)
        #expect(throws: SystemFailure(code: ENOENT, call: "modify")) { try reactor.modify(file, interest: .write) }
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        try reactor.add(Handler { _ in }, for: ends[0], interest: .read)
        #expect(throws: SystemFailure(code: EEXIST, call: "add")) {
            try reactor.add(Handler { _ in }, for: ends[0], interest: .read)
        }
        reactor.remove(ends[0])
        reactor.remove(ends[0])
    }

    @Test func readinessIsLevelTriggered() throws {
        let reactor = try Reactor()
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        var seen: [Readiness] = []
        try reactor.add(Handler { seen.append($0) }, for: ends[0], interest: .read)
        reactor.runOnePass(waitingAtMost: .zero)
        #expect(seen.isEmpty)
        #expect(write(ends[1], "x", 1) == 1)
        reactor.runOnePass(waitingAtMost: .zero)
        reactor.runOnePass(waitingAtMost: .zero)
        #expect(seen == [.read, .read])
        reactor.remove(ends[0])
        reactor.runOnePass(waitingAtMost: .zero)
        #expect(seen.count == 2)
    }

    @Test func aDroppedReactorFreesItselfAndItsTimers() throws {
        weak var gone: Reactor?
        final class Token {}
        weak var token: Token?
        do {
            // What it leaves behind is meant to be left.
            let reactor = try ReactorCensus.$current.withValue(nil) { try Reactor() }
            gone = reactor
            let held = Token()
            token = held
            reactor.callLater(.seconds(1000)) { _ = held }
            reactor.runOnePass(waitingAtMost: .zero)
        }
        #expect(gone == nil)
        #expect(token == nil)
    }
}

/// A list that several threads may add to.
final class SharedLog: Sendable {
    private let lines = Mutex<[String]>([])

    var entries: [String] { lines.withLock { $0 } }

    func append(_ line: String) { lines.withLock { $0.append(line) } }
}
