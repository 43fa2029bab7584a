import Basics
import Transports

/// How much of what one client sends is taken at a time: lines and octets, each an allowance that refills evenly.
///
/// What comes beyond it waits, and with it everything behind it, where possible at the peer's end; nothing is lost.
///
/// - Isolation: none; a value type.
/// - SeeAlso: ``SessionLimits/inputBurst``, `GatewayCoreTests/InputBudgetTests`.
struct InputBudget {
    private var lines: TokenBucket
    private var octets: TokenBucket
    /// Whether the player was told since the lines were last saved up.
    private var isTold = false
    /// Lines a second that are taken for long.
    let linesPerSecond: Int

    /// Makes a budget with everything saved up.
    init(linesPerSecond: Int, now: MonotonicInstant) {
        let burst = Int(clamping: SessionLimits.inputBurst.components.seconds)
        self.linesPerSecond = linesPerSecond
        lines = TokenBucket(rate: linesPerSecond, burst: max(1, linesPerSecond) * burst, now: now)
        octets = TokenBucket(
            rate: max(1, linesPerSecond) * SessionLimits.octetsPerLine, burst: SessionLimits.octetBurst, now: now)
    }

    /// Counts a line that is done.
    mutating func takeLine(at now: MonotonicInstant) {
        lines.take(1, at: now)
    }

    /// Counts octets that have come, also those that are no part of a line.
    mutating func takeOctets(_ count: Int, at now: MonotonicInstant) {
        octets.take(count, at: now)
    }

    /// Whether one more line may be done.
    mutating func hasLine(at now: MonotonicInstant) -> Bool { lines.available(at: now) >= 1 }

    /// Whether more may be read.
    mutating func mayRead(at now: MonotonicInstant) -> Bool { octets.available(at: now) >= 0 }

    /// How long until both are so; zero when they are.
    mutating func delay(at now: MonotonicInstant) -> Duration {
        max(lines.delay(until: 1, at: now), octets.delay(until: 0, at: now))
    }

    /// Whether the player is to be told that something waits: once, until there was a rest.
    mutating func tellsNow() -> Bool {
        defer { isTold = true }
        return !isTold
    }

    /// Notices a rest: the next flood is another one.
    mutating func noteRest(at now: MonotonicInstant) {
        if isTold, lines.available(at: now) >= lines.burst { isTold = false }
    }
}
