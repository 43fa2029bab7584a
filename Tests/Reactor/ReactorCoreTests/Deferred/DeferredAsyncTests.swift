import Glibc
import ReactorCore
import ReactorTesting
import Testing

@Suite struct DeferredAsyncTests {
    @Test func awaitingWhatHasFiredDoesNotSuspend() throws {
        let test = try TestReactor()
        var seen: [String] = []
        test.reactor.spawn {
            let value = try await Deferred.succeeded(3).value
            seen.append("\(value)")
            do { _ = try await Deferred<Int>.failed(Boom()).value } catch { seen.append("\(error)") }
        }
        test.reactor.runOnePass(waitingAtMost: .zero)
        #expect(seen == ["3", "Boom(number: 0)"])
    }

    @Test func comesBackOnTheThreadOfTheReactor() throws {
        let test = try TestReactor()
        let thread = pthread_self()
        let question = Deferred<Int>()
        var isHome: [Bool] = []
        let task = test.reactor.deferToTask {
            isHome.append(pthread_equal(thread, pthread_self()) != 0)
            let value = try await question.map { $0 + 1 }.value
            isHome.append(pthread_equal(thread, pthread_self()) != 0)
            return value
        }
        let outcome = Outcome(task)
        test.settle()
        question.succeed(1)
        test.settle()
        #expect(outcome.values == [2])
        #expect(isHome == [true, true])
    }

    @Test func aTaskThatIsCancelledBeforeItAwaitsCancelsWhatItAwaits() throws {
        let test = try TestReactor()
        var cancels = 0
        let never = Deferred<Int> { cancels += 1 }
        var ended: (any Error)?
        let task = test.reactor.spawn {
            do { _ = try await never.value } catch { ended = error }
        }
        task.cancel()
        test.settle()
        #expect(cancels == 1)
        #expect(ended as? DeferredFailure == .cancelled)
    }

    @Test func cancellingTheDeferredEndsTheAwait() throws {
        let test = try TestReactor()
        let question = Deferred<Int>()
        let task = test.reactor.deferToTask { try await question.value }
        let outcome = Outcome(task)
        test.settle()
        question.cancel()
        test.settle()
        #expect(outcome.ownFailures == [.cancelled])
    }

    @Test func cancellingTheDeferredOfATaskCancelsTheTaskAndSwallowsItsEnd() throws {
        let test = try TestReactor()
        let question = Deferred<Int>()
        var seen: [String] = []
        let task = test.reactor.deferToTask {
            do { return try await question.value } catch {
                seen.append("\(error), \(Task.isCancelled)")
                return 7
            }
        }
        let outcome = Outcome(task)
        test.settle()
        task.cancel()
        #expect(outcome.ownFailures == [.cancelled])
        test.settle()
        #expect(seen == ["cancelled, true"])
        #expect(outcome.values.isEmpty)
    }

    @Test func aTaskHearsThatNothingWillCome() throws {
        let test = try TestReactor()
        var source: Deferred<Int>? = Deferred()
        let derived = source?.map { $0 } ?? Deferred()
        let outcome = Outcome(test.reactor.deferToTask { try await derived.value })
        test.settle()
        #expect(outcome.isEmpty)
        source = nil
        test.settle()
        #expect(source == nil)
        #expect(outcome.ownFailures == [.abandoned])
    }

    @Test func tasksThatShareADeferredAreCancelledAloneBehindShields() throws {
        let test = try TestReactor()
        let shared = Deferred<Int>()
        let tasks = (0..<2).map { _ in test.reactor.deferToTask { try await shared.shielded().value } }
        let outcomes = tasks.map { Outcome($0) }
        test.settle()
        tasks[0].cancel()
        test.settle()
        shared.succeed(4)
        test.settle()
        #expect(outcomes[0].ownFailures == [.cancelled])
        #expect(outcomes[1].values == [4])
    }

    @Test func anAwaitMayHaveATimeout() throws {
        let test = try TestReactor()
        let reactor = test.reactor
        let task = reactor.deferToTask { try await Deferred<Int>().timeout(after: .seconds(1), on: reactor).value }
        let shared = Deferred<Int>()
        let other = reactor.deferToTask { try await shared.timeout(after: .seconds(1), on: reactor).value }
        let outcomes = [task, other].map { Outcome($0) }
        test.advance(by: .seconds(1))
        #expect(outcomes[0].ownFailures == [.abandoned])
        #expect(outcomes[1].errors.first is DeferredTimeout)
        #expect(reactor.delayedCallCount == 0)
    }
}
