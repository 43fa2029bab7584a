import ReactorCore
import Synchronization
import Testing

private struct Marked: Error {
    let label: String
}

private final class Reports: Sendable {
    let unhandled = Mutex<[String]>([])
    let places = Mutex<[String]>([])
    let mistakes = Mutex<[FiredTwice]>([])

    /// Collects what comes from this file while `body` runs; the handler belongs to the whole process.
    func collect(_ body: () -> Void) {
        DeferredDiagnostics.setUnhandledFailureHandler { failure, origin in
            guard origin.contains("DeferredDiagnosticsTests.swift:") else { return }
            if let marked = failure as? Marked {
                self.unhandled.withLock { $0.append(marked.label) }
                self.places.withLock { $0.append(origin) }
            }
            if let mistake = failure as? FiredTwice { self.mistakes.withLock { $0.append(mistake) } }
        }
        defer { DeferredDiagnostics.setUnhandledFailureHandler(nil) }
        body()
    }
}

@Suite(.serialized) struct DeferredDiagnosticsTests {
    @Test func reportsOnlyFailuresNobodyLookedAt() {
        let reports = Reports()
        reports.collect {
            Deferred<Int>().fail(Marked(label: "plain"))
            _ = Deferred<Int>.failed(Marked(label: "chain")).map { $0 }.map { $0 }
            Deferred<Int>.failed(Marked(label: "watched")).whenDone { _ in }
            _ = Deferred<Int>.failed(Marked(label: "recovered")).recover { _ in 1 }
            _ = Deferred<Void>.succeeded(()).flatMap { Deferred<Int>.failed(Marked(label: "inner")) }
            _ = Deferred<Void>.succeeded(()).map { throw Marked(label: "thrown") }
            _ = Deferred<Int>.failed(Marked(label: "shielded")).shielded()
            Deferred<Int>().cancel()
            Deferred<Int>().fail(CancellationError())
        }
        let labels = reports.unhandled.withLock { $0 }
        #expect(labels == ["plain", "chain", "inner", "thrown", "shielded"])
    }

    @Test func reportsAtTheMomentTheLastReferenceGoes() {
        let reports = Reports()
        reports.collect {
            var deferred: Deferred<Int>? = Deferred()
            deferred?.fail(Marked(label: "late"))
            let before = reports.unhandled.withLock(\.count)
            #expect(before == 0)
            deferred = nil
            #expect(deferred == nil)
            let after = reports.unhandled.withLock(\.count)
            #expect(after == 1)
        }
    }

    @Test func namesThePlaceOfMakingAlsoForAChain() {
        let reports = Reports()
        let line: UInt = #line + 2
        reports.collect {
            let head = Deferred<Int>()
            _ = head.map { $0 }
            head.fail(Marked(label: "place"))
        }
        let places = reports.places.withLock { $0 }
        #expect(places.count == 1)
        #expect(places.first?.hasSuffix("DeferredDiagnosticsTests.swift:\(line)") == true)
    }

    @Test func firingTwiceKeepsTheFirstResult() {
        let reports = Reports()
        reports.collect {
            let deferred = Deferred<Int>()
            let outcome = Outcome(deferred)
            let answers = [
                deferred.succeed(1), deferred.succeed(2), deferred.fail(Boom()), deferred.settle(.success(3)),
            ]
            #expect(answers == [true, false, false, false])
            #expect(outcome.values == [1])
            #expect(outcome.errors.isEmpty)
        }
        let count = reports.mistakes.withLock(\.count)
        #expect(count == 3)
    }

    @Test func aSecondFiringIsReportedWithBothPlaces() {
        let reports = Reports()
        let line: UInt = #line + 3
        reports.collect {
            let deferred = Deferred<Int>()
            deferred.succeed(1)
            deferred.succeed(2)
        }
        let mistakes = reports.mistakes.withLock { $0 }
        #expect(mistakes.count == 1)
        #expect(mistakes.first?.firstPlace?.hasSuffix("DeferredDiagnosticsTests.swift:\(line)") == true)
        #expect(mistakes.first?.secondPlace.hasSuffix("DeferredDiagnosticsTests.swift:\(line + 1)") == true)
        #expect(mistakes.first?.description.contains(":\(line + 1), the first time at ReactorCoreTests/") == true)
    }

    /// What happens before, and how many of two firings afterwards are reported.
    @Test(arguments: [("cancel", 1), ("cancel twice", 1), ("fire", 2), ("fire, cancel", 2), ("canceller fires", 2)])
    func afterACancelOneFiringIsForgiven(history: String, reported: Int) {
        let reports = Reports()
        reports.collect {
            var deferred = Deferred<Int>()
            switch history {
            case "cancel": deferred.cancel()
            case "cancel twice":
                deferred.cancel()
                deferred.cancel()
            case "fire": deferred.succeed(0)
            case "fire, cancel":
                deferred.succeed(0)
                deferred.cancel()
            default:
                var own: Deferred<Int>?
                deferred = Deferred { own?.succeed(0) }
                own = deferred
                deferred.cancel()
                own = nil
            }
            deferred.succeed(1)
            deferred.succeed(2)
            deferred.whenDone { _ in }
        }
        let count = reports.mistakes.withLock(\.count)
        #expect(count == reported)
    }

    @Test func countsPendingDeferredsByPlace() {
        func counts() -> [Int] {
            DeferredDiagnostics.pendingDeferreds().filter { $0.origin.contains("DeferredDiagnosticsTests.swift") }
                .map(\.count)
        }
        DeferredDiagnostics.isTracking = true
        defer { DeferredDiagnostics.isTracking = false }
        let three = (0..<3).map { _ in Deferred<Int>() }
        let derived = three.map { $0.map { $0 } }
        let one = Deferred<Int>()
        #expect(counts() == [6, 1])
        for deferred in three { deferred.succeed(1) }
        #expect(derived.allSatisfy { $0.isFired })
        #expect(counts() == [1])
        one.cancel()
        #expect(counts().isEmpty)
        do { _ = Deferred<Int>() }
        #expect(counts().isEmpty)
    }
}
