import Basics
import Transports
import WorldModel

/// How often players look at files, in all sessions together: an allowance for each that refills evenly.
///
/// Who has used it up waits; nothing is refused.
///
/// - Isolation: belongs to the game's thread; one for all sessions.
/// - Limits: an allowance that is full is forgotten, so that only those who looked lately are counted.
struct FileRates {
    /// Requests a second of one account, or of a guest; our choice, more than a mounted tree asks for long.
    static let perSecond = 500
    /// Requests that can be saved up; our choice, a walk through everything that a player has, several times.
    static let burst = 2_000
    /// How many are counted before those whose allowance is full are looked for.
    private static let mostBeforeCleaning = 256

    private var buckets: [ThingID: TokenBucket] = [:]
    private var cleaningCount = FileRates.mostBeforeCleaning

    /// How many are counted.
    var count: Int { buckets.count }

    /// Counts a request of whoever an identity belongs to.
    ///
    /// - Returns: How long its answer has to wait; zero mostly.
    mutating func take(_ holder: ThingID, at now: MonotonicInstant) -> Duration {
        var bucket = buckets[holder] ?? TokenBucket(rate: Self.perSecond, burst: Self.burst, now: now)
        bucket.take(1, at: now)
        let delay = bucket.delay(until: 0, at: now)
        buckets[holder] = bucket
        if buckets.count > cleaningCount { clean(now) }
        return delay
    }

    private mutating func clean(_ now: MonotonicInstant) {
        buckets = buckets.filter { entry in
            var bucket = entry.value
            return bucket.available(at: now) < Self.burst
        }
        cleaningCount = max(Self.mostBeforeCleaning, 2 * buckets.count)
    }
}
