import ReactorCore
import ReactorTesting
import ReactorTestingTraits
import Testing

@Suite(.everyPoller) struct LifecycleTests {
    private struct Broken: Error {}

    @Test func phasesRunInOrderWhateverTheOrderOfAddition() throws {
        let reactor = try Reactor()
        var seen: [String] = []
        for phase in LifecyclePhase.allCases.reversed() {
            reactor.addTrigger(phase, .startup) { seen.append("\(phase) startup") }
            reactor.addTrigger(phase, .shutdown) { seen.append("\(phase) shutdown") }
        }
        reactor.callLater(.zero) { reactor.stop() }
        reactor.run()
        #expect(
            seen == [
                "before startup", "during startup", "after startup", "before shutdown", "during shutdown",
                "after shutdown",
            ])
    }

    @Test(arguments: [LifecycleEvent.startup, .shutdown])
    func aDeferredBeforeHoldsTheEventBackWhilePassesGoOn(event: LifecycleEvent) throws {
        let reactor = try Reactor()
        reactor.log = { Issue.record("\($0)") }
        var seen: [String] = []
        reactor.addTrigger(before: event) {
            let done = Deferred<Void>()
            reactor.callLater(.milliseconds(1)) {
                seen.append("worked")
                done.succeed(())
            }
            return done
        }
        reactor.addTrigger(.before, event) { seen.append("also before") }
        reactor.addTrigger(.during, event) { seen.append("during") }
        reactor.addTrigger(.after, .startup) { reactor.stop() }
        reactor.run()
        #expect(seen == ["also before", "worked", "during"])
    }

    @Test func whatFailsIsLoggedAndKeepsNobodyFromRunning() throws {
        let reactor = try Reactor()
        var lines: [String] = []
        reactor.log = { lines.append($0) }
        var seen = 0
        reactor.addTrigger(before: .shutdown) { throw Broken() }
        reactor.addTrigger(before: .shutdown) { .failed(Broken()) }
        reactor.addTrigger(.during, .shutdown) { throw Broken() }
        for phase in LifecyclePhase.allCases { reactor.addTrigger(phase, .shutdown) { seen += 1 } }
        reactor.addTrigger(.during, .startup) { reactor.stop() }
        reactor.run()
        #expect(seen == 3)
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { $0.contains("shutdown failed: Broken()") })
    }

    @Test func aTriggerCanBeTakenBackOnce() throws {
        let reactor = try Reactor()
        var seen = 0
        let trigger = reactor.addTrigger(.during, .shutdown) { seen += 1 }
        #expect(reactor.removeTrigger(trigger))
        #expect(!reactor.removeTrigger(trigger))
        let kept = reactor.addTrigger(.during, .shutdown) { seen += 10 }
        reactor.callWhenRunning { reactor.stop() }
        reactor.run()
        #expect(seen == 10)
        #expect(!reactor.removeTrigger(kept))
    }

    @Test func aSecondStopEndsTheWaitForAShutdown() throws {
        let reactor = try Reactor()
        let never = Deferred<Void>()
        var seen: [String] = []
        reactor.addTrigger(before: .shutdown) {
            reactor.callLater(.zero) { reactor.stop() }
            return never
        }
        reactor.addTrigger(.during, .shutdown) { seen.append("during") }
        reactor.callWhenRunning { reactor.stop() }
        reactor.run()
        #expect(seen == ["during"])
    }

    @Test func aShutdownThatTakesTooLongIsNotWaitedFor() throws {
        let reactor = try Reactor()
        let never = Deferred<Void>()
        var lines: [String] = []
        reactor.log = { lines.append($0) }
        reactor.shutdownLimit = .milliseconds(2)
        reactor.addTrigger(before: .shutdown) { never }
        reactor.callWhenRunning { reactor.stop() }
        reactor.run()
        #expect(lines.count == 1)
        #expect(lines.first?.contains("longer than") == true)
    }

    @Test func stoppedInAStartupTriggerItStillStartsAndStopsInOrder() throws {
        let reactor = try Reactor()
        var seen: [String] = []
        reactor.addTrigger(.before, .startup) { reactor.stop() }
        reactor.addTrigger(before: .startup) { Deferred<Void>() }
        reactor.addTrigger(.during, .startup) { seen.append("started") }
        reactor.addTrigger(.during, .shutdown) { seen.append("stopped") }
        reactor.run()
        #expect(seen == ["started", "stopped"])
    }

    @Test func withoutARunTheFirstPassIsTheStartup() throws {
        let test = try TestReactor()
        var seen: [LifecyclePhase] = []
        for phase in LifecyclePhase.allCases { test.reactor.addTrigger(phase, .startup) { seen.append(phase) } }
        #expect(test.reactor.hasImmediateWork)
        test.settle()
        #expect(seen == [.before, .during, .after])
    }

    @Test func manyReactorsLiveInOneProcess() throws {
        let reactors = try (0..<8).map { _ in try Reactor() }
        var order: [Int] = []
        for (number, reactor) in reactors.enumerated() {
            reactor.callWhenRunning {
                guard number + 1 < reactors.count else { return reactor.stop() }
                // A reactor inside another one's call: they know nothing of each other.
                reactors[number + 1].run()
                order.append(number)
                reactor.stop()
            }
        }
        reactors[0].run()
        #expect(order == [6, 5, 4, 3, 2, 1, 0])
    }
}
