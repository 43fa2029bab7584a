import Basics
import Testing
import WorldModel
import WorldText

/// What files say of sounds, and of what measures people.
@Suite struct ClientFilesTests {
    private static let area = """
        area: cove
        title: The Cove
        rooms:
          beach:
            name: Beach
            description: Sand.
            ambience: sea/surf.mp3
            things:
              crab:
                name: crab
                description: Sideways.
                persona: {vitals: {anger: [1, 5]}}
                verbs:
                  poke:
                    does: <poke> <you>.
                    vitals: {health: -3}
                    sound: snap.mp3

        """
    private static let world = "start: cove/beach\nvitals: {health: 20, mana: [3, 9]}\n"

    private func read(_ world: String = Self.world, _ area: String = Self.area) -> (WorldContent, [String]) {
        Cove.read(area, with: [ContentSource(path: "world.yaml", text: world)])
    }

    @Test func placesHaveSoundsAndPeopleMeasures() throws {
        let (content, diagnostics) = read()
        #expect(diagnostics == [])
        let world = makeWorld(content)
        #expect(world.thing(forContentKey: "cove/beach")?[.ambience] == "sea/surf.mp3")
        let crab = try #require(world.thing(forContentKey: "cove/crab"))
        #expect(world.vitals(of: crab) == [Vital(name: "anger", now: 1, most: 5)])
        #expect(crab.behavior(for: "poke")?.behavior.vitals == ["health": -3])
        #expect(crab.behavior(for: "poke")?.behavior[.sound] == "snap.mp3")
        #expect(world.root?[.vitals] == ["health": [20, 20], "mana": [3, 9]])
    }

    @Test func aReloadLeavesWhatPlayChanged() throws {
        let world = makeWorld(read().0)
        let crab = try #require(world.thing(forContentKey: "cove/crab"))
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        world.changeVital("anger", by: 3, of: crab)
        _ = world.endTurn()
        _ = load(read("start: cove/beach\n").0, into: world)
        #expect(world.vitals(of: crab) == [Vital(name: "anger", now: 4, most: 5)])
        #expect(world.root?[.vitals] == [:], "what the world's file no longer says is gone")
    }

    @Test(arguments: [
        ("sea/surf.mp3", "../surf.mp3", "ambience of room cove/beach must be the name of a file"),
        ("sea/surf.mp3", "https://example.org/surf.mp3", "ambience of room cove/beach must be the name of a file"),
        ("anger: [1, 5]", "anger: [6, 5]", "anger of thing cove/crab must be a number, or a list"),
        ("anger: [1, 5]", "anger: much", "anger of thing cove/crab must be a number, or a list"),
        ("anger: [1, 5]", "ANGER: 5", "ANGER cannot name a measure of thing cove/crab"),
        (
            "health: -3", "health: a bit",
            "vitals of verb poke of thing cove/crab must be names and how much more there is"
        ),
    ])
    func saysWhatIsWrong(_ line: String, _ mistake: String, _ message: String) {
        #expect(Self.area.contains(line))
        let (_, diagnostics) = read(Self.world, Self.area.replacing(line, with: mistake))
        #expect(diagnostics.contains { $0.contains(message) }, "\(diagnostics)")
    }
}
