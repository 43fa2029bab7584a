import ReactorCore
import ReactorTesting
import Testing

@Suite struct CooperatorTests {
    @Test func tasksTakeTurnsWithinTheSteps() throws {
        let test = try TestReactor()
        let cooperator = Cooperator(on: test.reactor, stepLimit: 4)
        var seen: [String] = []
        let letters = cooperator.cooperate(each: ["a", "b", "c"]) { seen.append($0) }
        let digits = cooperator.cooperate(each: 1...3) { seen.append("\($0)") }
        let outcome = Outcome(digits.done)
        #expect(seen.isEmpty)
        test.reactor.runOnePass(waitingAtMost: .zero)
        #expect(seen == ["a", "1", "b", "2"])
        #expect(cooperator.taskCount == 2)
        test.settle()
        #expect(seen == ["a", "1", "b", "2", "c", "3"])
        #expect(letters.isFinished && digits.isFinished)
        #expect(outcome.values.count == 1)
        #expect(cooperator.taskCount == 0)
        #expect(test.reactor.delayedCallCount == 0)
    }

    /// However the last step of a slice ends its task, those who had no turn get theirs.
    @Test(arguments: ["done", "wait", "throw", "stop"], [true, false])
    func whoHadNoTurnIsNotForgotten(_ ending: String, _ limitsSteps: Bool) throws {
        let test = try TestReactor()
        let cooperator = Cooperator(
            on: test.reactor, slice: .milliseconds(5), stepLimit: limitsSteps ? 1 : 100)
        var first: CooperativeTask?
        let task = cooperator.cooperate {
            test.time.advance(by: .milliseconds(limitsSteps ? 0 : 6))
            switch ending {
            case "wait": return .wait(Deferred<Void>())
            case "throw": throw Boom(number: 1)
            case "stop":
                first?.stop()
                return .done
            default: return .done
            }
        }
        first = task
        task.done.whenDone { _ in }
        var hadTurn = false
        let second = cooperator.cooperate {
            hadTurn = true
            return .done
        }
        test.settle()
        #expect(hadTurn && second.isFinished && test.reactor.delayedCallCount == 0)
        task.stop()
    }

    @Test func aPassEndsWithTheSliceOfTime() throws {
        let test = try TestReactor()
        let cooperator = Cooperator(on: test.reactor, slice: .milliseconds(5))
        var steps = 0
        let task = cooperator.cooperate(each: 0..<10) { _ in
            steps += 1
            test.time.advance(by: .milliseconds(2))
        }
        test.reactor.runOnePass(waitingAtMost: .zero)
        #expect(steps == 3)
        test.reactor.runOnePass(waitingAtMost: .zero)
        #expect(steps == 6)
        task.stop()
    }

    @Test func waitsForDeferreds() throws {
        let test = try TestReactor()
        let cooperator = Cooperator(on: test.reactor)
        let gates = (0..<3).map { _ in Deferred<Void>() }
        var begun = 0
        let task = cooperator.cooperate(awaitingEach: gates) { gate in
            begun += 1
            return gate
        }
        let outcome = Outcome(task.done)
        test.settle()
        #expect(begun == 1)
        #expect(test.reactor.delayedCallCount == 0)
        gates[0].succeed()
        gates[1].succeed()
        test.settle()
        #expect(begun == 3)
        gates[2].fail(Boom())
        #expect(outcome.booms == [Boom()])
        #expect(task.isFinished)
    }

    @Test func aStepThatThrowsFailsTheTask() throws {
        let test = try TestReactor()
        let cooperator = Cooperator(on: test.reactor)
        let task = cooperator.cooperate(each: 0..<3) { if $0 == 1 { throw Boom(number: $0) } }
        let outcome = Outcome(task.done)
        test.settle()
        #expect(outcome.booms == [Boom(number: 1)])
        #expect(cooperator.taskCount == 0)
    }

    @Test func pausesNest() throws {
        let test = try TestReactor()
        let cooperator = Cooperator(on: test.reactor, stepLimit: 1)
        var steps = 0
        let task = cooperator.cooperate {
            steps += 1
            return steps == 3 ? .done : .more
        }
        task.pause()
        task.pause()
        test.settle()
        #expect(steps == 0)
        #expect(task.isPaused)
        #expect(test.reactor.delayedCallCount == 0)
        task.resume()
        test.settle()
        #expect(steps == 0)
        task.resume()
        task.resume()
        test.reactor.runOnePass(waitingAtMost: .zero)
        #expect(steps == 1)
        test.settle()
        #expect(steps == 3)
        task.pause()
        task.resume()
        #expect(task.isFinished)
    }

    @Test func pauseAndStopInsideAStep() throws {
        let test = try TestReactor()
        let cooperator = Cooperator(on: test.reactor)
        var steps = 0
        var task: CooperativeTask?
        let made = cooperator.cooperate {
            steps += 1
            if steps == 1 { task?.pause() } else { task?.stop() }
            return .more
        }
        task = made
        let outcome = Outcome(made.done)
        test.settle()
        #expect(steps == 1)
        task?.resume()
        test.settle()
        #expect(steps == 2)
        #expect(outcome.ownFailures == [.cancelled])
        task = nil
    }

    @Test(arguments: [true, false]) func pauseWhileItWaits(resumesFirst: Bool) throws {
        let test = try TestReactor()
        let gate = Deferred<Void>()
        var steps = 0
        let task = Cooperator(on: test.reactor).cooperate {
            steps += 1
            return steps == 1 ? .wait(gate) : .done
        }
        test.settle()
        task.pause()
        if resumesFirst { task.resume() } else { gate.succeed() }
        test.settle()
        #expect(steps == 1)
        if resumesFirst { gate.succeed() } else { task.resume() }
        test.settle()
        #expect(steps == 2)
        #expect(task.isFinished)
    }

    @Test func stoppingCancelsWhatIsWaitedFor() throws {
        let test = try TestReactor()
        var cancels = 0
        let gate = Deferred<Void> { cancels += 1 }
        let task = Cooperator(on: test.reactor).cooperate { .wait(gate) }
        let outcome = Outcome(task.done)
        test.settle()
        task.stop()
        task.stop()
        #expect(cancels == 1)
        #expect(outcome.ownFailures == [.cancelled])
    }

    @Test func theCooperatorStopsAll() throws {
        let test = try TestReactor()
        let cooperator = Cooperator(on: test.reactor)
        let gate = Deferred<Void>()
        let ready = cooperator.cooperate { .more }
        let waiting = cooperator.cooperate(awaitingEach: [gate]) { $0 }
        let paused = cooperator.cooperate { .more }
        paused.pause()
        test.reactor.runOnePass(waitingAtMost: .zero)
        cooperator.stop()
        let late = cooperator.cooperate { .more }
        #expect([ready, waiting, paused, late].allSatisfy { $0.isFinished })
        #expect(test.reactor.delayedCallCount == 0)
    }

    @Test func othersHaveATurnBetweenSlices() throws {
        let test = try TestReactor()
        let cooperator = Cooperator(on: test.reactor, stepLimit: 1)
        var seen: [String] = []
        let task = cooperator.cooperate(each: 0..<3) { _ in seen.append("step") }
        test.reactor.callLater(.zero) {
            seen.append("call")
            test.reactor.callLater(.zero) { seen.append("call") }
        }
        test.settle()
        #expect(seen == ["step", "call", "step", "call", "step"] || seen == ["step", "call", "call", "step", "step"])
        #expect(task.isFinished)
    }
}
