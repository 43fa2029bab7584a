import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

/// What is told to people who are away.
@Suite struct KeptTellTests {
    private func player(_ name: String, _ stage: Stage) throws -> Thing {
        try #require(stage.player(named: name))
    }

    private func leave(_ person: Thing, _ stage: Stage) {
        _ = stage.turn(by: person) { stage.interpreter.leavePlay(person, $0) }
        stage.part(person)
    }

    /// What waits for somebody who comes back.
    private func take(_ person: Thing, _ stage: Stage) -> [KeptEvent] {
        var taken: [KeptEvent] = []
        let outcome = stage.turn(by: person) { taken = stage.interpreter.takeWaitingTells($0) }
        #expect(outcome.deliveries.isEmpty, "it comes with the rest of what was missed")
        return taken
    }

    private func enter(_ person: Thing, _ stage: Stage) -> [KeptEvent] {
        stage.join(person)
        let taken = take(person, stage)
        _ = stage.turn(by: person) { try stage.interpreter.enterPlay(person, $0) }
        return taken
    }

    @Test func itIsShownOnceOnComingBack() throws {
        let stage = House.make()
        let (ada, ben) = (try player("Ada", stage), try player("Ben", stage))
        leave(ben, stage)
        let sent = stage.reading(of: stage.play("tell ben the key is in the box", by: ada), by: ada)
        #expect(sent == ["Ada: Ben is away and will be told on coming back: \"the key is in the box\""])
        stage.time = WallInstant(milliseconds: stage.time.milliseconds + 3_600_000)
        _ = stage.play("tell ben hurry", by: ada)
        let taken = enter(ben, stage)
        #expect(
            taken.map(\.text.plain) == ["Ada tells you, \"the key is in the box\"", "Ada tells you, \"hurry\""])
        #expect(taken.map(\.category) == ["tell", "tell"])
        #expect(taken.map { $0.time.duration(to: stage.time) } == [.seconds(3600), .zero])
        let reply = stage.reading(of: stage.play("reply thanks", by: ben), by: ben)
        #expect(reply == ["Ben: You tell Ada, \"thanks\"", "Ada: Ben tells you, \"thanks\""])
        leave(ben, stage)
        #expect(enter(ben, stage).isEmpty)
        let again = stage.reading(of: stage.play("tells", by: ben), by: ben)
        #expect(again.contains("Ben: - Ada, 1 hour ago: \"the key is in the box\""))
        #expect(stage.failures == [])
    }

    @Test func itIsShownWhenABrokenLinkIsRestored() throws {
        let stage = House.make()
        let (ada, ben) = (try player("Ada", stage), try player("Ben", stage))
        stage.absent.insert(ben.id)
        _ = stage.play("tell ben still there?", by: ada)
        stage.absent.remove(ben.id)
        #expect(take(ben, stage).map(\.text.plain) == ["Ada tells you, \"still there?\""])
        #expect(take(ben, stage).isEmpty)
    }

    @Test func itSurvivesAReload() throws {
        let stage = House.make()
        let (ada, ben) = (try player("Ada", stage), try player("Ben", stage))
        leave(ben, stage)
        _ = stage.play("tell ben hello", by: ada)
        let later = try Stage(StageState(stage))
        let body = try #require(later.world.player(named: "Ben"))
        #expect(enter(body, later).map(\.text.plain) == ["Ada tells you, \"hello\""])
    }

    @Test func nobodyFillsItAlone() throws {
        let stage = House.make()
        let (ada, cy, ben) = (try player("Ada", stage), try player("Cy", stage), try player("Ben", stage))
        let other = try addCharacter("Amy", to: ada, stage)
        leave(ben, stage)
        for _ in 1...KeptTell.mostOfOne { _ = stage.play("tell ben hello", by: ada) }
        for teller in [ada, other] {
            let read = stage.reading(of: stage.play("tell ben hello", by: teller), by: teller)
            #expect(
                read == [
                    "\(teller.name): You have left so much for Ben that nothing more is kept until it is read."
                ])
        }
        _ = stage.play("tell ben me too", by: cy)
        #expect(ben[.tells].count == KeptTell.mostOfOne + 1)
        _ = enter(ben, stage)
        leave(ben, stage)
        _ = stage.play("tell ben hello", by: ada)
        #expect(ben[.tells].last?.isRead == false)
    }

    @Test func whatWasReadMakesRoom() throws {
        let stage = House.make()
        let (ada, ben) = (try player("Ada", stage), try player("Ben", stage))
        let old = (0..<KeptTell.most).map {
            KeptTell(time: $0, teller: ada.id, name: "Ada", text: "\($0)", isRead: true)
        }
        stage.change { $0.set(.tells, to: old, on: ben) }
        leave(ben, stage)
        _ = stage.play("tell ben new", by: ada)
        #expect(ben[.tells].count == KeptTell.most)
        #expect(ben[.tells].first?.text == "1" && ben[.tells].last?.text == "new")
        let full = old.map { KeptTell(time: $0.time, teller: ThingID(0), name: "X", text: "x", isRead: false) }
        stage.change { $0.set(.tells, to: full, on: ben) }
        let read = stage.reading(of: stage.play("tell ben new", by: ada), by: ada)
        #expect(read == ["Ada: So much waits for Ben already that nothing more can be left."])
    }

    @Test func whomOneIgnoresMeanwhileIsNotShown() throws {
        let stage = House.make()
        let (ada, ben) = (try player("Ada", stage), try player("Ben", stage))
        let other = try addCharacter("Bess", to: ben, stage)
        leave(ben, stage)
        _ = stage.play("tell ben hello", by: ada)
        _ = stage.play("ignore ada", by: other)
        #expect(enter(ben, stage).isEmpty)
        let read = stage.reading(of: stage.play("tell ben hello", by: ada), by: ada)
        #expect(read == ["Ada: Ben does not take tells from you."])
    }
}
