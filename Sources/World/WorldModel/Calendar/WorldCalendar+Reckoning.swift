package import Basics

/// A moment as a world counts it.
package struct WorldTime: Hashable, Comparable, Sendable {
    /// Days since the calendar's epoch; negative before it.
    package var day: Int64
    /// 0 to 23.
    package var hour: Int
    /// 0 to 59.
    package var minute: Int

    package init(day: Int64, hour: Int, minute: Int = 0) {
        self.day = day
        self.hour = hour
        self.minute = minute
    }

    /// Hours since the calendar's epoch.
    package var hours: Int64 { day &* 24 &+ Int64(hour) }

    package static func < (left: WorldTime, right: WorldTime) -> Bool {
        (left.day, left.hour, left.minute) < (right.day, right.hour, right.minute)
    }
}

/// A day as a calendar names it.
package struct WorldDate: Hashable, Sendable {
    /// Counted from ``WorldCalendar/firstYear``, or from 1 when nobody counts years.
    package var year: Int64
    /// Counted from 0.
    package var month: Int
    /// Counted from 1.
    package var day: Int

    package init(year: Int64, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }
}

/// How light it is outdoors by the sun.
package enum Daylight: String, Sendable, CaseIterable {
    case night, dawn, day, dusk
}

/// How much of the moon is seen.
package enum MoonPhase: String, Sendable, CaseIterable {
    case new, waxing, full, waning
}

extension WorldCalendar {
    /// Real milliseconds of a day of the world.
    private var dayMilliseconds: Int64 { Int64(dayLength) * 60_000 }
    /// Minutes of a day of the world.
    private static let dayMinutes: Int64 = 24 * 60

    /// What time it is in the world; every real instant has one.
    package func time(at instant: WallInstant) -> WorldTime {
        let (difference, isOver) = instant.milliseconds.subtractingReportingOverflow(epoch.milliseconds)
        let elapsed = isOver ? (instant.milliseconds < 0 ? Int64.min : .max) : difference
        let day = elapsed.floored(by: dayMilliseconds)
        // Wrapping, because the first day of all time is not whole.
        let minute = (elapsed &- day &* dayMilliseconds) * Self.dayMinutes / dayMilliseconds
        return WorldTime(day: day, hour: Int(minute / 60), minute: Int(minute % 60))
    }

    /// The real instant at which a minute of the world begins; nil when that is beyond what can be counted.
    package func instant(of time: WorldTime) -> WallInstant? {
        guard (0..<24).contains(time.hour), (0..<60).contains(time.minute) else { return nil }
        let (days, isTooMany) = time.day.multipliedReportingOverflow(by: dayMilliseconds)
        let minutes = Int64(time.hour * 60 + time.minute)
        let part = (minutes * dayMilliseconds + Self.dayMinutes - 1) / Self.dayMinutes
        let (elapsed, isOver) = days.addingReportingOverflow(part)
        let (sum, isBeyond) = elapsed.addingReportingOverflow(epoch.milliseconds)
        return isTooMany || isOver || isBeyond ? nil : WallInstant(milliseconds: sum)
    }

    /// How long it is in real time until the next hour of the world begins; never nothing.
    package func untilNextHour(at instant: WallInstant) -> Duration {
        let now = time(at: instant)
        let next = now.hour < 23 ? WorldTime(day: now.day, hour: now.hour + 1) : WorldTime(day: now.day &+ 1, hour: 0)
        guard let begin = self.instant(of: next), begin > instant else { return .seconds(Int64(dayLength) * 60 / 24) }
        return .milliseconds(begin.milliseconds - instant.milliseconds)
    }

    /// The date of a day.
    ///
    /// - Complexity: O(*n*) in the months.
    package func date(of day: Int64) -> WorldDate {
        let year = day.floored(by: daysInYear)
        var rest = Int(day &- year &* daysInYear)
        var month = 0
        while month < months.count - 1, rest >= months[month].days {
            rest -= months[month].days
            month += 1
        }
        return WorldDate(year: year &+ Int64(firstYear ?? 1), month: month, day: rest + 1)
    }

    /// The day of a date, for ``WorldTime/day``; nil when there is no such date.
    package func day(of date: WorldDate) -> Int64? {
        guard months.indices.contains(date.month), (1...months[date.month].days).contains(date.day) else { return nil }
        let (years, isOver) = date.year.subtractingReportingOverflow(Int64(firstYear ?? 1))
        let (days, isTooMany) = years.multipliedReportingOverflow(by: daysInYear)
        let before = months[..<date.month].reduce(0) { $0 + $1.days }
        let (day, isBeyond) = days.addingReportingOverflow(Int64(before + date.day - 1))
        return isOver || isTooMany || isBeyond ? nil : day
    }

    /// The name of a day of the week; nil when they have none.
    package func weekday(of day: Int64) -> String? {
        if weekdays.isEmpty { return nil }
        let count = Int64(weekdays.count)
        return weekdays[Int(day &- day.floored(by: count) &* count)]
    }

    /// The season a day is in.
    package func season(of day: Int64) -> Season {
        let month = date(of: day).month
        return seasons.last { $0.firstMonth <= month } ?? seasons[seasons.count - 1]
    }

    /// How light it is: dawn and dusk last an hour each.
    package func daylight(at time: WorldTime) -> Daylight {
        let season = season(of: time.day)
        if time.hour == season.dawn { return .dawn }
        if time.hour == season.dusk { return .dusk }
        return time.hour > season.dawn && time.hour < season.dusk ? .day : .night
    }

    /// The moon of a night, which begins with its evening; nil in a world without one.
    package func moon(at time: WorldTime) -> MoonPhase? {
        if moonCycle < 1 { return nil }
        let night = time.hour < 12 ? time.day &- 1 : time.day
        let cycle = Int64(moonCycle)
        // Each phase has a quarter of the cycle, the new moon the first.
        let quarter = (night &- night.floored(by: cycle) &* cycle) * 4 / cycle
        return MoonPhase.allCases[Int(quarter)]
    }
}

extension Int64 {
    /// Division that rounds toward negative infinity; the divisor is positive.
    func floored(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
