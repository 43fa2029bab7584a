/// What the sky is like over a region for an hour.
package enum Sky: String, Sendable, CaseIterable {
    case clear, cloudy, overcast, windy, mist, drizzle, rain, storm, snow

    /// Whether something falls from it.
    package var isWet: Bool {
        switch self {
        case .drizzle, .rain, .storm, .snow: true
        case .clear, .cloudy, .overcast, .windy, .mist: false
        }
    }

    /// Whether the sun and the moon are seen.
    package var isOpen: Bool {
        switch self {
        case .clear, .cloudy, .windy: true
        case .overcast, .mist, .drizzle, .rain, .storm, .snow: false
        }
    }
}

/// What weather a region is apt to have, by season.
///
/// The weather is a pure function of the region's name and the hour, so nothing of it is stored, and everybody who asks
/// about an hour is told the same. It is drawn from slow waves between random heights, so that one hour is like the next:
/// cloud comes before rain and goes after it.
///
/// - Complexity: O(1) for any hour.
/// - SeeAlso: `WorldModelTests/WeatherTests`.
package struct Climate: Hashable, Sendable {
    /// The weather of one season, each part from 0 (never) to 100 (always).
    package struct Season: Hashable, Sendable {
        package var wet: Int
        package var wind: Int
        package var mist: Int
        /// How often what falls is snow.
        package var cold: Int

        package init(wet: Int = 30, wind: Int = 20, mist: Int = 10, cold: Int = 0) {
            self.wet = min(max(wet, 0), 100)
            self.wind = min(max(wind, 0), 100)
            self.mist = min(max(mist, 0), 100)
            self.cold = min(max(cold, 0), 100)
        }
    }

    /// Regions with the same name have the same weather.
    package let name: String
    private let seasons: [String: Season]

    package init(name: String, seasons: [String: Season] = [:]) {
        self.name = name
        self.seasons = seasons
    }

    /// Reads the stored form, numbers by part by season; what it lacks is as in a mild country.
    init(name: String, stored: [String: [String: Int]]) {
        self.init(
            name: name,
            seasons: stored.mapValues { parts in
                let usual = Season()
                return Season(
                    wet: parts["wet"] ?? usual.wet, wind: parts["wind"] ?? usual.wind,
                    mist: parts["mist"] ?? usual.mist, cold: parts["cold"] ?? usual.cold)
            })
    }

    /// The stored form.
    package var stored: [String: [String: Int]] {
        seasons.mapValues { ["wet": $0.wet, "wind": $0.wind, "mist": $0.mist, "cold": $0.cold] }
    }

    /// The sky in an hour since the calendar's epoch.
    package func sky(in season: String, at hour: Int64) -> Sky {
        let apt = seasons[season] ?? Season(cold: season == "winter" ? 60 : 0)
        let waves = Waves(name)
        let wetness = waves.height(.wetness, at: hour)
        let dry = 1024 - 1024 * Int64(apt.wet) / 100
        if wetness >= dry {
            if waves.height(.cold, at: hour) < 1024 * Int64(apt.cold) / 100 { return .snow }
            let strength = (wetness - dry) * 100 / max(1024 - dry, 1)
            return strength < 35 ? .drizzle : strength < 85 ? .rain : .storm
        }
        let wind = waves.height(.wind, at: hour) >= 1024 - 1024 * Int64(apt.wind) / 100
        if !wind, waves.height(.mist, at: hour) >= 1024 - 1024 * Int64(apt.mist) / 100 { return .mist }
        let cloud = wetness * 100 / max(dry, 1)
        if cloud >= 80 { return .overcast }
        if wind { return .windy }
        return cloud < 45 ? .clear : .cloudy
    }
}

/// Heights that rise and fall slowly, the same for the same name and hour.
private struct Waves {
    enum Channel: UInt64 {
        case wetness = 1
        case wind, mist, cold
    }

    private let seed: UInt64

    /// FNV-1a of the name.
    init(_ name: String) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for octet in name.utf8 { hash = (hash ^ UInt64(octet)) &* 0x100_0000_01B3 }
        seed = hash
    }

    /// From 0 to 1023: a long wave and a short one, a third as high.
    func height(_ channel: Channel, at hour: Int64) -> Int64 {
        let sum = (3 * wave(channel, 1, of: 17, at: hour) + wave(channel, 2, of: 5, at: hour)) / 4
        // Sums crowd about the middle, so they are spread again.
        return min(max((sum - 512) * 8 / 5 + 512, 0), 1023)
    }

    private func wave(_ channel: Channel, _ octave: UInt64, of period: Int64, at hour: Int64) -> Int64 {
        let step = hour.floored(by: period)
        let part = hour - step * period
        let (from, to) = (height(channel, octave, step), height(channel, octave, step &+ 1))
        return (from * (period - part) + to * part) / period
    }

    /// A height between 0 and 1023, drawn by splitmix64's last step.
    private func height(_ channel: Channel, _ octave: UInt64, _ step: Int64) -> Int64 {
        var mixed = seed &+ (channel.rawValue &* 4 &+ octave) &* 0x9E37_79B9_7F4A_7C15
        mixed = mixed &+ UInt64(bitPattern: step) &* 0xD134_2543_DE82_EF95
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int64((mixed ^ (mixed >> 31)) >> 54)
    }
}
