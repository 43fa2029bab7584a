public import Basics

/// An allowance of octets that refills evenly: `rate` octets a second, at most `burst` of them saved up.
///
/// Exact in integers, so that no time and no octets are lost by rounding, however often it is asked. Taking
/// more than there is leaves a debt, which the refill pays back first. All operations are O(1).
public struct TokenBucket: Sendable {
    /// The highest rate and burst, far above any machine's; keeps the arithmetic inside 128 bits.
    public static let greatestFigure = 1 << 48

    /// The refill, in octets a second; at least 1.
    public let rate: Int

    /// The most octets that can be saved up; at least 1.
    public let burst: Int

    /// Billionths of octets, which is what one nanosecond refills for each octet of `rate`.
    private var level: Int128
    private var lastRefill: MonotonicInstant

    private static let unit: Int128 = 1_000_000_000

    /// Makes a full bucket; figures outside 1 to ``greatestFigure`` count as the nearest of these.
    public init(rate: Int, burst: Int, now: MonotonicInstant) {
        self.rate = min(max(1, rate), Self.greatestFigure)
        self.burst = min(max(1, burst), Self.greatestFigure)
        level = Int128(self.burst) * Self.unit
        lastRefill = now
    }

    /// The whole octets there are; negative while there is a debt.
    public mutating func available(at now: MonotonicInstant) -> Int {
        refill(now)
        let (quotient, remainder) = level.quotientAndRemainder(dividingBy: Self.unit)
        return Int(clamping: remainder < 0 ? quotient - 1 : quotient)
    }

    /// Takes octets, whether they are there or not.
    public mutating func take(_ count: Int, at now: MonotonicInstant) {
        refill(now)
        level -= Int128(max(0, count)) * Self.unit
    }

    /// Lets go of what is owed beyond `count` octets.
    public mutating func forgiveDebt(beyond count: Int) {
        level = max(level, -Int128(max(0, count)) * Self.unit)
    }

    /// How long until `count` octets are there, rounded up to the nanosecond; zero when they are.
    ///
    /// More than ``burst`` will never be there, and count as that many.
    public mutating func delay(until count: Int, at now: MonotonicInstant) -> Duration {
        refill(now)
        let missing = Int128(min(count, burst)) * Self.unit - level
        guard missing > 0 else { return .zero }
        return .nanoseconds(Int64(clamping: (missing - 1) / Int128(rate) + 1))
    }

    private mutating func refill(_ now: MonotonicInstant) {
        guard now > lastRefill else { return }
        let elapsed = Int128(now.nanoseconds) - Int128(lastRefill.nanoseconds)
        lastRefill = now
        level = min(Int128(burst) * Self.unit, level + elapsed * Int128(rate))
    }
}
