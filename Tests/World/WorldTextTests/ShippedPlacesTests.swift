import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldText
import WorldVerbs

/// Hours, ways and company in the starter world.
@Suite struct ShippedPlacesTests {
    private let stage: Stage

    init() throws {
        stage = Stage(world: makeWorld(try ShippedWorld.read()))
        // Replaying a whole town after every line takes long, and other tests do it.
        stage.isChecking = false
    }

    private func place(_ key: String) throws -> Thing { try #require(stage.world.thing(forContentKey: key)) }

    private func play(_ line: String, by player: Thing) -> String {
        stage.reading(of: stage.play(line, by: player), by: player).joined(separator: "\n")
    }

    /// An hour of a night without a moon, or of a day.
    private func setHour(_ hour: Int) throws {
        stage.time = try #require(stage.world.calendar.instant(of: WorldTime(day: 28, hour: hour)))
    }

    @Test func theMothLightsTheWay() throws {
        try setHour(23)
        let (osiers, landing) = (try place("river/osiers"), try place("river/landing"))
        let moth = try place("river/glow-moth")
        let ada = stage.player("Ada", in: osiers)
        #expect(play("look", by: ada).contains("A pale moth glows among the wands."))
        #expect(play("lead moth", by: ada).contains("comes to you"))
        #expect(play("north", by: ada).contains("The glow-moth follows you."))
        #expect(moth.location === landing)
        #expect(play("lose moth", by: ada).contains("does not follow you any more"))
        // Without it the osiers are dark.
        #expect(play("south", by: ada).contains("pitch dark"))
        try setHour(12)
        #expect(play("look", by: ada).contains("The Osier Beds"))
        #expect(stage.failures == [])
    }

    /// One does not walk out of the rain by a gate.
    @Test func everyPlaceUnderTheSkyHasTheWeatherOfItsRegion() throws {
        let outside = stage.world.things.values.filter { $0.has(.place) && $0[.isOutdoors] }
        #expect(outside.contains { $0[.contentKey] == "school/yard" })
        for place in outside { #expect(place[.climate] == "weir", "\(place[.contentKey])") }
    }

    @Test func theSquareIsAnotherAtNight() throws {
        let ada = stage.player("Ada", in: try place("town/square"))
        try setHour(12)
        #expect(play("look", by: ada).contains("a few yellow coins of leaf"))
        try setHour(23)
        #expect(play("look", by: ada).contains("pale as a second moon"))
        #expect(play("time", by: ada).contains("October 29"))
    }

    @Test func oneFindsOnesWayHome() throws {
        let deckle = try place("town/deckle")
        let ada = stage.player("Ada", in: deckle)
        for way in ["south", "east", "down", "south"] { _ = play(way, by: ada) }
        #expect(ada.location === (try place("river/landing")))
        #expect(play("path to the deckle", by: ada).contains("north, up, west and north"))
        #expect(play("map", by: ada).contains("[@]"))
        #expect(play("go to deckle", by: ada).contains("Rag Bridge"))
        #expect(ada.location === deckle)
    }
}
