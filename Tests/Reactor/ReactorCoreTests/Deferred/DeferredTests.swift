import ReactorCore
import Testing

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
        #expect(seen == [1, 3, 2])
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

    @Test func aHundredThousandLinksNeedNoStack() {
        let head = Deferred<Int>()
        var last = head
        for index in 0..<manyLinks {
            last = index.isMultiple(of: 2) ? last.map { $0 + 1 } : last.flatMap { .succeeded($0 + 1) }
        }
        let outcome = Outcome(last)
        head.succeed(0)
        #expect(outcome.values == [manyLinks])
    }

    @Test func aHundredThousandNestedInnersNeedNoStack() {
        let inner = Deferred<Int>()
        var last = inner
        for _ in 0..<manyLinks {
            let previous = last
            last = Deferred<Void>.succeeded(()).flatMap { previous }
        }
        let outcome = Outcome(last)
        inner.succeed(7)
        #expect(outcome.values == [7])
    }

    @Test(arguments: [true, false]) func stepsThatContinueWithTheirLikeNeedNoStack(fired: Bool) {
        func countDown(_ number: Int, _ gate: Deferred<Int>) -> Deferred<Int> {
            number == 0 ? gate : Deferred.succeeded(number - 1).flatMap { countDown($0, gate) }
        }
        let gate = fired ? Deferred.succeeded(9) : Deferred<Int>()
        let outcome = Outcome(countDown(manyLinks, gate))
        if !fired {
            #expect(outcome.isEmpty)
            gate.succeed(9)
        }
        #expect(outcome.values == [9])
    }

    @Test func observersThatFireEachOtherNeedNoStack() {
        let all = (0..<manyLinks).map { _ in Deferred<Int>() }
        for (one, next) in zip(all, all.dropFirst()) { one.whenDone { next.settle($0) } }
        all.first?.succeed(3)
        #expect(all.allSatisfy { $0.isFired })
        #expect(all.last.map { Outcome($0).values } == [3])
    }

    @Test func cancellingThroughAHundredThousandLinksNeedsNoStack() {
        var cancels = 0
        let head = Deferred<Int> { cancels += 1 }
        var last = head
        for _ in 0..<manyLinks { last = last.map { $0 } }
        let outcome = Outcome(last)
        last.cancel()
        #expect(cancels == 1)
        #expect(outcome.ownFailures == [.cancelled])
    }

    @Test func droppingAHundredThousandLinksNeedsNoStack() {
        var head: Deferred<Int>? = Deferred()
        var last = head?.map { $0 } ?? Deferred()
        for _ in 0..<manyLinks { last = last.map { $0 } }
        let outcome = Outcome(last)
        #expect(head?.isFired == false)
        head = nil
        #expect(outcome.ownFailures == [.abandoned])
    }

    @Test func droppingObserversThatHoldEachOtherNeedsNoStack() {
        var held: Deferred<Int>? = Deferred()
        for _ in 0..<manyLinks {
            let outer = Deferred<Int>()
            let inner = held
            outer.whenDone { _ in _ = inner }
            held = outer
        }
        held = nil
        #expect(held == nil)
    }

    @Test func aChainKeepsItselfUntilItIsFired() {
        let head = Deferred<Int>()
        var seen: [Int] = []
        head.map { $0 + 1 }.flatMap { .succeeded($0 + 1) }.both {}.whenDone { seen.append((try? $0.get()) ?? -1) }
        head.succeed(1)
        #expect(seen == [3])
    }

    @Test func whatIsFiredInsideAnObserverTakesEffectAtOnce() {
        let (outer, inner) = (Deferred<Int>(), Deferred<Int>())
        var seen: [String] = []
        inner.map { $0 }.whenDone { _ in seen.append("inner") }
        outer.whenDone { _ in
            inner.succeed(1)
            seen.append("after inner")
        }
        outer.whenDone { _ in seen.append("second") }
        outer.succeed(1)
        #expect(seen == ["inner", "after inner", "second"])
    }

    @Test func mapResultAndFlatMapResultSeeBoth() {
        for result in [Result<Int, any Error>.success(1), .failure(Boom(number: 1))] {
            let (early, late) = (Deferred<Int>(), Deferred<Int>())
            early.settle(result)
            for source in [early, late] {
                let mapped = Outcome(source.mapResult { (try? $0.get()) ?? 7 })
                let flat = Outcome(source.flatMapResult { .succeeded((try? $0.get()) ?? 8) })
                let thrown = Outcome(source.mapResult { _ in throw Boom(number: 2) } as Deferred<Int>)
                if source === late { late.settle(result) }
                let succeeds = (try? result.get()) != nil
                #expect(mapped.values == [succeeds ? 1 : 7])
                #expect(flat.values == [succeeds ? 1 : 8])
                #expect(thrown.booms == [Boom(number: 2)])
            }
        }
    }

    @Test func attemptTakesValuesErrorsAndDeferreds() {
        #expect(Outcome(Deferred<Int>.attempt { 3 }).values == [3])
        #expect(Outcome(Deferred<Int>.attempt { () throws -> Int in throw Boom() }).booms == [Boom()])
        #expect(Outcome(Deferred<Int>.attempt { .succeeded(4) }).values == [4])
        #expect(Outcome(Deferred<Int>.attempt { () throws -> Deferred<Int> in throw Boom() }).booms == [Boom()])
    }

    @Test func waitingForItselfIsRefused() {
        let source = Deferred<Int>()
        var last: Deferred<Int>?
        let step = source.flatMap { _ in last ?? .succeeded(0) }
        last = step.map { $0 }.map { $0 }
        let outcome = Outcome(step)
        source.succeed(1)
        #expect(outcome.ownFailures == [.waitsForItself])
        var own: Deferred<Int>?
        let again = Deferred<Int>()
        own = again.flatMap { _ in own ?? .succeeded(0) }
        again.succeed(1)
        #expect(own.map { Outcome($0).ownFailures } == [.waitsForItself])
    }

    @Test func firingADerivedDeferredByHandCutsItOff() {
        let source = Deferred<Int>()
        var calls = 0
        let derived = source.map { value in
            calls += 1
            return value
        }
        let outcome = Outcome(derived)
        #expect(derived.succeed(5))
        #expect(source.succeed(1))
        #expect(outcome.values == [5])
        #expect(calls == 0)
    }

    @Test func describesItsState() {
        let deferred = Deferred<Int>()
        let derived = deferred.map { $0 }
        #expect(deferred.description.contains("Deferred<Int>(pending, made at"))
        #expect(deferred.description.contains("DeferredTests.swift:"))
        #expect(derived.description.contains("waiting for another"))
        deferred.succeed(4)
        #expect(derived.description.contains("(succeeded, made at"))
        #expect(Deferred<Int>.failed(DeferredFailure.cancelled).description.contains("failed: cancelled"))
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

    @Test func aResultThatComesAfterACancelIsSwallowedWhateverTheCanceller() {
        for canceller in [nil, {}] as [(() -> Void)?] {
            let deferred = Deferred<Int>(canceller: canceller)
            let outcome = Outcome(deferred)
            deferred.cancel()
            #expect(!deferred.fail(Boom()))
            #expect(outcome.ownFailures == [.cancelled])
            #expect(outcome.errors.count == 1)
        }
    }

    @Test func cancelOfAnInnerReachesItsCanceller() {
        var cancels = 0
        let inner = Deferred<Int> { cancels += 1 }
        let outer = Deferred<Void>.succeeded(()).flatMap { inner.map { $0 } }.recover { _ in 3 }
        let outcome = Outcome(outer)
        outer.cancel()
        outer.cancel()
        #expect(cancels == 1)
        #expect(outcome.values == [3])
    }

    @Test func cancelMayBeRecoveredFromByAStep() {
        let deferred = Deferred<Int>()
        let outcome = Outcome(deferred.recover { $0 is DeferredFailure ? 1 : 2 })
        deferred.cancel()
        #expect(outcome.values == [1])
    }

    @Test func cancelInItsOwnObserverDoesNothing() {
        var cancels = 0
        let deferred = Deferred<Int> { cancels += 1 }
        deferred.whenDone { _ in deferred.cancel() }
        let outcome = Outcome(deferred)
        deferred.succeed(1)
        #expect(cancels == 0)
        #expect(outcome.values == [1])
    }

    @Test func cancelWhileAResultIsOnItsWayCancelsWhatItStarts() {
        var cancels = 0
        let (source, inner) = (Deferred<Int>(), Deferred<Int> { cancels += 1 })
        var last: Deferred<Int>?
        source.whenDone { _ in last?.cancel() }
        var steps = 0
        last = source.map { value in
            steps += 1
            return value
        }.flatMap { _ in inner }.map { $0 }
        let outcome = last.map { Outcome($0) }
        source.succeed(1)
        #expect(steps == 1)
        #expect(cancels == 1)
        #expect(outcome?.ownFailures == [.cancelled])
    }

    @Test func cancelReachesAllWhoShareButNotThroughAShield() {
        let shared = Deferred<Int>()
        let (plain, first, second) = (shared.map { $0 }, shared.shielded(), shared.shielded().map { $0 })
        let outcomes = [Outcome(plain), Outcome(first), Outcome(second)]
        second.cancel()
        #expect(outcomes.map(\.ownFailures) == [[], [], [.cancelled]])
        #expect(!shared.isFired)
        plain.cancel()
        #expect(outcomes.map(\.ownFailures) == [[.cancelled], [.cancelled], [.cancelled]])
        #expect(shared.isFired)
    }

    @Test func aShieldGivesTheResultOn() {
        let shared = Deferred<Int>()
        let outcome = Outcome(shared.shielded().map { $0 + 1 })
        shared.succeed(1)
        #expect(outcome.values == [2])
        #expect(Outcome(shared.shielded()).values == [1])
    }

    @Test func theCancellerGoesAwayWhenFired() {
        final class Token {}
        var token: Token? = Token()
        weak let watched = token
        let deferred = Deferred<Int> { [token] in _ = token }
        token = nil
        #expect(watched != nil)
        deferred.succeed(1)
        #expect(watched == nil)
    }

    /// Whatever is derived, continued, fired, cancelled and dropped in whatever order, every end is heard exactly once.
    ///
    /// Steps lead from older deferreds to newer ones only. A ring of steps that keep each other, none of which fires, lives
    /// on as any ring of references does; the other test has such rings.
    @Test(arguments: 0..<40) func randomGraphsAlwaysEnd(seed: UInt64) {
        var random = SplitMix(state: seed)
        var graph = RandomGraph()
        for number in 0..<300 {
            let some = [graph.pool.randomElement(using: &random), graph.pool.randomElement(using: &random)]
                .compactMap(\.self).sorted { $0.age < $1.age }
            // One that continues with itself would be the smallest ring.
            graph.grow(number, from: some.first, and: some.first?.age == some.last?.age ? nil : some.last, &random)
        }
        for entry in graph.pool where Bool.random(using: &random) { entry.deferred.cancel() }
        graph.pool = []
        #expect(graph.heard.values.count == 300 && graph.heard.values.allSatisfy { $0 == 1 })
    }

    /// Whoever continues with whom: once all that can be fired by hand has been, every end is heard exactly once.
    @Test(arguments: 0..<40) func randomGraphsWithRingsEndWhenAllIsFired(seed: UInt64) {
        var random = SplitMix(state: seed)
        var graph = RandomGraph(keepsRoots: true)
        for number in 0..<300 {
            let (some, other) = (graph.pool.randomElement(using: &random), graph.pool.randomElement(using: &random))
            graph.grow(number, from: some, and: other, &random)
        }
        for entry in graph.pool where Int.random(in: 0..<4, using: &random) == 0 { entry.deferred.cancel() }
        for root in graph.roots.shuffled(using: &random) where !root.isFired { root.succeed(0) }
        #expect(graph.heard.values.count == 300 && graph.heard.values.allSatisfy { $0 == 1 })
    }
}

