import Basics
import Testing
import WorldModel

@Suite struct WeatherTests {
    private func skies(_ climate: Climate, _ hours: Range<Int64>, season: String = "autumn") -> [Sky] {
        hours.map { climate.sky(in: season, at: $0) }
    }

    @Test func theSameHourHasTheSameWeather() {
        let climate = Climate(name: "weir")
        #expect(skies(climate, 0..<500) == skies(Climate(name: "weir"), 0..<500))
        #expect(skies(climate, 0..<500) != skies(Climate(name: "moor"), 0..<500))
        // What it is must not change with a new version, or the weather would jump at a restart.
        #expect(skies(climate, 0..<12).map(\.rawValue).joined(separator: " ") == Self.firstHours)
    }

    private static let firstHours =
        "clear clear clear clear clear windy clear clear clear clear clear clear"

    @Test func weatherLasts() {
        for name in ["weir", "moor", "coast"] {
            let hours = skies(Climate(name: name), 0..<5000)
            let changes = zip(hours, hours.dropFirst()).count { $0 != $1 }
            #expect(changes < hours.count * 2 / 5, "\(name) changes \(changes) times")
            #expect(changes > 200)
        }
    }

    @Test func rainComesOutOfClouds() {
        let hours = skies(
            Climate(name: "weir", seasons: ["autumn": Climate.Season(wet: 40, wind: 0, mist: 0)]), 0..<5000)
        let leaps = zip(hours, hours.dropFirst()).count { $0 == .clear && $1.isWet || $0.isWet && $1 == .clear }
        #expect(leaps < 5, "\(leaps) leaps")
    }

    @Test func whatNeverHappensDoesNot() {
        let dry = Climate(name: "desert", seasons: ["autumn": Climate.Season(wet: 0, wind: 0, mist: 0)])
        #expect(skies(dry, -2000..<2000).allSatisfy { !$0.isWet && $0 != .windy && $0 != .mist })
        let wet = Climate(name: "sea", seasons: ["autumn": Climate.Season(wet: 100, wind: 0, mist: 0, cold: 0)])
        #expect(skies(wet, -2000..<2000).allSatisfy { $0.isWet && $0 != .snow })
        let cold = Climate(name: "ice", seasons: ["autumn": Climate.Season(wet: 100, cold: 100)])
        #expect(skies(cold, -2000..<2000).allSatisfy { $0 == .snow })
    }

    @Test func everySkyIsSeenSomeDay() {
        let hours = Set(skies(Climate(name: "weir", seasons: ["autumn": Climate.Season(cold: 40)]), 0..<20_000))
        #expect(hours == Set(Sky.allCases))
    }

    @Test func aClimateSurvivesStoringAndBounds() {
        let climate = Climate(name: "weir", seasons: ["winter": Climate.Season(wet: 900, wind: -5, mist: 1, cold: 2)])
        #expect(climate.stored == ["winter": ["wet": 100, "wind": 0, "mist": 1, "cold": 2]])
        for hour in [Int64.min / 8, -1, 0, Int64.max / 8] { _ = climate.sky(in: "winter", at: hour) }
    }

    @Test func placesFollowTheirRegion() {
        let world = World()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        let root = world.create(.world)
        world.set(.climates, to: ["ice": ["winter": ["wet": 100, "cold": 100]]], on: root)
        let place = world.create(.place)
        world.set(.climate, to: "ice", on: place)
        // The standard year begins in winter.
        for hour in Int64(0)..<200 { #expect(world.sky(over: place, at: hour) == .snow) }
        let other = world.create(.place)
        #expect((0..<200).contains { world.sky(over: other, at: $0) != .snow })
        _ = world.endTurn()
    }

    // MARK: Light

    private func world(at hour: Int, day: Int64 = 0) -> World {
        let world = World()
        let instant = WorldCalendar.standard.instant(of: WorldTime(day: day, hour: hour))
        world.beginTurn(at: instant ?? WallInstant(milliseconds: 0), seed: 1)
        return world
    }

    @Test func onlyNightDarkPlacesAreDarkAtNight() {
        for (hour, day, isDark) in [(12, 0, false), (23, 0, true), (2, 1, true), (8, 0, false), (23, 14, false)] {
            let world = world(at: hour, day: Int64(day))
            let square = world.create(.place)
            world.set(.isOutdoors, to: true, on: square)
            let moor = world.create(.place)
            world.set(.isNightDark, to: true, on: moor)
            #expect(Perception.isLit(square, in: world))
            #expect(Perception.isLit(moor, in: world) != isDark, "at \(hour) on day \(day)")
            let lamp = world.create(.light)
            world.set(.isLit, to: true, on: lamp)
            world.move(lamp, to: moor)
            #expect(Perception.isLit(moor, in: world))
            _ = world.endTurn()
        }
    }

    @Test func aPlaceIsDescribedForTheTime() {
        let world = world(at: 23)
        let place = world.create(.place)
        world.set(.description, to: "Always.", on: place)
        #expect(world.description(of: place) == "Always.")
        world.set(.descriptions, to: ["summer": "Warm.", "day": "Bright."], on: place)
        #expect(world.description(of: place) == "Always.")
        world.set(.descriptions, to: ["winter": "Cold."], on: place)
        #expect(world.description(of: place) == "Cold.")
        world.set(.descriptions, to: ["winter": "Cold.", "night": "Black."], on: place)
        #expect(world.description(of: place) == "Black.")
        world.set(
            .descriptions, to: Dictionary(uniqueKeysWithValues: Sky.allCases.map { ($0.rawValue, "Sky.") }), on: place)
        #expect(world.description(of: place) == "Sky.")
        world.set(PropertyKey(.descriptions), to: .text("broken"), on: place)
        #expect(world.description(of: place) == "Always.")
        _ = world.endTurn()
    }
}
