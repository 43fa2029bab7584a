import Basics

/// What a reactor has done since it was made.
public struct ReactorCounters: Hashable, Sendable {
    /// Passes of the loop.
    public internal(set) var passes: UInt64 = 0

    /// Calls of descriptor handlers.
    public internal(set) var handlerCalls: UInt64 = 0

    /// Delayed calls made.
    public internal(set) var delayedCalls: UInt64 = 0

    /// Calls that other threads asked for.
    public internal(set) var mailboxCalls: UInt64 = 0

    /// Pieces of tasks run.
    public internal(set) var taskPieces: UInt64 = 0

    /// Calls that kept the loop for too long, as ``Reactor/detectStalls(over:report:)`` has found.
    public internal(set) var stalls: UInt64 = 0

    /// How long passes were busy: from waking up to being ready to wait again.
    public internal(set) var passTimes = DurationHistogram()
}

/// Counts durations by powers of two of a microsecond.
public struct DurationHistogram: Hashable, Sendable {
    /// The number of classes; the last one has no upper bound, the one before it ends at about 18 minutes.
    public static let classCount = 32

    /// `counts[0]` is the number of durations below 1 µs, `counts[i]` of those below 2^i µs that are in no class before.
    public private(set) var counts = [UInt64](repeating: 0, count: Self.classCount)

    /// The sum of all durations.
    public private(set) var total: Duration = .zero

    /// The longest duration.
    public private(set) var longest: Duration = .zero

    /// Makes an empty histogram.
    public init() {}

    /// The upper bound of a class, exclusive; nil for the last one.
    public static func bound(ofClass index: Int) -> Duration? {
        index < classCount - 1 ? .microseconds(Int64(1) << Int64(index)) : nil
    }

    /// Counts one duration, or several that are the same; a negative one counts as zero.
    ///
    /// - Complexity: O(1).
    public mutating func record(_ duration: Duration, times: UInt64 = 1) {
        let duration = max(.zero, duration)
        let microseconds = UInt64(duration.wholeNanoseconds / 1000)
        let index = min(Self.classCount - 1, UInt64.bitWidth - microseconds.leadingZeroBitCount)
        counts[index] += times
        // Each pass of the loop comes here, and a product of durations is one of 128 bits.
        total += times == 1 ? duration : duration * Int(clamping: times)
        longest = max(longest, duration)
    }

    /// An upper bound of the `fraction` shortest durations, as fine as the classes are; nil while nothing is counted.
    public func quantile(_ fraction: Double) -> Duration? {
        let sum = counts.reduce(0, +)
        guard sum > 0 else { return nil }
        let wanted = max(1, Double(sum) * min(1, max(0, fraction)))
        var seen: UInt64 = 0
        for (index, count) in counts.enumerated() {
            seen += count
            if Double(seen) >= wanted { return min(longest, Self.bound(ofClass: index) ?? longest) }
        }
        return longest
    }
}
