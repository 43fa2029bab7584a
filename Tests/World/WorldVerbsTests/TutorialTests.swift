import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

/// A tutorial of three steps in the house.
@Suite struct TutorialTests {
    private static func makeStage() -> Stage {
        let stage = House.make()
        let hall = stage.player(named: "Ada")?.place
        stage.change { world in
            if let hall { world.set(.contentKey, to: "house/hall", on: hall) }
            if let library = world.things.values.first(where: { $0.name == "Library" }) {
                world.set(.contentKey, to: "house/library", on: library)
            }
            let bag = world.create([.prototype, .container])
            world.set(.name, to: "bag", on: bag)
            world.set(.contentKey, to: "house/bag", on: bag)
            let nut = world.create(.prototype)
            world.set(.name, to: "nut", on: nut)
            world.set(.contentKey, to: "house/nut", on: nut)
            if let root = world.root { world.set(.tutorial, to: steps, on: root) }
        }
        return stage
    }

    private static let steps = [
        ["name": "see", "place": "house/hall", "verb": "look,examine", "text": "Type `look`.", "done": "Well done."],
        [
            "name": "bag", "place": "house/hall", "verb": "drop", "thing": "bag", "lend": "house/bag,house/nut",
            "text": "Type `drop bag`.", "hint": "Drop it.",
        ],
        ["name": "broken", "text": "Nobody can do this, so it is left out."],
        ["name": "go", "arrive": "house/library", "text": "Type `east`."],
    ]

    @Test func teachesByDoing() {
        let differences = Transcript(
            """
            > Ada: tutorial hint
            Ada: You are not learning anything just now. Type tutorial to begin.
            > Ada: tutorial
            Ada: Lesson 1 of 3
            Ada: Type look.
            # What does not belong to the step changes nothing.
            > Ada: inventory
            Ada: You carry nothing.
            > Ada: x table
            Ada: You see nothing special about the table.
            Ada: On it is a letter.
            Ada: Well done.
            Ada: You are given a bag.
            Ada: Lesson 2 of 3
            Ada: Type drop bag.
            > Ada: tutorial hint
            Ada: Drop it.
            > Ada: drop nut
            Ada: You have no "nut".
            > Ada: east
            Ada: Library
            Ada: Books to the ceiling.
            Ada: You see a tiny key, a felt hat, a straw hat and some work boots here.
            Ada: In the glass case is a ruby.
            Ada: A keeper and a cat are here.
            Ada: The only way out is west.
            Ben: Ada leaves east.
            Cy: Ada leaves east.
            > Ada: drop bag
            Ada: You drop the bag.
            Ada: Lesson 3 of 3
            Ada: Type east.
            > Ada: i
            Ada: You carry nothing.
            Ada: You give back what was lent to you.
            Ada: That was the last lesson. You know how to play.
            > Ada: tutorial stop
            Ada: You are not learning anything just now. Type tutorial to begin.
            # It does not begin anew unasked.
            > Ada: tutorial
            Ada: You have been through all lessons. Type tutorial again to begin anew.
            """
        ).play(on: Self.makeStage())
        #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
    }

    @Test func whoHasLearnedAllBeginsAnewOnlyWhenAskedTo() throws {
        let stage = Self.makeStage()
        let ada = try #require(stage.player(named: "Ada"))
        func read(_ line: String) -> [String] { stage.reading(of: stage.play(line, by: ada), by: ada) }
        for line in ["tutorial", "tutorial next", "tutorial next", "tutorial next"] { _ = read(line) }
        #expect(ada[.hasLearned] && ada[.lesson].isEmpty)
        let place = ada.place
        _ = read("east")
        #expect(read("tutorial") == ["Ada: You have been through all lessons. Type tutorial again to begin anew."])
        #expect(ada.place !== place)
        #expect(read("tutorial again").contains("Ada: Lesson 1 of 3"))
        #expect(ada.place === place && ada[.lesson] == "see")
        // Now it goes on as for anybody who learns.
        #expect(read("tutorial next").contains("Ada: Lesson 2 of 3"))
        #expect(read("tutorial").contains("Ada: Lesson 2 of 3"))
        #expect(read("tutorial again").contains("Ada: Lesson 1 of 3"))
        #expect(stage.failures == [])
    }

