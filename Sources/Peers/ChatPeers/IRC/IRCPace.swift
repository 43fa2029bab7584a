package import Basics

/// How fast lines go: some at once after a silence, then evenly ("fake lag" at a server, a flood limit at a client).
///
/// What a client sends faster than a server takes it waits in the network, in order; nothing is lost, and nobody is cut off for it.
///
/// - Source: our choice: a client in good health joins its channels within a burst, and people type slower than the rate.
public struct IRCPace: Hashable, Sendable {
    /// Lines that go at once after a silence, at least 1.
    public let burst: Int
    /// How long each line takes beyond those, at most an hour; zero for no limit.
    public let interval: Duration

    /// Makes a pace; numbers outside of what is possible count as the nearest that is.
    public init(burst: Int, interval: Duration) {
        self.burst = min(max(1, burst), 1_000_000)
        self.interval = min(max(.zero, interval), .seconds(3600))
    }

    /// Makes a pace of so many lines a second after the burst, from 1 to 1,000,000.
    public init(burst: Int = 5, perSecond: Int = 2) {
        self.init(burst: burst, interval: .nanoseconds(1_000_000_000 / Int64(min(max(1, perSecond), 1_000_000))))
    }

    /// What a client keeps to by itself: five lines at once, then one every two seconds.
    ///
    /// Servers let a client run ten seconds ahead at two seconds a line (RFC 1459 section 8.10), which this stays below.
    public static let ofClients = IRCPace(burst: 5, interval: .seconds(2))
    /// No limit, for a server that is known to want none.
    public static let unlimited = IRCPace(burst: 1, interval: .zero)
}

/// What somebody has used up of an ``IRCPace``: the moment from which nothing is owed any more.
///
/// Eight octets; exact, because the moment itself is kept and not a level that is rounded.
///
/// - Complexity: O(1).
package struct IRCPaceMeter {
    /// Nanoseconds on the reactor's clock.
    private var free: Int64 = .min

    /// Begins with a whole allowance.
    package init() {}

    /// How long until the next line may go.
    ///
    /// - Parameters:
    ///   - pace: What is allowed.
    ///   - now: The reactor's time.
    /// - Returns: Nil when it may at once.
    package func wait(_ pace: IRCPace, now: MonotonicInstant) -> Duration? {
        let now = now.nanoseconds
        // So much may be owed while a burst still lasts; no product of the limits of a pace is too large.
        let allowance = pace.interval.wholeNanoseconds * Int64(pace.burst - 1)
        let owed = max(free, now).subtractingReportingOverflow(now)
        guard !owed.overflow, owed.partialValue > allowance else { return nil }
        return .nanoseconds(owed.partialValue - allowance)
    }

    /// Counts lines that have gone, whether they might or not.
    ///
    /// - Returns: How long until the next one may go; nil when it may at once.
    @discardableResult
    package mutating func count(_ pace: IRCPace, lines: Int = 1, now: MonotonicInstant) -> Duration? {
        let (cost, isMuch) = pace.interval.wholeNanoseconds.multipliedReportingOverflow(by: Int64(lines))
        let (next, overflow) = max(free, now.nanoseconds).addingReportingOverflow(isMuch ? .max : cost)
        free = overflow ? .max : next
        return wait(pace, now: now)
    }

    /// Counts a line if it may go.
    package mutating func allows(_ pace: IRCPace, now: MonotonicInstant) -> Bool {
        if wait(pace, now: now) != nil { return false }
        count(pace, now: now)
        return true
    }

    /// Whether nothing is owed.
    package func isWhole(_ now: MonotonicInstant) -> Bool { free <= now.nanoseconds }

    /// Forgets what was counted.
    package mutating func forgive() { free = .min }
}
