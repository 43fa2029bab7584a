/// A point in civil time: milliseconds since 1970-01-01T00:00:00Z, leap seconds ignored (POSIX).
///
/// For showing and storing only; deadlines use ``MonotonicInstant``.
public struct WallInstant: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z; negative before it.
    public var milliseconds: Int64

    /// Makes an instant from milliseconds since 1970-01-01T00:00:00Z.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Orders instants by time.
    public static func < (left: WallInstant, right: WallInstant) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// How long it is to another instant, negative when that is earlier; as long as can be said when it is longer.
    public func duration(to other: WallInstant) -> Duration {
        let (difference, overflow) = other.milliseconds.subtractingReportingOverflow(milliseconds)
        return .milliseconds(overflow ? (other < self ? .min : .max) : difference)
    }

    /// The instant in UTC as `2026-11-23T05:41:00Z` (RFC 3339, whole seconds).
    public var description: String {
        let time = CivilTime(self)
        func pad(_ value: Int, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return pad(time.year, 4) + "-" + pad(time.month, 2) + "-" + pad(time.day, 2) + "T" + pad(time.hour, 2) + ":"
            + pad(time.minute, 2) + ":" + pad(time.second, 2) + "Z"
    }

    /// Hours and minutes in UTC, as `05:41`.
    public var timeOfDay: String { String(description.suffix(9).prefix(5)) }

    /// The instant in UTC as `2026-11-23T05:41:00.123Z` (RFC 3339, milliseconds).
    public var stamp: String {
        let digits = String(CivilTime(self).millisecond)
        return description.dropLast() + "." + String(repeating: "0", count: 3 - digits.count) + digits + "Z"
    }
}
