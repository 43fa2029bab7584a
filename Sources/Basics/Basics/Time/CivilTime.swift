/// A point in time by calendar and clock, in UTC: what a ``WallInstant`` counts, taken apart.
///
/// Years are those of the Gregorian calendar, also before there was one; leap seconds are ignored (POSIX).
///
/// - Source: RFC 5322 section 3.3 and RFC 9110 section 5.6.7 for the names of days and months.
public struct CivilTime: Hashable, Sendable {
    /// The year; 0 is the one before the year 1.
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int
    /// The day of the month, 1 to 31.
    public let day: Int
    /// The hour, 0 to 23.
    public let hour: Int
    /// The minute, 0 to 59.
    public let minute: Int
    /// The second, 0 to 59.
    public let second: Int
    /// The thousandth of a second, 0 to 999.
    public let millisecond: Int

    /// Takes an instant apart.
    public init(_ instant: WallInstant) {
        let seconds = instant.milliseconds.flooringDivision(by: 1000)
        let days = seconds.flooringDivision(by: 86_400)
        let clock = Int(seconds - days * 86_400)
        // Counts from 0000-03-01, so that the leap day is the last of its 400-year era's years.
        let shifted = days + 719_468
        let era = shifted.flooringDivision(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
        day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
        (hour, minute, second) = (clock / 3600, clock / 60 % 60, clock % 60)
        let rest = Int(instant.milliseconds % 1000)
        millisecond = rest < 0 ? rest + 1000 : rest
    }

    /// Puts a time together.
    ///
    /// - Returns: Nil for a date that no calendar has, a time that no clock shows, and years that are not 0 to 9999.
    public init?(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0
    ) {
        guard 0...9999 ~= year, 1...12 ~= month, day >= 1, day <= Self.days(ofMonth: month, in: year),
            0...23 ~= hour, 0...59 ~= minute, 0...59 ~= second, 0...999 ~= millisecond
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
        (self.hour, self.minute, self.second, self.millisecond) = (hour, minute, second, millisecond)
    }

    private static func days(ofMonth month: Int, in year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    /// Days since 1970-01-01; negative before it.
    private var dayNumber: Int {
        let years = month > 2 ? year : year - 1
        let era = Int(Int64(years).flooringDivision(by: 400))
        let yearOfEra = years - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// What it is counted from 1970.
    public var instant: WallInstant {
        let seconds = Int64(dayNumber * 86_400 + hour * 3600 + minute * 60 + second)
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        return WallInstant(milliseconds: overflow ? .min : whole + Int64(millisecond))
    }

    /// The month as mail, the web and lists of files name it: `Jan` to `Dec`.
    public var monthName: String {
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month - 1]
    }

    /// The day of the week as mail and the web name it: `Mon` to `Sun`.
    public var dayName: String {
        // The first of 1970 was a Thursday.
        let place = (dayNumber % 7 + 11) % 7
        return ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][place]
    }
}

extension Int64 {
    /// Division that rounds toward negative infinity; the divisor is positive.
    fileprivate func flooringDivision(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
