import Basics
import WorldModel

/// Reads how a world counts its days, and what weather its regions have.
struct CalendarReader {
    let sink: DiagnosticSink

    // MARK: Days

    /// Reads the entry `calendar`; nil, with a diagnostic, when it makes no calendar.
    func calendar(_ node: TextNode) -> WorldCalendar? {
        guard var fields = Fields(node, of: "the calendar", sink) else { return nil }
        let standard = WorldCalendar.standard
        let epoch = fields.has("epoch") ? self.epoch(&fields) : standard.epoch
        let dayLength = fields.number("day", in: WorldCalendar.dayLengths) ?? standard.dayLength
        let year = fields.number("year", in: WorldCalendar.years)
        let moon = fields.number("moon", in: WorldCalendar.moonCycles) ?? standard.moonCycle
        let weekdays = fields.has("weekdays") ? names(&fields, "weekdays") : standard.weekdays
        let months = fields.has("months") ? self.months(&fields) : standard.months
        let seasons = fields.has("seasons") ? self.seasons(&fields, months) : standard.seasons
        fields.finish()
        guard let epoch, !months.isEmpty, !seasons.isEmpty else { return nil }
        let calendar = WorldCalendar(
            epoch: epoch, dayLength: dayLength, firstYear: year, weekdays: weekdays, months: months,
            seasons: seasons, moonCycle: moon)
        if calendar == nil {
            sink.error(
                node.position,
                "the calendar has too many months (\(WorldCalendar.mostMonths)), weekdays (\(WorldCalendar.mostWeekdays)) "
                    + "or seasons (\(WorldCalendar.mostSeasons)), or two seasons that begin with one month")
        }
        return calendar
    }

    /// A day as `2026-11-01`, which begins at midnight UTC.
    private func epoch(_ fields: inout Fields) -> WallInstant? {
        guard let text = fields.text("epoch") else { return nil }
        let parts = text.split(separator: "-").compactMap { Int64($0) }
        guard parts.count == 3, let days = Self.days(parts[0], parts[1], parts[2]) else {
            sink.error(
                fields.position(of: "epoch"), "epoch of the calendar must be a day such as 2026-11-01, not \(text)")
            return nil
        }
        return WallInstant(milliseconds: days * 86_400_000)
    }

    /// Days from 1970-01-01 to a date of the Gregorian calendar; nil when there is no such date.
    static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64? {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day <= lengths[Int(month) - 1] else { return nil }
        let before = year - 1
        let leapDays = before / 4 - before / 100 + before / 400
        let inYear = lengths[..<(Int(month) - 1)].reduce(0, +) + day - 1
        // 719 162 days lie between the first of January of the year 1 and that of 1970.
        return before * 365 + leapDays + inYear - 719_162
    }

    /// Names as they are written, because people read them.
    private func names(_ fields: inout Fields, _ key: String) -> [String] {
        guard let entry = fields.entry(key) else { return [] }
        guard case .list(let nodes) = entry.value.content else {
            sink.error(entry.value.position, "\(key) of the calendar must be a list, not \(entry.value.kind)")
            return []
        }
        return nodes.compactMap { Fields.text($0, what: "each of \(key) of the calendar", sink) }
    }

    private func months(_ fields: inout Fields) -> [WorldCalendar.Month] {
        var months: [WorldCalendar.Month] = []
        for entry in fields.map("months") {
            guard case .text(let text, true) = entry.value.content, let days = Int(text),
                (1...WorldCalendar.longestMonth).contains(days)
            else {
                sink.error(
                    entry.value.position,
                    "month \(entry.key) must have a number of days from 1 to \(WorldCalendar.longestMonth)")
                continue
            }
            months.append(WorldCalendar.Month(entry.key, days: days))
        }
        if months.isEmpty { sink.error(fields.position(of: "months"), "the calendar has no months") }
        return months
    }

    private func seasons(_ fields: inout Fields, _ months: [WorldCalendar.Month]) -> [WorldCalendar.Season] {
        var seasons: [WorldCalendar.Season] = []
        for entry in fields.map("seasons") {
            guard var season = Fields(entry.value, of: "season \(entry.key)", sink) else { continue }
            let from = season.text("from")
            let dawn = season.number("dawn", in: 0...22) ?? 6
            let dusk = season.number("dusk", in: 1...23) ?? 18
            season.finish()
            let month = from.map { name in months.firstIndex { $0.name == name } } ?? 0
            guard let month else {
                let hint = sink.hint(for: from ?? "", among: months.map(\.name))
                sink.error(
                    season.position(of: "from"), "season \(entry.key) begins with no month of the calendar\(hint)")
                continue
            }
            if dawn >= dusk {
                sink.error(entry.keyPosition, "season \(entry.key) has its dusk before its dawn")
                continue
            }
            seasons.append(WorldCalendar.Season(entry.key, from: month, dawn: dawn, dusk: dusk))
        }
        if seasons.isEmpty { sink.error(fields.position(of: "seasons"), "the calendar has no seasons") }
        return seasons.sorted { $0.firstMonth < $1.firstMonth }
    }

    // MARK: Weather

    /// Reads the entry `climate`: regions, each with its seasons.
    func climates(_ entries: [TextNode.Entry], _ calendar: WorldCalendar) -> [String: Climate] {
        var climates: [String: Climate] = [:]
        for entry in entries {
            guard KeyText.isValid(entry.key) else {
                sink.error(
                    entry.keyPosition,
                    "\(entry.key) cannot name a climate; use lower-case letters, digits and hyphens")
                continue
            }
            guard case .map(let list) = entry.value.content else {
                sink.error(
                    entry.value.position, "climate \(entry.key) must be a map of seasons, not \(entry.value.kind)")
                continue
            }
            var seasons: [String: Climate.Season] = [:]
            for season in list {
                if !calendar.seasons.contains(where: { $0.name == season.key }) {
                    let hint = sink.hint(for: season.key, among: calendar.seasons.map(\.name))
                    sink.error(
                        season.keyPosition, "climate \(entry.key) has a season \(season.key) no calendar has\(hint)")
                }
                guard var fields = Fields(season.value, of: "\(season.key) of climate \(entry.key)", sink) else {
                    continue
                }
                let usual = Climate.Season()
                seasons[season.key] = Climate.Season(
                    wet: fields.number("wet", in: 0...100) ?? usual.wet,
                    wind: fields.number("wind", in: 0...100) ?? usual.wind,
                    mist: fields.number("mist", in: 0...100) ?? usual.mist,
                    cold: fields.number("cold", in: 0...100) ?? usual.cold)
                fields.finish()
            }
            climates[entry.key] = Climate(name: entry.key, seasons: seasons)
        }
        return climates
    }
}
