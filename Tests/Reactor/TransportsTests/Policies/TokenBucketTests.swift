import Basics
import Testing
import Transports

@Suite struct TokenBucketTests {
    @Test func forgivesWhatIsOwedBeyondABound() {
        var bucket = TokenBucket(rate: 10, burst: 5, now: .zero)
        bucket.take(105, at: .zero)
        bucket.forgiveDebt(beyond: 200)
        #expect(bucket.available(at: .zero) == -100)
        bucket.forgiveDebt(beyond: 20)
        #expect(bucket.available(at: .zero) == -20 && bucket.delay(until: 0, at: .zero) == .seconds(2))
        bucket.forgiveDebt(beyond: -1)
        #expect(bucket.available(at: .zero) == 0)
    }

    private func at(_ milliseconds: Int64) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: milliseconds * 1_000_000)
    }

    /// Arrivals at times in milliseconds, and what is there afterwards.
    @Test(arguments: [
        [(0, 100, 0), (50, 0, 50), (100, 30, 70), (1000, 0, 100)],
        [(0, 250, -150), (100, 0, -50), (150, 0, 0), (151, 0, 1), (151, 2, -1)],
        [(0, 0, 100), (5000, 100, 0), (5001, 1, 0), (5001, 1, -1), (4000, 0, -1)],
    ])
    func keepsToATableOfArrivals(table: [(Int64, Int, Int)]) {
        var bucket = TokenBucket(rate: 1000, burst: 100, now: at(0))
        for (time, count, left) in table {
            bucket.take(count, at: at(time))
            #expect(bucket.available(at: at(time)) == left, "at \(time) ms")
        }
    }

    @Test(arguments: [1, 3, 7, 1000, 999_999_937, Int.max])
    func theDelayIsExactToTheNanosecond(rate: Int) {
        var bucket = TokenBucket(rate: rate, burst: 1000, now: .zero)
        bucket.take(1000, at: .zero)
        for wanted in [1, 2, 500, 1000, 5000] {
            let delay = bucket.delay(until: wanted, at: .zero)
            var early = bucket
            var late = bucket
            let nanoseconds = delay.wholeNanoseconds
            #expect(early.available(at: MonotonicInstant(nanoseconds: nanoseconds - 1)) < min(wanted, 1000))
            #expect(late.available(at: MonotonicInstant(nanoseconds: nanoseconds)) >= min(wanted, 1000))
        }
    }

    @Test func askingOftenLosesNothing() {
        var bucket = TokenBucket(rate: 3, burst: 10, now: .zero)
        bucket.take(10, at: .zero)
        for nanosecond in 1...100_000 {
            _ = bucket.available(at: MonotonicInstant(nanoseconds: Int64(nanosecond) * 10_000))
        }
        #expect(bucket.available(at: MonotonicInstant(nanoseconds: 1_000_000_000)) == 3)
    }

    @Test func extremeFiguresDoNotTrap() {
        var bucket = TokenBucket(rate: .max, burst: .max, now: MonotonicInstant(nanoseconds: .min))
        for _ in 0..<5 { bucket.take(.max, at: MonotonicInstant(nanoseconds: .min)) }
        #expect(bucket.available(at: MonotonicInstant(nanoseconds: .min)) == .min)
        #expect(bucket.available(at: MonotonicInstant(nanoseconds: .max)) == TokenBucket.greatestFigure)
        var slow = TokenBucket(rate: -5, burst: 0, now: .zero)
        slow.take(.max, at: .zero)
        #expect(slow.rate == 1 && slow.burst == 1 && slow.delay(until: 1, at: .zero) == .nanoseconds(Int64.max))
        slow.take(-5, at: .zero)
    }
}
