import Basics
import Testing

/// Calendar and clock.
@Suite struct CivilTimeTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z", "Thu", "Jan"), (951_782_400_000, "2000-02-29T00:00:00Z", "Tue", "Feb"),
            (1_700_000_000_123, "2023-11-14T22:13:20Z", "Tue", "Nov"), (-1, "1969-12-31T23:59:59Z", "Wed", "Dec"),
            (253_402_300_799_999, "9999-12-31T23:59:59Z", "Fri", "Dec"),
            (-62_135_596_800_000, "0001-01-01T00:00:00Z", "Mon", "Jan"),
        ] as [(Int64, String, String, String)]) func anInstantIsTakenApartAndPutTogether(
            milliseconds: Int64, text: String, day: String, month: String
        )
    {
        let instant = WallInstant(milliseconds: milliseconds)
        let time = CivilTime(instant)
        #expect(instant.description == text && time.dayName == day && time.monthName == month)
        #expect(time.instant == instant)
        let again = CivilTime(
            year: time.year, month: time.month, day: time.day, hour: time.hour, minute: time.minute,
            second: time.second, millisecond: time.millisecond)
        #expect(again == time)
    }

    @Test func everyDayOfFourCenturiesFollowsTheOneBefore() {
        var last = CivilTime(WallInstant(milliseconds: -86_400_000))
        for day in 0..<Int64(146_097) {
            let time = CivilTime(WallInstant(milliseconds: day * 86_400_000))
            let isNext =
                time.day == last.day + 1 && time.month == last.month
                || time.day == 1 && time.month == last.month % 12 + 1 && last.day >= 28
            guard isNext, time.instant.milliseconds == day * 86_400_000 else {
                Issue.record("day \(day): \(time)")
                return
            }
            last = time
        }
    }

    @Test(arguments: [Int64.min, .max]) func theEndsOfTheCountAreNoTrap(milliseconds: Int64) {
        let time = CivilTime(WallInstant(milliseconds: milliseconds))
        #expect(1...12 ~= time.month && 1...31 ~= time.day && !time.dayName.isEmpty)
        #expect(time.instant.milliseconds == milliseconds)
    }

    @Test(arguments: [
        (2023, 2, 29, 0, 0, 0, 0), (1900, 2, 29, 0, 0, 0, 0), (2024, 0, 1, 0, 0, 0, 0), (2024, 13, 1, 0, 0, 0, 0),
        (2024, 4, 31, 0, 0, 0, 0), (2024, 4, 0, 0, 0, 0, 0), (2024, 1, 1, 24, 0, 0, 0), (2024, 1, 1, 0, 60, 0, 0),
        (2024, 1, 1, 0, 0, 60, 0), (2024, 1, 1, 0, 0, 0, 1000), (-1, 1, 1, 0, 0, 0, 0), (10_000, 1, 1, 0, 0, 0, 0),
        (.max, .max, .max, .max, .max, .max, .max), (.min, .min, .min, .min, .min, .min, .min),
    ]) func whatNoCalendarHasIsNone(
        year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, millisecond: Int
    ) {
        let time = CivilTime(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second, millisecond: millisecond)
        #expect(time == nil)
    }
}
