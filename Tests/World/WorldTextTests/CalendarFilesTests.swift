import Basics
import Testing
import WorldModel
import WorldText

/// What files say of days, weather and places outdoors.
@Suite struct CalendarFilesTests {
    private static let area = """
        area: cove
        title: The Cove
        climate: coast
        rooms:
          beach:
            name: Beach
            description: Sand.
            outdoors: true
            nightdark: true
            descriptions: {night: Black sand., storm: Foam., summer: Hot sand.}
            things:
              moth: {name: moth, description: Pale., tame: true, stays: true, light: {lit: true}}

        """

    private static let world = """
        start: cove/beach
        calendar:
          epoch: 2026-11-01
          year: 111
          day: 180
          moon: 12
          weekdays: [Ragday, Restday]
          months: {Sowing: 40, Frost: 30}
          seasons:
            winter: {from: Frost, dawn: 8, dusk: 16}
            summer: {from: Sowing, dawn: 5, dusk: 21}
        climate:
          coast:
            winter: {wet: 40, cold: 70}

        """

    private func read(_ world: String = Self.world, _ area: String = Self.area) -> (WorldContent, [String]) {
        Cove.read(area, with: [ContentSource(path: "world.yaml", text: world)])
    }

    @Test func aWorldCountsItsDaysAsTheFileSays() throws {
        let (content, diagnostics) = read()
        #expect(diagnostics == [])
        let world = makeWorld(content)
        let calendar = world.calendar
        #expect(calendar.epoch.description == "2026-11-01T00:00:00Z")
        #expect(calendar.dayLength == 180 && calendar.firstYear == 111 && calendar.moonCycle == 12)
        #expect(calendar.weekdays == ["Ragday", "Restday"])
        #expect(calendar.months.map(\.name) == ["Sowing", "Frost"] && calendar.months.map(\.days) == [40, 30])
        #expect(calendar.seasons.map(\.name) == ["summer", "winter"])
        let beach = try #require(world.thing(forContentKey: "cove/beach"))
        #expect(beach[.isOutdoors] && beach[.isNightDark] && beach[.climate] == "coast")
        #expect(beach[.descriptions]["summer"] == "Hot sand.")
        #expect(world.thing(forContentKey: "cove/moth")?[.isTame] == true)
        #expect(world.root?[.climates]["coast"]?["winter"] == ["wet": 40, "wind": 20, "mist": 10, "cold": 70])
    }

    @Test func aReloadTakesBackWhatIsNoLongerSaid() throws {
        let world = makeWorld(read().0)
        #expect(load(read().0, into: world).updated == 0)
        _ = load(read("start: cove/beach\n", Self.area).0, into: world)
        #expect(world.calendar == .standard)
        #expect(world.root?[.climates] == [:])
    }

    @Test(arguments: [
        ("epoch: 2026-11-01", "epoch: 2026-02-30", "3:10: error: epoch of the calendar must be a day"),
        ("day: 180", "day: 0", "day of the calendar must be a number from 1 to 10080"),
        ("months: {Sowing: 40, Frost: 30}", "months: {Sowing: 40, Frost: 0}", "month Frost must have a number of days"),
        ("from: Frost", "from: Frots", "season winter begins with no month of the calendar (did you mean Frost?)"),
        ("dawn: 8, dusk: 16", "dawn: 16, dusk: 8", "season winter has its dusk before its dawn"),
        ("from: Sowing", "from: Frost", "two seasons that begin with one month"),
        ("moon: 12", "mooon: 12", "the calendar has no key mooon (did you mean moon?)"),
        ("cold: 70", "cold: 170", "cold of winter of climate coast must be a number from 0 to 100"),
        (
            "    winter: {wet", "    wintre: {wet",
            "climate coast has a season wintre no calendar has (did you mean winter?)"
        ),
        (
            "  coast:", "  coats:",
            "room cove/beach has a climate coast that world.yaml does not name (did you mean coats?)"
        ),
    ])
    func saysWhatIsWrong(_ line: String, _ mistake: String, _ message: String) {
        #expect(Self.world.contains(line))
        let (_, diagnostics) = read(Self.world.replacing(line, with: mistake))
        #expect(diagnostics.contains { $0.contains(message) }, "\(diagnostics)")
    }

    @Test func aDescriptionIsForATimeThatExists() {
        let (_, diagnostics) = read(Self.world, Self.area.replacing("storm: Foam.", with: "strom: Foam."))
        #expect(
            diagnostics.contains {
                $0.contains(
                    "room cove/beach has a description for strom, which is no sky, light or season (did you mean storm?)"
                )
            }, "\(diagnostics)")
    }
}
