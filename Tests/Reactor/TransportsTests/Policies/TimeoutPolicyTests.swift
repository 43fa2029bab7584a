import ReactorCore
import ReactorTesting
import Testing
import Transports

@Suite struct TimeoutPolicyTests {
    private func stage(
        idle: Duration? = nil, total: Duration? = nil, countsSentData: Bool = false, ending: LayerEnding = .abort
    ) throws -> PolicyStage {
        try PolicyStage {
            [TimeoutPolicy($0.reactor, idle: idle, total: total, countsSentData: countsSentData, ending: ending)]
        }
    }

    @Test func endsASilentConnection() throws {
        let stage = try stage(idle: .seconds(10))
        let (transport, maybe) = try #require(stage.connect())
        let recorder = try #require(maybe)
        stage.test.advance(by: .seconds(9))
        transport.deliver("x")
        stage.test.advance(by: .milliseconds(9_999))
        recorder.transport?.write("y")
        #expect(!recorder.isLost)
        stage.test.advance(by: .milliseconds(1))
        #expect(reason(recorder) == "the peer was silent for 10.0 seconds")
        #expect(recorder.lossCount == 1 && transport.lostReason.map { "\($0)" } == "connection aborted")
        #expect(stage.test.reactor.delayedCallCount == 0)
    }

    @Test func saysFarewellBeforeAClose() throws {
        for (ending, text) in [(LayerEnding.close(within: .seconds(1)), "bye"), (.abort, "")] {
            let stage = try PolicyStage {
                [TimeoutPolicy($0.reactor, idle: .seconds(10), ending: ending, farewell: "bye")]
            }
            let transport = try #require(stage.connect()?.transport)
            stage.test.advance(by: .seconds(10))
            #expect(transport.takeWrittenText() == text && transport.lostReason != nil)
        }
    }

    @Test func saysNothingAmongTheOctetsOfAnUpgrade() throws {
        let stage = try PolicyStage {
            [TimeoutPolicy($0.reactor, idle: .seconds(10), ending: .close(within: .seconds(1)), farewell: "bye")]
        }
        let connection = try #require(stage.connect())
        try (connection.recorder?.transport as? any UpgradableTransport)?.replaceProtocol(with: Recorder())
        stage.test.advance(by: .seconds(10))
        #expect(connection.transport.takeWrittenText().isEmpty && connection.transport.lostReason != nil)
    }

    @Test func sentDataCountsIfAskedTo() throws {
        let stage = try stage(idle: .seconds(10), countsSentData: true)
        let recorder = try #require(stage.connect()?.recorder)
        stage.test.advance(by: .seconds(9))
        recorder.transport?.write("y")
        stage.test.advance(by: .seconds(9))
        recorder.transport?.write([1].span)
        stage.test.advance(by: .seconds(9))
        #expect(!recorder.isLost)
        stage.test.advance(by: .seconds(1))
        #expect(recorder.isLost)
    }

    @Test func endsALongConnectionHoweverBusy() throws {
        let stage = try stage(idle: .seconds(10), total: .seconds(25))
        let (transport, maybe) = try #require(stage.connect())
        let recorder = try #require(maybe)
        for _ in 0..<24 {
            stage.test.advance(by: .seconds(1))
            transport.deliver("x")
        }
        #expect(!recorder.isLost)
        stage.test.advance(by: .seconds(1))
        #expect(reason(recorder) == "the connection lasted longer than 25.0 seconds")
        #expect(stage.test.reactor.delayedCallCount == 0)
    }

    @Test func closesInOrderIfAskedToButNotForEver() throws {
        for isStuck in [false, true] {
            let stage = try stage(idle: .seconds(10), ending: .close(within: .seconds(5)))
            let (transport, maybe) = try #require(stage.connect())
            let recorder = try #require(maybe)
            transport.isPeerReading = !isStuck
            recorder.transport?.write("bye")
            stage.test.advance(by: .seconds(10))
            #expect(recorder.isLost == !isStuck)
            stage.test.advance(by: .seconds(5))
            #expect(reason(recorder) == "the peer was silent for 10.0 seconds")
            #expect(transport.takeWrittenText() == (isStuck ? "" : "bye"))
            #expect(stage.test.reactor.delayedCallCount == 0)
        }
    }

    @Test func leavesNoTimerBehind() throws {
        let stage = try stage(idle: .seconds(10), total: .seconds(20))
        let (transport, recorder) = try #require(stage.connect())
        #expect(stage.test.reactor.delayedCallCount == 2)
        transport.loseFromPeer()
        stage.test.settle()
        #expect(recorder?.ending == "done" && stage.test.reactor.delayedCallCount == 0)
    }

    @Test func resetsCostNoDelayedCalls() throws {
        let stage = try stage(idle: .seconds(10))
        let (transport, _) = try #require(stage.connect())
        for _ in 0..<10_000 { transport.deliver([1]) }
        #expect(stage.test.reactor.delayedCallCount == 1)
    }

    @Test func anInactivityTimerCanBeSetChangedAndDropped() throws {
        let test = try TestReactor()
        var calls = 0
        var timer: InactivityTimer? = InactivityTimer(test.reactor) { calls += 1 }
        timer?.reset()
        #expect(test.reactor.delayedCallCount == 0)
        timer?.set(.seconds(10))
        timer?.set(.seconds(2))
        #expect(test.reactor.delayedCallCount == 1)
        test.advance(by: .seconds(1))
        timer?.reset()
        test.advance(by: .seconds(1))
        #expect(calls == 0)
        test.advance(by: .seconds(1))
        #expect(calls == 1 && timer?.timeout == nil)
        timer?.reset()
        test.advance(by: .seconds(20))
        timer?.set(.seconds(1))
        timer?.set(nil)
        test.advance(by: .seconds(2))
        #expect(calls == 1)
        timer?.set(.seconds(1))
        timer = nil
        test.advance(by: .seconds(2))
        #expect(calls == 1 && test.reactor.delayedCallCount == 0)
    }

    @Test func aTimerMaySetItselfAgainInItsCall() throws {
        let test = try TestReactor()
        var calls = 0
        weak var again: InactivityTimer?
        let timer = InactivityTimer(test.reactor) {
            calls += 1
            again?.set(.seconds(1))
        }
        again = timer
        timer.set(.seconds(1))
        test.advance(by: .seconds(3))
        #expect(calls == 3)
        timer.set(nil)
    }
}
