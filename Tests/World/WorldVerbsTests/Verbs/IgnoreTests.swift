import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

@Suite struct IgnoreTests {
    private func player(_ name: String, _ stage: Stage) throws -> Thing {
        try #require(stage.player(named: name))
    }

    @Test func itIsForAllCharactersOfBoth() throws {
        let stage = House.make()
        let (ada, ben) = (try player("Ada", stage), try player("Ben", stage))
        let (amy, bess) = (try addCharacter("Amy", to: ada, stage), try addCharacter("Bess", to: ben, stage))
        _ = stage.play("ignore ben", by: ada)
        for listener in [ada, amy] {
            for speaker in [ben, bess] { #expect(Ignoring.ignores(listener, speaker, stage.world)) }
        }
        #expect(!Ignoring.ignores(ben, ada, stage.world) && !Ignoring.ignores(ada, amy, stage.world))
        let read = stage.reading(of: stage.play("say hello", by: bess), by: bess)
        #expect(read == ["Bess: You say, \"hello\"", "Ben: Bess says, \"hello\"", "Cy: Bess says, \"hello\""])
        _ = stage.play("unignore bess", by: amy)
        #expect(!Ignoring.ignores(ada, ben, stage.world))
    }

    @Test func whatTheIgnoredSayOfThemselvesIsNotRead() throws {
        let stage = House.make()
        let (ada, ben) = (try player("Ada", stage), try player("Ben", stage))
        for line in ["describe me as RUDE", "plan RUDE"] { _ = stage.play(line, by: ben) }
        func read() -> [String] {
            ["look ben", "finger ben"].flatMap { stage.reading(of: stage.play($0, by: ada), by: ada) }
        }
        #expect(read().contains { $0.contains("RUDE") })
        _ = stage.play("ignore ben", by: ada)
        #expect(!read().contains { $0.contains("RUDE") })
    }

    @Test func itSurvivesAReload() throws {
        let stage = House.make()
        _ = stage.play("ignore ben", by: try player("Ada", stage))
        let later = try Stage(StageState(stage))
        let (listener, speaker) = (try player("Ada", later), try player("Ben", later))
        #expect(Ignoring.ignores(listener, speaker, later.world))
    }

    @Test func whoIsGoneIsForgotten() throws {
        let stage = House.make()
        let ada = try player("Ada", stage)
        var made: Thing?
        _ = stage.turn(by: ada) { made = Accounts.createGuest(number: 3, turn: $0) }
        let guest = try #require(made)
        stage.join(guest)
        stage.roles[guest.id] = .guest
        _ = stage.play("ignore guest3", by: ada)
        #expect(stage.world.holder(of: ada)[.ignored] == [guest.id])
        _ = stage.turn(by: guest) { Accounts.removeGuest(guest, world: $0.world) }
        #expect(stage.world.holder(of: ada)[.ignored] == [])
        #expect(stage.world.violations() == [])
    }

    @Test func itIsBounded() throws {
        let stage = House.make()
        let ada = try player("Ada", stage)
        let holder = stage.world.holder(of: ada)
        stage.change { world in
            let others = (0..<Ignoring.most).map { _ in world.create(.account).id }
            world.set(.ignored, to: others, on: holder)
        }
        let read = stage.reading(of: stage.play("ignore ben", by: ada), by: ada)
        #expect(read == ["Ada: You ignore 100 people already; hear one of them again first."])
    }

    @Test func whatACreatureAnswersIsItsOwn() throws {
        let stage = House.make()
        let (ada, ben) = (try player("Ada", stage), try player("Ben", stage))
        for name in ["Ada", "Ben"] { _ = stage.direct("\(name) stands in the Library") }
        _ = stage.play("ignore ben", by: ada)
        let read = stage.reading(of: stage.play("say hello keeper", by: ben), by: ben)
        #expect(!read.contains("Ada: Ben says, \"hello keeper\""))
        #expect(read.contains("Ada: The keeper says, \"Good evening.\""))
    }

    @Test func whoIgnoresIsNotInTheDeliveryAtAll() throws {
        let stage = House.make()
        let (ada, ben) = (try player("Ada", stage), try player("Ben", stage))
        _ = stage.play("ignore ben", by: ada)
        for line in ["say x", "emote x", "smile", "smile at ada", "hug ada", "chat x", "shout x", "ada, x", "gtell x"] {
            let outcome = stage.play(line, by: ben)
            let readers = outcome.deliveries.flatMap(\.recipients)
            #expect(!readers.contains(ada), "\(line)")
        }
    }
}
