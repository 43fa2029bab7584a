import Basics
import ReactorTesting
import Testing

@testable import ReactorCore

@Suite struct LoopProfileTests {
    private final class Handler: DescriptorHandler {
        let body: () -> Void

        init(_ body: @escaping () -> Void) { self.body = body }

        func descriptorReady(_ readiness: Readiness) { body() }
    }

    private final class Helper: ServingHandler {
        private let other: Handler
        var served: AnyObject? { other }

        init(for other: Handler) { self.other = other }

        func descriptorReady(_ readiness: Readiness) { other.body() }
    }

    private final class Finisher: PassFinisher {
        func passEnded() {}
    }

    @Test func callsAreAddedUpByWhatWasCalled() throws {
        let clock = ManualTime()
        let reactor = try Reactor(time: clock)
        #expect(reactor.profile == nil)
        reactor.startProfiling()
        let line: UInt = #line + 2
        for milliseconds in [3, 1, 2] {
            reactor.callLater(.zero) { clock.advance(by: .milliseconds(milliseconds)) }
        }
        reactor.atEndOfPass { clock.advance(by: .milliseconds(10)) }
        reactor.atEndOfPass(Finisher())
        reactor.runOnePass(waitingAtMost: .zero)
        reactor.runOnePass(waitingAtMost: .zero)
        clock.advance(by: .milliseconds(16))
        let profile = try #require(reactor.profile)
        #expect(profile.duration == .milliseconds(32))
        #expect(
            profile.rows.map(\.name) == [
                "a call at the end of a pass", "a delayed call of ReactorCoreTests/LoopProfileTests.swift:\(line)",
                "a call at the end of a pass of Finisher",
            ])
        let delayed = profile.rows[1]
        #expect(delayed.calls == 3 && delayed.total == .milliseconds(6) && delayed.longest == .milliseconds(3))
        #expect(delayed.mean == .milliseconds(2))
        #expect(
            profile.description == """
                The loop was watched for 32.000 ms, and busy with calls for 16.000 ms of them (50.000 %).
                calls  total ms  mean ms  longest ms  what was called
                    1    10.000   10.000      10.000  a call at the end of a pass
                    3     6.000    2.000       3.000  a delayed call of ReactorCoreTests/LoopProfileTests.swift:\(line)
                    1     0.000    0.000       0.000  a call at the end of a pass of Finisher

                """)
    }

    @Test func handlersAreNamedByTheirTypeAndWhomTheyServe() throws {
        let reactor = try Reactor()
        let pipes = [try Plumbing(.pipe), try Plumbing(.pipe)]
        let handlers: [any DescriptorHandler] = [Handler {}, Helper(for: Handler {})]
        for (pipe, handler) in zip(pipes, handlers) {
            try reactor.add(handler, for: pipe.near, interest: .read)
            pipe.send()
        }
        reactor.startProfiling()
        reactor.runOnePass(waitingAtMost: .seconds(1))
        let names = try #require(reactor.profile).rows.map(\.name).sorted()
        #expect(names == ["Handler", "Helper for Handler"])
        for pipe in pipes { reactor.remove(pipe.near) }
    }

    /// What begins or ends inside a call must not count half of it.
    @Test func isSwitchedInsideCalls() throws {
        let clock = ManualTime()
        let reactor = try Reactor(time: clock)
        reactor.callLater(.zero) {
            clock.advance(by: .seconds(1))
            reactor.startProfiling()
            clock.advance(by: .seconds(1))
        }
        reactor.callLater(.zero) { clock.advance(by: .seconds(2)) }
        var profile: LoopProfile?
        reactor.callLater(.zero) {
            profile = reactor.profile
            clock.advance(by: .seconds(1))
            reactor.stopProfiling()
        }
        reactor.runOnePass(waitingAtMost: .zero)
        reactor.runOnePass(waitingAtMost: .zero)
        #expect(profile?.rows.map(\.total) == [.seconds(2)] && reactor.profile == nil)
    }

    /// One watches for stalls, the other measures, and neither ends the other.
    @Test func measuresBesideTheWatchForStalls() throws {
        let reactor = try Reactor()
        try reactor.detectStalls(over: .seconds(10)) { _ in }
        reactor.startProfiling()
        reactor.callLater(.zero) {}
        reactor.runOnePass(waitingAtMost: .zero)
        reactor.runOnePass(waitingAtMost: .zero)
        reactor.stopDetectingStalls()
        #expect(reactor.profile?.rows.map(\.calls) == [1])
        reactor.stopProfiling()
        #expect(reactor.callWatch == nil)
    }
}
