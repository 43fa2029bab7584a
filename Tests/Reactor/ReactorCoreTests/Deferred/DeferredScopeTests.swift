import ReactorCore
import ReactorTesting
import Testing

@Suite struct DeferredScopeTests {
    @Test func cancelsWhatIsLeftTheLatestFirst() throws {
        let test = try TestReactor()
        let scope = DeferredScope()
        var cancelled: [Int] = []
        let deferreds = (0..<3).map { index in scope.add(Deferred<Int> { cancelled.append(index) }) }
        let call = scope.callLater(.seconds(1), on: test.reactor) { cancelled.append(9) }
        #expect(scope.count == 4)
        deferreds[1].succeed(1)
        #expect(scope.count == 3)
        scope.end()
        scope.end()
        #expect(cancelled == [2, 0])
        #expect(!call.isActive)
        #expect(scope.count == 0)
        #expect(scope.isEnded)
        #expect(test.reactor.delayedCallCount == 0)
    }

    @Test func whatIsDoneLeavesTheScope() throws {
        let test = try TestReactor()
        let scope = DeferredScope()
        var calls = 0
        scope.callLater(.seconds(1), on: test.reactor) { calls += 1 }
        let cancelled = scope.callLater(.seconds(1), on: test.reactor) { calls += 1 }
        let derived = scope.add(Deferred<Int>().map { $0 })
        scope.spawn(on: test.reactor) { calls += 1 }
        scope.add(Deferred.succeeded(1))
        let membership = scope.onEnd { calls += 100 }
        #expect(derived.isFired)
        #expect(scope.count == 4)
        cancelled.cancel()
        membership.leave()
        membership.leave()
        #expect(scope.count == 2)
        test.advance(by: .seconds(1))
        #expect(scope.count == 0)
        scope.end()
        #expect(calls == 2)
    }

    @Test func whatIsAddedAfterTheEndIsCancelledAtOnce() throws {
        let test = try TestReactor()
        let scope = DeferredScope()
        scope.end()
        var seen: [String] = []
        let deferred = scope.add(Deferred<Int> { seen.append("deferred") })
        let call = scope.callLater(.zero, on: test.reactor) { seen.append("call") }
        scope.onEnd { seen.append("end") }
        #expect(scope.makeChild().isEnded)
        #expect(deferred.isFired)
        #expect(!call.isActive)
        #expect(seen == ["deferred", "end"])
        #expect(scope.count == 0)
    }

    @Test func whatACancelAddsIsCancelledToo() {
        let scope = DeferredScope()
        var seen: [Int] = []
        scope.onEnd {
            seen.append(1)
            scope.add(Deferred<Int> { seen.append(2) })
        }
        scope.end()
        #expect(seen == [1, 2])
    }

    @Test func endsWithTheTask() throws {
        let test = try TestReactor()
        let scope = DeferredScope()
        let never = Deferred<Int>()
        var ended: (any Error)?
        scope.spawn(on: test.reactor) {
            do { _ = try await never.value } catch { ended = error }
        }
        test.settle()
        scope.end()
        test.settle()
        #expect(ended as? DeferredFailure == .cancelled)
        #expect(never.isFired)
    }

    @Test func childrenEndWithTheirParentAndLeaveWithoutIt() {
        let scope = DeferredScope()
        var seen: [String] = []
        let (first, second) = (scope.makeChild(), scope.makeChild())
        first.onEnd { seen.append("first") }
        second.onEnd { seen.append("second") }
        #expect(scope.count == 2)
        first.end()
        #expect(scope.count == 1)
        #expect(!scope.isEnded)
        scope.end()
        #expect(seen == ["first", "second"])
        #expect(second.isEnded)
    }

    @Test func aScopeThatGoesAwayEnds() {
        let outer = DeferredScope()
        var scope: DeferredScope? = outer.makeChild()
        let deferred = Deferred<Int>()
        scope?.add(deferred)
        let outcome = Outcome(deferred)
        scope = nil
        #expect(scope == nil)
        #expect(outcome.ownFailures == [.cancelled])
        #expect(outer.count == 0)
    }

    @Test func doesNotKeepWhatItWouldCancel() {
        let scope = DeferredScope()
        var deferred: Deferred<Int>? = scope.add(Deferred())
        let outcome = deferred.map { Outcome($0) }
        deferred = nil
        #expect(deferred == nil)
        #expect(outcome?.ownFailures == [.abandoned])
        #expect(scope.count == 0)
    }

    @Test func aCallIsInTheScopeThatTookItLast() throws {
        let test = try TestReactor()
        let (first, second) = (DeferredScope(), DeferredScope())
        let call = second.add(first.callLater(.seconds(1), on: test.reactor) {})
        first.end()
        #expect(call.isActive)
        second.end()
        #expect(!call.isActive)
    }

    @Test func aHundredThousandComeAndGo() {
        let scope = DeferredScope()
        let kept = scope.add(Deferred<Int>())
        for number in 0..<manyLinks { scope.add(Deferred<Int>()).succeed(number) }
        #expect(scope.count == 1)
        scope.end()
        #expect(kept.isFired)
    }
}
