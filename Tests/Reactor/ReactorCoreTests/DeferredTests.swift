import ReactorCore
import Synchronization
import Testing

private struct Boom: Error, Equatable {
    var number = 0
}

/// Remembers the results a deferred gave.
private final class Outcome<Value> {
    private(set) var values: [Value] = []
    private(set) var errors: [any Error] = []

    init(_ deferred: Deferred<Value>) {
        deferred.whenDone { [self] result in
            switch result {
            case .success(let value): values.append(value)
            case .failure(let error): errors.append(error)
            }
        }
    }
}

@Suite struct DeferredTests {
    @Test func runsObserversInOrderBeforeAndAfterFiring() {
        let deferred = Deferred<Int>()
        var seen: [String] = []
        deferred.whenDone { _ in seen.append("a") }
        deferred.map { $0 + 1 }.whenDone { seen.append("b\((try? $0.get()) ?? 0)") }
        deferred.map { $0 + 2 }.whenDone { seen.append("c\((try? $0.get()) ?? 0)") }
        #expect(!deferred.isFired)
        #expect(deferred.succeed(1))
        deferred.whenDone { _ in seen.append("d") }
        #expect(seen == ["a", "b2", "c3", "d"])
    }

    @Test func observerAddedInsideAnObserverRunsWithoutLoss() {
        let deferred = Deferred<Int>()
        var seen: [Int] = []
        deferred.whenDone { _ in
            seen.append(1)
            deferred.whenDone { _ in seen.append(2) }
            seen.append(3)
        }
        deferred.succeed(0)
        #expect(seen.sorted() == [1, 2, 3])
    }

    @Test func firingTwiceKeepsTheFirstResult() {
        let deferred = Deferred<Int>()
        let outcome = Outcome(deferred)
        #expect(deferred.succeed(1))
        #expect(!deferred.succeed(2))
        #expect(!deferred.fail(Boom()))
        #expect(outcome.values == [1])
    }

    enum Step: CaseIterable {
        case map
        case flatMap
        case recover
        case flatRecover
        case both
    }

    @Test(arguments: Step.allCases, [true, false])
    func everyStepHandlesSuccessFailureAndThrows(step: Step, succeeds: Bool) {
        for isLate in [true, false] {
            for throwing in [true, false] {
                let source = Deferred<Int>()
                let act: () throws -> Void = { if throwing { throw Boom(number: 2) } }
                if !isLate { source.settle(succeeds ? .success(1) : .failure(Boom(number: 1))) }
                let outcome = Outcome(Self.derive(source, step, act))
                if isLate { source.settle(succeeds ? .success(1) : .failure(Boom(number: 1))) }
                let runs = step == .both || succeeds == (step == .map || step == .flatMap)
                if runs, throwing {
                    #expect(outcome.errors as? [Boom] == [Boom(number: 2)])
                } else if runs, step != .both {
                    #expect(outcome.values == [10])
                } else if succeeds {
                    #expect(outcome.values == [1])
                } else {
                    #expect(outcome.errors as? [Boom] == [Boom(number: 1)])
                }
            }
        }
    }

    private static func derive(
        _ source: Deferred<Int>, _ step: Step, _ act: @escaping () throws -> Void
    ) -> Deferred<Int> {
        switch step {
        case .map:
            source.map { _ in
                try act()
                return 10
            }
        case .flatMap:
            source.flatMap { _ in
                try act()
                return .succeeded(10)
            }
        case .recover:
            source.recover { _ in
                try act()
                return 10
            }
        case .flatRecover:
            source.flatRecover { _ in
                try act()
                return .succeeded(10)
            }
        case .both: source.both(act)
        }
    }

    @Test func waitsForTheInnerDeferred() {
        let (outer, inner) = (Deferred<Int>(), Deferred<String>())
        let outcome = Outcome(outer.flatMap { _ in inner })
        outer.succeed(1)
        #expect(outcome.values.isEmpty)
        inner.succeed("late")
        #expect(outcome.values == ["late"])
    }

