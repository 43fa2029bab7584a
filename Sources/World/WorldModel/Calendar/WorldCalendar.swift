package import Basics

/// How a world counts its days: a pure function of real time.
///
/// ```text
///   a day of the world    24 hours of 60 minutes, together ``dayLength`` real minutes
///   day 0                 begins at ``epoch`` and is the first day of the first month of the first year
///   a year                all months, the same every year
/// ```
///
/// Stored in the property `calendar` of the world's own thing; a world without one has ``standard``.
///
/// - SeeAlso: `WorldModelTests/CalendarTests`.
package struct WorldCalendar: Hashable, Sendable {
    /// A part of the year with a name.
    package struct Month: Hashable, Sendable {
        package let name: String
        /// 1 to ``WorldCalendar/longestMonth``.
        package let days: Int

        package init(_ name: String, days: Int) {
            self.name = name
            self.days = days
        }
    }

    /// A part of the year with a light of its own.
    package struct Season: Hashable, Sendable {
        package let name: String
        /// The month it begins with, counted from 0.
        package let firstMonth: Int
        /// The hour in which the sun rises.
        package let dawn: Int
        /// The hour in which it sets, later than ``dawn``.
        package let dusk: Int

        package init(_ name: String, from firstMonth: Int, dawn: Int, dusk: Int) {
            self.name = name
            self.firstMonth = firstMonth
            self.dawn = dawn
            self.dusk = dusk
        }
    }

    package static let mostMonths = 36
    /// In days.
    package static let longestMonth = 400
    package static let mostWeekdays = 30
    package static let mostSeasons = 12
    /// Real minutes of a day; the longest is a week.
    package static let dayLengths = 1...10_080
    /// Real milliseconds since 1970 of an epoch, about thirty thousand years each way.
    package static let epochs: ClosedRange<Int64> = -1_000_000_000_000_000...1_000_000_000_000_000
    package static let years = -1_000_000...1_000_000
    /// Days from one full moon to the next; 0 for a world without a moon.
    package static let moonCycles = 0...1000

    package let epoch: WallInstant
    /// In real minutes.
    package let dayLength: Int
    /// The number of the year that begins at the epoch; nil when nobody counts years.
    package let firstYear: Int?
    /// Empty when days of the week have no names.
    package let weekdays: [String]
    package let months: [Month]
    /// In the order of their first months; what comes before the first belongs to the last.
    package let seasons: [Season]
    package let moonCycle: Int
    let daysInYear: Int64

    /// Makes a calendar; nil when its parts do not make one, or one beyond the limits.
    package init?(
        epoch: WallInstant, dayLength: Int, firstYear: Int?, weekdays: [String], months: [Month], seasons: [Season],
        moonCycle: Int
    ) {
        let order = seasons.map(\.firstMonth)
        guard Self.epochs.contains(epoch.milliseconds), Self.dayLengths.contains(dayLength),
            firstYear.map(Self.years.contains) ?? true, Self.moonCycles.contains(moonCycle),
            weekdays.count <= Self.mostWeekdays, (1...Self.mostMonths).contains(months.count),
            months.allSatisfy({ (1...Self.longestMonth).contains($0.days) }),
            (1...Self.mostSeasons).contains(seasons.count), order == Array(Set(order)).sorted(),
            seasons.allSatisfy({
                months.indices.contains($0.firstMonth) && 0 <= $0.dawn && $0.dawn < $0.dusk && $0.dusk < 24
            })
        else { return nil }
        self.epoch = epoch
        self.dayLength = dayLength
        self.firstYear = firstYear
        self.weekdays = weekdays
        self.months = months
        self.seasons = seasons
        self.moonCycle = moonCycle
        daysInYear = Int64(months.reduce(0) { $0 + $1.days })
    }

    /// The months and weekdays everybody knows, without leap days; a day lasts two hours.
    package static let standard: WorldCalendar = {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let names = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        let calendar = WorldCalendar(
            epoch: WallInstant(milliseconds: 0), dayLength: 120, firstYear: nil,
            weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
            months: zip(names, lengths).map { Month($0, days: $1) },
            seasons: [
                Season("spring", from: 2, dawn: 6, dusk: 19), Season("summer", from: 5, dawn: 5, dusk: 21),
                Season("autumn", from: 8, dawn: 7, dusk: 18), Season("winter", from: 11, dawn: 8, dusk: 16),
            ], moonCycle: 28)
        guard let calendar else { preconditionFailure("the standard calendar breaks its own limits") }
        return calendar
    }()
}

// MARK: Storing

extension WorldCalendar: PropertyContent {
    /// Reads a stored calendar; nil for one that is none or beyond the limits.
    package init?(_ value: Value) {
        guard case .map(let fields) = value, let epoch = fields["epoch"].flatMap({ Int($0) }),
            let dayLength = fields["day"].flatMap({ Int($0) }),
            case .list(let months)? = fields["months"], case .list(let seasons)? = fields["seasons"],
            months.count <= Self.mostMonths, seasons.count <= Self.mostSeasons
        else { return nil }
        self.init(
            epoch: WallInstant(milliseconds: Int64(epoch)), dayLength: dayLength,
            firstYear: fields["year"].flatMap { Int($0) },
            weekdays: fields["weekdays"].flatMap { [String]($0) } ?? [],
            months: months.compactMap { Self.month($0) }, seasons: seasons.compactMap { Self.season($0) },
            moonCycle: fields["moon"].flatMap { Int($0) } ?? 0)
    }

    /// The stored form, a map.
    package var value: Value {
        var fields: [String: Value] = [
            "epoch": .int(epoch.milliseconds), "day": dayLength.value, "weekdays": weekdays.value,
            "moon": moonCycle.value,
            "months": .list(months.map { .list([$0.name.value, $0.days.value]) }),
            "seasons": .list(
                seasons.map { .list([$0.name.value, $0.firstMonth.value, $0.dawn.value, $0.dusk.value]) }),
        ]
        if let firstYear { fields["year"] = firstYear.value }
        return .map(fields)
    }

    private static func month(_ value: Value) -> Month? {
        guard case .list(let parts) = value, parts.count == 2, let name = String(parts[0]), let days = Int(parts[1])
        else { return nil }
        return Month(name, days: days)
    }

    private static func season(_ value: Value) -> Season? {
        guard case .list(let parts) = value, parts.count == 4, let name = String(parts[0]),
            let first = Int(parts[1]), let dawn = Int(parts[2]), let dusk = Int(parts[3])
        else { return nil }
        return Season(name, from: first, dawn: dawn, dusk: dusk)
    }
}