    @Test func whatIsLostIsReplacedAndWhatIsLentIsTakenBack() throws {
        let stage = Self.makeStage()
        let (ada, ben) = (try #require(stage.player(named: "Ada")), try #require(stage.player(named: "Ben")))
        for line in ["tutorial", "tutorial next", "drop bag"] { _ = stage.play(line, by: ada) }
        #expect(ada[.lesson] == "go")
        _ = stage.play("tutorial stop", by: ada)
        #expect(Self.bags(in: stage).isEmpty)
        for line in ["tutorial", "tutorial next"] { _ = stage.play(line, by: ada) }
        let first = try #require(Self.bags(in: stage).first)
        #expect(first.contents.map(\.name) == ["nut"])
        // Typed again it gives nothing while all is at hand.
        _ = stage.play("tutorial", by: ada)
        #expect(Self.bags(in: stage).map(\.id) == [first.id])
        // Somebody takes it away with something of their own in it.
        _ = stage.play("get iron key", by: ben)
        stage.change { world in
            world.move(first, to: ben)
            for thing in ben.contents where thing.name == "iron key" { world.move(thing, to: first) }
        }
        _ = stage.play("east", by: ben)
        _ = stage.play("tutorial", by: ada)
        #expect(!first.exists)
        #expect(ben.contents.map(\.name) == ["iron key"])
        #expect(Self.bags(in: stage).map(\.location?.id) == [ada.id])
        #expect(stage.failures == [])
    }

    @Test func whatIsTaughtFollowsItsChanges() throws {
        let stage = Self.makeStage()
        let ada = try #require(stage.player(named: "Ada"))
        _ = stage.play("tutorial", by: ada)
        #expect(stage.reading(of: stage.play("look", by: ada), by: ada).contains("Ada: Lesson 2 of 3"))
        stage.change { world in
            if let root = world.root { world.set(.tutorial, to: Array(Self.steps.prefix(2)), on: root) }
        }
        #expect(stage.reading(of: stage.play("tutorial", by: ada), by: ada).contains("Ada: Lesson 2 of 2"))
        stage.change { world in
            if let root = world.root { world.set(PropertyKey(.tutorial), to: nil, on: root) }
        }
        #expect(
            stage.reading(of: stage.play("tutorial", by: ada), by: ada)
                == ["Ada: Nobody teaches here. help tells how to play."])
    }

    @Test func aLearnerWhoLeavesTakesNothingAlong() throws {
        let stage = Self.makeStage()
        let ada = try #require(stage.player(named: "Ada"))
        for line in ["tutorial", "look"] { _ = stage.play(line, by: ada) }
        _ = stage.turn(by: ada) { turn in stage.interpreter.leavePlay(ada, turn) }
        #expect(Self.bags(in: stage).isEmpty)
        #expect(ada[.lesson] == "bag")
        let outcome = stage.turn(by: ada) { turn in try stage.interpreter.enterPlay(ada, turn) }
        #expect(
            outcome.deliveries.last?.text.plain == "You are in the middle of the tutorial. Type tutorial to go on.")
        _ = stage.play("tutorial", by: ada)
        #expect(Self.bags(in: stage).count == 1)
        #expect(stage.failures == [])
    }

    @Test func aWorldThatCannotRememberStillAnswers() throws {
        let stage = Self.makeStage()
        let ada = try #require(stage.player(named: "Ada"))
        _ = stage.play("tutorial", by: ada)
        stage.interpreter.readOnlyReason = "the disk is full"
        #expect(stage.play("look", by: ada).deliveries.first?.category == .sight)
        #expect(ada[.lesson] == "see")
    }

    @Test func newcomersAreTold() throws {
        let stage = Self.makeStage()
        let ada = try #require(stage.player(named: "Ada"))
        stage.change { world in world.move(ada, to: nil) }
        let offer = "Are you new here? Type tutorial to learn playing in ten minutes."
        let first = stage.turn(by: ada) { turn in try stage.interpreter.enterPlay(ada, turn) }
        #expect(first.deliveries.last?.text.plain == offer)
        stage.change { world in world.move(ada, to: nil) }
        let second = stage.turn(by: ada) { turn in try stage.interpreter.enterPlay(ada, turn) }
        #expect(second.deliveries.last?.text.plain != offer)
    }

    private static func bags(in stage: Stage) -> [Thing] {
        stage.world.things.values.filter { $0.name == "bag" && !$0.has(.prototype) }
    }
}