    @Test func tenThousandLinksNeedNoStack() {
        let head = Deferred<Int>()
        var last = head
        for index in 0..<10_000 {
            last = index.isMultiple(of: 2) ? last.map { $0 + 1 } : last.flatMap { .succeeded($0 + 1) }
        }
        let outcome = Outcome(last)
        head.succeed(0)
        #expect(outcome.values == [10_000])
    }

    @Test func tenThousandNestedInnersNeedNoStack() {
        let inner = Deferred<Int>()
        var last = inner
        for _ in 0..<10_000 {
            let previous = last
            last = Deferred<Void>.succeeded(()).flatMap { previous }
        }
        let outcome = Outcome(last)
        inner.succeed(7)
        #expect(outcome.values == [7])
    }

    @Test func anAbandonedChainFailsWithoutStack() {
        var head: Deferred<Int>? = Deferred()
        var last = head.map { $0.map { $0 } } ?? Deferred()
        for _ in 0..<10_000 { last = last.map { $0 } }
        let outcome = Outcome(last)
        head = nil
        #expect(head == nil)
        #expect(outcome.errors as? [DeferredFailure] == [.abandoned])
    }

    @Test func cancelCallsTheCancellerOnceAndSwallowsOneResult() {
        var cancels = 0
        let deferred = Deferred<Int> { cancels += 1 }
        let outcome = Outcome(deferred)
        deferred.cancel()
        deferred.cancel()
        #expect(cancels == 1)
        #expect(outcome.errors as? [DeferredFailure] == [.cancelled])
        #expect(!deferred.succeed(1))
        #expect(outcome.values.isEmpty)
    }

    @Test func cancellerMayFireItself() {
        var deferred: Deferred<Int>?
        deferred = Deferred { deferred?.succeed(5) }
        let outcome = deferred.map { Outcome($0) }
        deferred?.cancel()
        deferred = nil
        #expect(outcome?.values == [5])
        #expect(outcome?.errors.isEmpty == true)
    }

    @Test func cancelAfterFiringDoesNothing() {
        var cancels = 0
        let deferred = Deferred<Int> { cancels += 1 }
        deferred.succeed(1)
        deferred.cancel()
        #expect(cancels == 0)
    }

    @Test func cancelGoesUpstreamToWhatIsWaitedFor() {
        var cancelled: [String] = []
        let outer = Deferred<Int> { cancelled.append("outer") }
        let inner = Deferred<Int> { cancelled.append("inner") }
        let last = outer.map { $0 }.flatMap { _ in inner }.map { $0 }
        let outcome = Outcome(last)
        outer.succeed(1)
        last.cancel()
        #expect(cancelled == ["inner"])
        #expect(outcome.errors as? [DeferredFailure] == [.cancelled])
    }

    @Test func reportsOnlyFailuresNobodyLookedAt() {
        struct Marked: Error {
            let label: String
        }
        final class Reports: Sendable {
            let labels = Mutex<[String]>([])
        }
        let reports = Reports()
        DeferredDiagnostics.setUnhandledFailureHandler { failure, origin in
            guard let marked = failure as? Marked else { return }
            reports.labels.withLock { $0.append(marked.label + (origin.contains("DeferredTests.swift") ? "" : "?")) }
        }
        defer { DeferredDiagnostics.setUnhandledFailureHandler(nil) }
        Deferred<Int>().fail(Marked(label: "plain"))
        _ = Deferred<Int>.failed(Marked(label: "chain")).map { $0 }.map { $0 }
        Deferred<Int>.failed(Marked(label: "watched")).whenDone { _ in }
        _ = Deferred<Int>.failed(Marked(label: "recovered")).recover { _ in 1 }
        Deferred<Int>().cancel()
        #expect(reports.labels.withLock { $0 } == ["plain", "chain"])
    }
}