/// Deferreds that are derived from each other at random, and how often the end of each was heard.
private struct RandomGraph {
    struct Entry {
        /// Grows with every deferred made.
        let age: Int
        let deferred: Deferred<Int>
    }

    final class Ears {
        var heard: [Int: Int] = [:]
    }

    var pool: [Entry] = []
    /// Those that nothing but a hand fires, kept only by a test that wants to.
    var roots: [Deferred<Int>] = []
    let keepsRoots: Bool
    private let ears = Ears()

    var heard: [Int: Int] { ears.heard }

    init(keepsRoots: Bool = false) { self.keepsRoots = keepsRoots }

    mutating func grow(_ number: Int, from some: Entry?, and second: Entry?, _ random: inout SplitMix) {
        var age = number
        let other = second?.deferred ?? .succeeded(0)
        let made: Deferred<Int>
        switch (Int.random(in: 0..<12, using: &random), some?.deferred) {
        case (0, let pick?): made = pick.map { $0 &+ 1 }
        case (1, let pick?): made = pick.flatMap { _ in other }
        case (2, let pick?): made = pick.recover { _ in 1 }
        case (3, let pick?): made = pick.flatRecover { _ in other }
        case (4, let pick?): made = pick.shielded().both { other.cancel() }
        case (5, let pick?): made = gather([pick, other]).map { $0.count }
        case (6, let pick?): made = race([pick, other])
        case (7, let pick?):
            pick.cancel()
            made = .failed(DeferredFailure.cancelled)
        case (8, let pick?):
            if !pick.isFired { pick.succeed(number) }
            made = pick
            age = some?.age ?? number
        case (9, _) where !pool.isEmpty:
            let taken = pool.remove(at: Int.random(in: 0..<pool.count, using: &random))
            made = taken.deferred
            age = taken.age
        default:
            made = Deferred()
            if keepsRoots { roots.append(made) }
        }
        ears.heard[number] = 0
        made.whenDone { [ears] _ in ears.heard[number, default: 0] += 1 }
        pool.append(Entry(age: age, deferred: made))
    }
}

/// A small generator with a seed (Steele, Lea and Flood, 2014).
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
