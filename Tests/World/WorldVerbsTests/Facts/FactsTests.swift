import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting

@testable import WorldVerbs

/// What clients are told of the world: never more than the player could read.
@Suite struct FactsTests {
    private func look<Answer>(_ stage: Stage, _ person: Thing, _ body: (Facts) -> Answer) throws -> Answer {
        var answer: Answer?
        stage.interpreter.observe(at: stage.time) {
            answer = body(stage.interpreter.facts(of: person, role: stage.roles[person.id] ?? .player))
        }
        return try #require(answer)
    }

    private func place(_ stage: Stage, _ person: Thing) throws -> PlaceFacts {
        try #require(try look(stage, person) { $0.place(AreaChart()) })
    }

    private func player(_ stage: Stage, _ name: String) throws -> Thing { try #require(stage.player(named: name)) }

    private func number(_ stage: Stage, _ name: String) throws -> UInt64 {
        try #require(stage.world.things.values.first { $0.has(.place) && $0.name == name }).id.number
    }

    // MARK: Places

    @Test func aPlaceHasANumberANameAndItsWaysInTheOrderLookTellsThem() throws {
        let stage = House.make()
        let facts = try place(stage, player(stage, "Ada"))
        #expect(facts.number == (try number(stage, "Hall")))
        #expect(facts.name == "Hall")
        #expect(facts.environment == .indoors)
        #expect(facts.exits.map(\.way) == ["n", "d", "e"])
        #expect(
            facts.exits.map(\.number) == [
                try number(stage, "Garden"), try number(stage, "Cellar"), try number(stage, "Library"),
            ])
        #expect(facts.coordinates == nil, "the house is in no area")
    }

    @Test func inTheDarkThereIsNeitherANumberNorAWayNorAnybody() throws {
        let stage = House.make()
        let ada = try player(stage, "Ada")
        _ = stage.play("down", by: ada)
        _ = stage.play("down", by: try player(stage, "Ben"))
        let facts = try place(stage, ada)
        #expect(facts.number == nil)
        #expect(facts.name == "darkness")
        #expect(facts.environment == .darkness)
        #expect(facts.exits.isEmpty)
        #expect(try look(stage, ada) { $0.people }.isEmpty)
        #expect(try look(stage, ada) { $0.items(in: .room) } == [])
        let status = try look(stage, ada) { $0.status }
        #expect(status.first { $0.key == .place }?.value == "")
    }

    @Test func aLampBringsAllOfItBack() throws {
        let stage = House.make()
        let ada = try player(stage, "Ada")
        for line in ["get brass lamp", "light it", "down"] { _ = stage.play(line, by: ada) }
        let facts = try place(stage, ada)
        #expect(facts.name == "Cellar")
        #expect(facts.exits.map(\.way) == ["u"])
        #expect(try look(stage, ada) { $0.items(in: .room)?.map(\.name) } == ["a bottle"])
    }

    @Test func nobodyIsToldOfAWayThatIsAWindow() throws {
        let stage = Lodge.make()
        let facts = try place(stage, player(stage, "Ada"))
        #expect(facts.exits.map(\.way) == ["d", "e"])
    }

    @Test func anAreaHasCoordinatesThatStayTheSameWhereverOneStands() throws {
        let stage = House.make()
        stage.change { world in
            for thing in world.things.values where thing.has(.place) { world.set(.area, to: "The House", on: thing) }
        }
        let ada = try player(stage, "Ada")
        let chart = AreaChart()
        func spot() throws -> PlaceFacts.Coordinates? { try look(stage, ada) { $0.place(chart)?.coordinates } }
        #expect(try spot() == PlaceFacts.Coordinates(x: 0, y: 0, z: 0, area: try number(stage, "Hall")))
        _ = stage.play("east", by: ada)
        #expect(try spot() == PlaceFacts.Coordinates(x: 1, y: 0, z: 0, area: try number(stage, "Hall")))
        #expect(try place(stage, ada).area == "The House")
    }

    @Test func whoIsNowhereHasNoPlace() throws {
        let stage = House.make()
        let ada = try player(stage, "Ada")
        stage.change { $0.move(ada, to: nil) }
        #expect(try look(stage, ada) { $0.place(AreaChart()) } == nil)
        #expect(try look(stage, ada) { $0.people }.isEmpty)
        #expect(try look(stage, ada) { $0.items(in: .room) } == nil)
    }

