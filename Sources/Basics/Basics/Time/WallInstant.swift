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
        let seconds = milliseconds.flooringDivision(by: 1000)
        let days = seconds.flooringDivision(by: 86_400)
        let clock = seconds - days * 86_400
        let (year, month, day) = Self.civil(fromDays: days)
        func pad(_ value: Int64, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return pad(year, 4) + "-" + pad(month, 2) + "-" + pad(day, 2) + "T" + pad(clock / 3600, 2) + ":"
            + pad(clock / 60 % 60, 2) + ":" + pad(clock % 60, 2) + "Z"
    }

    /// Hours and minutes in UTC, as `05:41`.
    public var timeOfDay: String { String(description.suffix(9).prefix(5)) }

    /// The instant in UTC as `2026-11-23T05:41:00.123Z` (RFC 3339, milliseconds).
    public var stamp: String {
        let digits = String(milliseconds - milliseconds.flooringDivision(by: 1000) * 1000)
        return description.dropLast() + "." + String(repeating: "0", count: 3 - digits.count) + digits + "Z"
    }

    /// Year, month and day in the proleptic Gregorian calendar for a count of days since 1970-01-01.
    ///
    /// Counts from 0000-03-01, so that the leap day is the last of its 400-year era's years.
    private static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = shifted.flooringDivision(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}

extension Int64 {
    /// Division that rounds toward negative infinity; the divisor is positive.
    fileprivate func flooringDivision(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
