import Basics

/// What the world's own thing says of days and weather, decoded once until it changes.
struct Almanac {
    let calendar: WorldCalendar
    let climates: [String: Climate]
    /// Whose properties they are.
    let root: ThingID?

    init(_ root: Thing?) {
        calendar = root.flatMap { $0.value(of: PropertyKey(.calendar)) }.flatMap { WorldCalendar($0) } ?? .standard
        var climates: [String: Climate] = [:]
        for (name, stored) in root?[.climates] ?? [:] { climates[name] = Climate(name: name, stored: stored) }
        self.climates = climates
        self.root = root?.id
    }
}

/// Hours, light and weather of places, at the time of the open turn.
extension World {
    /// The climate of places that name none.
    package static let usualClimate = "temperate"

    private var knownAlmanac: Almanac {
        if let almanac, almanac.root == root?.id { return almanac }
        let made = Almanac(root)
        almanac = made
        return made
    }

    /// How the world counts its days.
    package var calendar: WorldCalendar { knownAlmanac.calendar }

    /// What time it is.
    package var time: WorldTime { calendar.time(at: now) }

    /// How light it is outdoors by the sun.
    package var daylight: Daylight {
        let calendar = calendar
        return calendar.daylight(at: calendar.time(at: now))
    }

    /// The sky over a place in an hour since the epoch.
    package func sky(over place: Thing, at hour: Int64) -> Sky {
        let almanac = knownAlmanac
        let named = place[.climate]
        let name = named.isEmpty ? Self.usualClimate : named
        let climate = almanac.climates[name] ?? Climate(name: name)
        return climate.sky(in: almanac.calendar.season(of: hour.floored(by: 24)).name, at: hour)
    }

    /// The sky over a place now.
    package func sky(over place: Thing) -> Sky { sky(over: place, at: time.hours) }

    /// Whether a place has no light of its own now: it is dark, or so far from all lamps that it is dark at night, and
    /// no full moon stands over it.
    package func isDark(_ place: Thing) -> Bool {
        if place[.isDark] { return true }
        guard place[.isNightDark] else { return false }
        let calendar = calendar
        let time = calendar.time(at: now)
        return calendar.daylight(at: time) == .night && calendar.moon(at: time) != .full
    }

    /// What a place looks like now: what it has for this sky, this light or this season, else always.
    package func description(of place: Thing) -> String {
        guard case .map(let variants)? = place.value(of: PropertyKey(.descriptions)), !variants.isEmpty else {
            return place[.description]
        }
        let calendar = calendar
        let time = calendar.time(at: now)
        let words = [
            sky(over: place).rawValue, calendar.daylight(at: time).rawValue, calendar.season(of: time.day).name,
        ]
        for word in words {
            if case .text(let text)? = variants[word] { return text }
        }
        return place[.description]
    }
}
