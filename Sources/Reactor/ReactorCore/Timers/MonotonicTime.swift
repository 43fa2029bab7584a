public import Basics
import CLinux
import Glibc

/// A source of monotonic time; what tests replace to make time stand still.
public protocol MonotonicTime: Sendable {
    /// The current instant; never earlier than an instant returned before.
    func now() -> MonotonicInstant
}

/// The machine's monotonic clock (`clock_gettime(2)` with `CLOCK_MONOTONIC`).
public struct SystemMonotonicTime: MonotonicTime {
    /// Makes a reader of the machine's clock.
    public init() {}

    /// The machine's current monotonic instant.
    public func now() -> MonotonicInstant {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicInstant(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }
}
