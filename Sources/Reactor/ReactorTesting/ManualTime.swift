public import Basics
public import ReactorCore
import Synchronization

/// A clock that stands still until it is moved.
///
/// ```swift
/// let time = ManualTime()
/// let reactor = try Reactor(time: time)
/// time.advance(by: .seconds(5))       // the next pass makes the calls that are due by then
/// ```
public final class ManualTime: MonotonicTime {
    private let instant: Mutex<MonotonicInstant>

    /// Makes a clock that shows `start`.
    public init(start: MonotonicInstant = .zero) {
        instant = Mutex(start)
    }

    /// What the clock shows.
    public func now() -> MonotonicInstant { instant.withLock { $0 } }

    /// Moves the clock forward.
    public func advance(by duration: Duration) {
        instant.withLock { $0 = $0.advanced(by: max(.zero, duration)) }
    }
}