    // MARK: People and things

    @Test func peopleAreTheOtherPlayersInSight() throws {
        let stage = House.make()
        let ada = try player(stage, "Ada")
        #expect(try look(stage, ada) { $0.people.map(\.name) } == ["Ben", "Cy"])
        _ = stage.play("east", by: try player(stage, "Ben"))
        #expect(try look(stage, ada) { $0.people.map(\.name) } == ["Cy"])
        let ben = try player(stage, "Ben")
        #expect(try look(stage, ada) { $0.person(ben) } == nil)
        #expect(try look(stage, ada) { $0.person(ada) } == nil, "not oneself")
    }

    @Test func thingsHaveTheirFeatures() throws {
        let stage = House.make()
        let ada = try player(stage, "Ada")
        let items = try #require(try look(stage, ada) { $0.items(in: .room) })
        #expect(
            items.map(\.name) == [
                "an iron key", "a brass lamp", "an oil lamp", "a wooden chest", "a table", "a copper coin",
                "a copper coin", "a copper coin",
            ])
        #expect(items.first { $0.name == "a brass lamp" }?.features == .takeable)
        #expect(items.first { $0.name == "a wooden chest" }?.features == .container)
        for line in ["east", "get felt hat", "wear it"] { _ = stage.play(line, by: ada) }
        #expect(try look(stage, ada) { $0.items(in: .inventory) }?.map(\.features) == [[.worn, .takeable]])
        let people = try look(stage, ada) { $0.items(in: .room)?.filter { $0.features.contains(.creature) } }
        #expect(people?.map(\.name) == ["a keeper", "a cat"])
    }

    @Test func whatIsInSomethingClosedIsNotTold() throws {
        let stage = House.make()
        let ada = try player(stage, "Ada")
        let chest = try #require(stage.world.things.values.first { $0.name == "wooden chest" })
        let inside = ItemPlace.container(chest.id.number)
        #expect(try look(stage, ada) { $0.items(in: inside) } == nil)
        _ = stage.play("open chest", by: ada)
        #expect(try look(stage, ada) { $0.items(in: inside)?.map(\.name) } == ["a tin box"])
        _ = stage.play("east", by: ada)
        #expect(try look(stage, ada) { $0.items(in: inside) } == nil, "not from the next room")
        #expect(try look(stage, ada) { $0.items(in: .container(999_999)) } == nil)
        #expect(try look(stage, ada) { $0.items(in: .container(.max)) } == nil)
    }

    // MARK: The player

    @Test func theStatusSaysWhatThePlayerIs() throws {
        let stage = House.make()
        let status = try look(stage, player(stage, "Ada")) { $0.status }
        #expect(status.map(\.key) == StatusFact.Key.allCases)
        let byKey = Dictionary(uniqueKeysWithValues: status.map { ($0.key, $0.value) })
        #expect(byKey[.name] == "Ada")
        #expect(byKey[.role] == "player")
        #expect(byKey[.place] == "Hall")
        #expect(byKey[.unread] == "0")
        #expect(status.first { $0.key == .unread }?.title == "Unread letters")
    }

    @Test func commandsAreThoseThatThePlayerMayUseByKind() throws {
        let stage = House.make()
        let ada = try player(stage, "Ada")
        let groups = try look(stage, ada) { $0.commandGroups.map(\.name) }
        #expect(groups == ["Looking", "Moving", "Things", "Talking", "Yourself", "Building", "The game"])
        #expect(try look(stage, ada) { $0.commands(of: "Building")?.contains { $0.name == "inspect" } } == false)
        #expect(try look(stage, ada) { $0.help(for: "inspect") } == nil)
        #expect(try look(stage, ada) { $0.commands(of: "Moving")?.contains { $0.name == "go" } } == true)
        #expect(try look(stage, ada) { $0.help(for: "go") }?.isEmpty == false)
        #expect(try look(stage, ada) { $0.commands(of: "nonsense") } == nil)
    }

    @Test func verbsOfThingsAroundAreToldWhileTheyAreSeen() throws {
        let stage = House.make()
        let ada = try player(stage, "Ada")
        let table = try #require(stage.world.things.values.first { $0.name == "table" })
        stage.change { $0.setBehavior(Behavior(), for: "polish", on: table) }
        #expect(try look(stage, ada) { $0.commandGroups.last?.name } == "Here")
        #expect(try look(stage, ada) { $0.commands(of: "Here")?.map(\.name) } == ["polish"])
        _ = stage.play("east", by: ada)
        #expect(try look(stage, ada) { $0.commands(of: "Here") }?.isEmpty != false)
    }

    @Test func measuresAreThoseOfTheWorldUntilSomebodyHasTheirOwn() throws {
        let stage = House.make()
        let ada = try player(stage, "Ada")
        #expect(try look(stage, ada) { $0.vitals }.isEmpty)
        stage.change { world in
            if let root = world.root { world.set(.vitals, to: ["health": [20, 20], "BAD": [1]], on: root) }
        }
        #expect(try look(stage, ada) { $0.vitals } == [Vital(name: "health", now: 20, most: 20)])
        stage.change { $0.changeVital("health", by: -7, of: ada) }
        #expect(try look(stage, ada) { $0.vitals } == [Vital(name: "health", now: 13, most: 20)])
    }

    // MARK: Talk

    @Test func channelsAreThoseThatAreHeardWithWhoHearsThemToo() throws {
        let stage = House.make()
        let ada = try player(stage, "Ada")
        #expect(try look(stage, ada) { $0.channels.map(\.name) } == ["chat", "news"])
        _ = stage.play("part chat", by: try player(stage, "Ben"))
        _ = stage.play("part news", by: try player(stage, "Ben"))
        #expect(try look(stage, ada) { $0.listeners.map(\.name) } == ["Ada", "Cy"])
        #expect(try look(stage, ada) { $0.listeners.first?.channels } == ["chat", "news"])
    }

    private func speech(_ outcome: Outcome, for listener: Thing) -> [SpeechFacts] {
        outcome.deliveries.filter { $0.recipients.contains(listener) }.compactMap { SpeechFacts($0, for: listener) }
    }

    @Test func whatIsSaidHasAChannelAndATalkerAsEachListenerKnowsThem() throws {
        let stage = House.make()
        let (ada, ben) = (try player(stage, "Ada"), try player(stage, "Ben"))
        var outcome = stage.play("say hello", by: ada)
        #expect(
            speech(outcome, for: ben).map { [$0.channel, $0.talker, $0.text] } == [
                ["say", "Ada", "Ada says, \"hello\""]
            ])
        #expect(speech(outcome, for: ada).map { [$0.talker, $0.text] } == [["Ada", "You say, \"hello\""]])
        outcome = stage.play("chat hi all", by: ada)
        #expect(speech(outcome, for: ben).map { [$0.channel, $0.talker] } == [["chat", "Ada"]])
        outcome = stage.play("tell ben psst", by: ada)
        #expect(speech(outcome, for: ben).map { [$0.channel, $0.talker] } == [["tell", "Ada"]])
        #expect(speech(outcome, for: try player(stage, "Cy")).isEmpty)
        for person in [ada, ben] { _ = stage.play("down", by: person) }
        outcome = stage.play("say boo", by: ada)
        #expect(speech(outcome, for: ben).map(\.talker) == ["Someone"], "the dark hides who talks")
    }

    @Test func whomOneIgnoresSaysNothingInFactsEither() throws {
        let stage = House.make()
        let (ada, ben) = (try player(stage, "Ada"), try player(stage, "Ben"))
        _ = stage.play("ignore ada", by: ben)
        #expect(speech(stage.play("say hello", by: ada), for: ben).isEmpty)
        #expect(speech(stage.play("chat hello", by: ada), for: ben).isEmpty)
    }

    @Test func lookingForFactsChangesNothing() throws {
        let stage = House.make()
        let before = stage.world.snapshot()
        let sequence = stage.world.sequence
        _ = try look(stage, player(stage, "Ada")) { ($0.status, $0.channels, $0.people) }
        #expect(stage.world.snapshot() == before)
        #expect(stage.world.sequence == sequence)
    }
}
