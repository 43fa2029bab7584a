import ReactorCore
import ReactorTesting
import Testing

/// The code of the article on the reactor.
@Suite struct ReactorArticleTests {
    @Test func runsUntilItIsStopped() throws {
        // snippet: reactor-first
        let reactor = try Reactor()
        reactor.callLater(.milliseconds(1)) {
            print("a moment later")
            reactor.stop()
        }
        reactor.run()
        // snippet ends
        #expect(!reactor.isRunning && reactor.delayedCallCount == 0)
    }

    @Test func saysGoodbyeWhenEverythingIsSaved() throws {
        let test = try TestReactor()
        let reactor = test.reactor
        var said: [String] = []
        func say(_ line: String) { said.append(line) }
        func save() -> Deferred<Void> { reactor.deferLater(.zero) { say("saved") } }
        // snippet: reactor-triggers
        reactor.addTrigger(before: .shutdown) { save() }
        reactor.addTrigger(.after, .shutdown) { say("goodbye") }
        // snippet ends
        reactor.callLater(.zero) { reactor.stop() }
        reactor.run()
        #expect(said == ["saved", "goodbye"])
    }

    @Test func workComesHome() throws {
        let test = try TestReactor()
        let reactor = test.reactor
        var answer = 0
        // snippet: reactor-threads
        let mailbox = reactor.mailbox
        let work = reactor.deferToThread {
            mailbox.callFromThread { reactor in reactor.log("the work has begun") }
            return (1...1000).reduce(0, +)
        }
        work.whenDone { result in answer = (try? result.get()) ?? 0 }
        // snippet ends
        #expect(test.run { answer == 500_500 && test.logLines == ["the work has begun"] })
    }

    @Test func namesWhatKeepsTheLoop() throws {
        let test = try TestReactor()
        let reactor = test.reactor
        // snippet: reactor-stalls
        try reactor.detectStalls(over: .milliseconds(100)) { report in print(report) }
        let slowest = reactor.counters.passTimes.longest
        let usual = reactor.counters.passTimes.quantile(0.99)
        // snippet ends
        reactor.stopDetectingStalls()
        #expect(slowest == .zero && usual == nil)
    }

    @Test func aPollerIsChosenByName() throws {
        // snippet: reactor-poller
        let kind = try PollerKind(named: "poll")
        let reactor = try Reactor(kind)
        // snippet ends
        #expect(reactor.runOnePass(waitingAtMost: .zero) == 0)
    }

    @Test func callsAtIntervals() throws {
        let test = try TestReactor()
        let reactor = test.reactor
        var beats = 0
        // snippet: reactor-looping-call
        let heartbeat = LoopingCall(on: reactor, counting: { count in beats += count })
        heartbeat.start(every: .seconds(1), now: false)
        // snippet ends
        test.advance(by: .seconds(10))
        heartbeat.stop()
        #expect(beats == 10)
    }

    @Test func dividesLongWork() throws {
        let test = try TestReactor()
        let reactor = test.reactor
        let names = ["ada", "grace"]
        var total = 0
        // snippet: reactor-cooperator
        let cooperator = Cooperator(on: reactor)
        let counting = cooperator.cooperate(each: names) { name in total += name.count }
        counting.done.whenDone { _ in print(total) }
        // snippet ends
        test.settle()
        #expect(total == 8)
    }
}
