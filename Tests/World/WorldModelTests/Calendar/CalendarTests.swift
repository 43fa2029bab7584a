import Basics
import Testing
import WorldModel

/// Reckoning forth and back, at every pace.
@Suite struct CalendarTests {
    private static let odd: WorldCalendar? = WorldCalendar(
        epoch: WallInstant(milliseconds: 1_793_491_200_000), dayLength: 7, firstYear: 111,
        weekdays: ["Ragday", "Pulpday", "Restday"],
        months: [
            WorldCalendar.Month("Sowing", days: 40), WorldCalendar.Month("Reaping", days: 41),
            WorldCalendar.Month("Frost", days: 1),
        ],
        seasons: [
            WorldCalendar.Season("summer", from: 1, dawn: 4, dusk: 22),
            WorldCalendar.Season("winter", from: 2, dawn: 9, dusk: 15),
        ], moonCycle: 3)

    private func calendars() throws -> [WorldCalendar] { [.standard, try #require(Self.odd)] }

    @Test func anInstantIsInTheMinuteThatBeginsThere() throws {
        var random = SeededGenerator(seed: 11)
        for calendar in try calendars() {
            for _ in 0..<2000 {
                let time = WorldTime(
                    day: Int64.random(in: -100_000...100_000, using: &random),
                    hour: Int.random(in: 0...23, using: &random),
                    minute: Int.random(in: 0...59, using: &random))
                let instant = try #require(calendar.instant(of: time))
                #expect(calendar.time(at: instant) == time)
                let before = WallInstant(milliseconds: instant.milliseconds - 1)
                #expect(calendar.time(at: before) < time)
            }
        }
    }

    @Test func aDateIsOfTheDayThatItNames() throws {
        var random = SeededGenerator(seed: 12)
        for calendar in try calendars() {
            for _ in 0..<2000 {
                let day = Int64.random(in: -1_000_000...1_000_000, using: &random)
                let date = calendar.date(of: day)
                #expect(calendar.day(of: date) == day)
            }
        }
    }

    @Test func daysFollowEachOther() throws {
        let calendar = try #require(Self.odd)
        #expect(calendar.date(of: 0) == WorldDate(year: 111, month: 0, day: 1))
        #expect(calendar.date(of: 39) == WorldDate(year: 111, month: 0, day: 40))
        #expect(calendar.date(of: 40) == WorldDate(year: 111, month: 1, day: 1))
        #expect(calendar.date(of: 81) == WorldDate(year: 111, month: 2, day: 1))
        #expect(calendar.date(of: 82) == WorldDate(year: 112, month: 0, day: 1))
        #expect(calendar.date(of: -1) == WorldDate(year: 110, month: 2, day: 1))
        #expect(calendar.weekday(of: 0) == "Ragday" && calendar.weekday(of: 4) == "Pulpday")
        #expect(calendar.weekday(of: -1) == "Restday")
        #expect(calendar.day(of: WorldDate(year: 111, month: 2, day: 2)) == nil)
        #expect(calendar.day(of: WorldDate(year: 111, month: 3, day: 1)) == nil)
        #expect(calendar.day(of: WorldDate(year: .max, month: 0, day: 1)) == nil)
    }

    @Test func theSunKeepsTheHoursOfTheSeason() throws {
        let calendar = try #require(Self.odd)
        // What comes before the first season belongs to the last.
        #expect(calendar.season(of: 0).name == "winter")
        #expect(calendar.season(of: 40).name == "summer")
        #expect(calendar.season(of: 81).name == "winter")
        let hours = (0..<24).map { calendar.daylight(at: WorldTime(day: 40, hour: $0)) }
        #expect(hours[3] == .night && hours[4] == .dawn && hours[5] == .day)
        #expect(hours[21] == .day && hours[22] == .dusk && hours[23] == .night)
    }

    @Test func aNightHasOneMoon() throws {
        let calendar = WorldCalendar.standard
        for day in Int64(-30)..<30 {
            let evening = calendar.moon(at: WorldTime(day: day, hour: 23))
            #expect(evening == calendar.moon(at: WorldTime(day: day + 1, hour: 3)))
        }
        let phases = (0..<28).compactMap { calendar.moon(at: WorldTime(day: Int64($0), hour: 20)) }
        for phase in MoonPhase.allCases { #expect(phases.count { $0 == phase } == 7) }
    }

    @Test func theNextHourIsAlwaysAhead() throws {
        var random = SeededGenerator(seed: 13)
        for calendar in try calendars() {
            for _ in 0..<1000 {
                let now = WallInstant(
                    milliseconds: Int64.random(in: -1_000_000_000_000...4_000_000_000_000, using: &random))
                let wait = calendar.untilNextHour(at: now)
                #expect(wait > .zero && wait <= .milliseconds(Int64(calendar.dayLength) * 60_000 / 24 + 1))
                let milliseconds = wait.components.seconds * 1000 + wait.components.attoseconds / 1_000_000_000_000_000
                let then = calendar.time(at: WallInstant(milliseconds: now.milliseconds + milliseconds))
                #expect(then.hours == calendar.time(at: now).hours + 1 && then.minute == 0)
            }
        }
    }

    @Test(arguments: [Int64.min, Int64.min + 1, -1, 0, Int64.max])
    func noInstantIsBeyondReckoning(_ milliseconds: Int64) throws {
        for calendar in try calendars() {
            let instant = WallInstant(milliseconds: milliseconds)
            let time = calendar.time(at: instant)
            #expect((0..<24).contains(time.hour) && (0..<60).contains(time.minute))
            _ = (calendar.daylight(at: time), calendar.moon(at: time), calendar.weekday(of: time.day))
            #expect(calendar.untilNextHour(at: instant) > .zero)
        }
    }

    @Test func aCalendarSurvivesStoring() throws {
        for calendar in try calendars() { #expect(WorldCalendar(calendar.value) == calendar) }
    }

    @Test func brokenCalendarsAreNone() throws {
        guard case .map(let good) = WorldCalendar.standard.value else {
            Issue.record("a calendar is a map")
            return
        }
        let broken: [(String, Value?)] = [
            ("epoch", .int(.min)), ("epoch", nil), ("day", .int(0)), ("day", .text("long")), ("months", .list([])),
            ("months", .list([.list([.text("Ever"), .int(.max)])])), ("seasons", .list([])),
            ("seasons", .list([.list([.text("dark"), .int(0), .int(9), .int(9)])])),
            ("seasons", .list([.list([.text("late"), .int(99), .int(1), .int(2)])])),
            ("weekdays", Array(repeating: "day", count: 31).value), ("moon", .int(-1)), ("year", .int(.max)),
        ]
        for (field, value) in broken {
            var fields = good
            fields[field] = value
            #expect(WorldCalendar(.map(fields)) == nil, "\(field) \(String(describing: value))")
        }
        #expect(WorldCalendar(.bool(true)) == nil)
    }

    @Test func aWorldFollowsItsCalendarWhenItChanges() throws {
        let world = World()
        let odd = try #require(Self.odd)
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        #expect(world.calendar == .standard)
        let root = world.create(.world)
        world.set(PropertyKey(.calendar), to: odd.value, on: root)
        #expect(world.calendar == odd)
        world.rollBack()
        #expect(world.calendar == .standard)
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        let other = world.create(.world)
        world.set(PropertyKey(.calendar), to: .text("soon"), on: other)
        #expect(world.calendar == .standard)
        _ = world.endTurn()
    }
}
