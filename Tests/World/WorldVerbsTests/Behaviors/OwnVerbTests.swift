import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

/// Verbs of things in play: a tower with a bell, a wheel and a gate that they move.
@Suite struct OwnVerbTests {
    let stage = Stage()
    let hall: Thing
    let yard: Thing
    let wheel: Thing
    let gate: Thing
    let ball: Thing
    let ada: Thing
    let ben: Thing

    init() {
        hall = stage.room("Hall", "Bare.")
        yard = stage.room("Yard", "Bare.")
        let lane = stage.room("Lane", "Bare.")
        gate = stage.thing("gate", in: nil, .door) {
            $0.set(.contentKey, "tower/gate")
            $0.set(.isOpenable, true)
        }
        stage.way(.north, from: hall, to: yard, door: gate)
        stage.way(.north, from: yard, to: lane)
        let kind = stage.thing("wheel kind", in: nil, .prototype)
        wheel = stage.thing("iron wheel", in: hall) { $0.set(.fixed, "No.") }
        stage.thing("wooden wheel", in: hall)
        ball = stage.thing("ball", in: yard) { $0.set(.contentKey, "tower/ball") }
        stage.thing("crank", in: yard) { $0.set(.contentKey, "tower/crank") }
        ada = stage.player("Ada", "she", in: hall)
        ben = stage.player("Ben", "he", in: yard)
        stage.player("Cy", in: lane)
        stage.change { world in
            world.set(.prototype, to: kind, on: wheel)
            var turning = Behavior()
            turning.sets = ["turning": "yes"]
            turning.also = ["tower/gate": ["open": "yes"], "tower/none": ["open": "yes"]]
            turning.moves = ["tower/ball": "hands", "tower/none": "here"]
            turning.reach = 2
            for (part, text) in [
                (Behavior.Part.does, "<turn> <you> with <my> crank."), (.tells, "It is heavy."),
                (.beyond, "A bell rings."),
                (.with, "tower/crank"), (.requires, "not its turning is yes"), (.refusal, "It turns already."),
            ] { _ = turning.set(part, to: text) }
            world.setBehavior(turning, for: "turn", on: kind)
        }
    }

    private func play(_ line: String, by player: Thing) -> [String] {
        stage.reading(of: stage.play(line, by: player), by: player)
    }

    private func take(_ name: String) {
        guard let thing = stage.world.things.values.first(where: { $0.name == name }) else { return }
        stage.change { $0.move(thing, to: ada) }
    }

    @Test func aVerbChangesWhatItSays() {
        take("crank")
        #expect(
            play("turn wheel", by: ada) == [
                "Ada: (with the crank)", "Ada: You turn the iron wheel with your crank.", "Ada: It is heavy.",
            ])
        #expect(gate[.isOpen])
        #expect(ball.location === ada)
        #expect(wheel[.marks] == ["turning": "yes"])
        #expect(play("turn wheel", by: ada) == ["Ada: It turns already."])
        #expect(stage.failures == [])
    }

    @Test func itsSoundGoesWhereAShoutGoes() {
        take("crank")
        func hearing() -> [String] {
            let read = play("turn iron wheel", by: ada).filter { $0.hasSuffix("A bell rings.") }
            stage.change { $0.set(PropertyKey(.marks), to: nil, on: wheel) }
            return read
        }
        func change(_ exit: (Thing) -> Void) {
            for way in stage.world.exits(of: hall) { exit(way) }
        }
        // The gate opens by it only afterwards.
        #expect(hearing() == [])
        #expect(hearing() == ["Ben: A bell rings.", "Cy: A bell rings."])
        change { way in stage.change { $0.set(.distance, to: 2, on: way) } }
        #expect(hearing() == ["Ben: A bell rings."])
        change { way in stage.change { $0.set(.isAudible, to: false, on: way) } }
        #expect(hearing() == [])
        #expect(stage.failures == [])
    }

    @Test func itNeedsItsTool() {
        #expect(play("turn wheel", by: ada) == ["Ada: You have nothing to turn the iron wheel with."])
        #expect(!gate[.isOpen])
        take("ball")
        take("crank")
        #expect(play("turn wheel with ball", by: ada) == ["Ada: You cannot turn the iron wheel with the ball."])
        #expect(
            play("turn iron wheel with the crank", by: ada).first == "Ada: You turn the iron wheel with your crank.")
        #expect(stage.failures == [])
    }

    @Test func whatIsMeantIsWhatKnowsTheVerb() {
        take("crank")
        #expect(play("turn wooden wheel", by: ada) == ["Ada: You cannot turn the wooden wheel."])
        #expect(play("turn", by: ada).prefix(2) == ["Ada: (the iron wheel)", "Ada: (with the crank)"])
        #expect(play("turn", by: ben) == ["Ben: There is no verb \"turn\". Type commands for a list, or help."])
        #expect(play("turn it", by: ada).first == "Ada: I am not sure what \"it\" is. Please name it.")
        #expect(stage.failures == [])
    }

    @Test func aLockForUseIsForItsVerbs() throws {
        take("crank")
        let lock = Lock(try LockExpression("name ben"), reason: "Hands off.")
        stage.change { $0.setLock(lock, for: .use, on: wheel) }
        #expect(play("turn wheel", by: ada) == ["Ada: Hands off."])
    }

    @Test func oneThatOthersHoldIsOutOfReach() {
        stage.change { world in
            world.move(wheel, to: ben)
            world.move(ben, to: hall)
        }
        #expect(play("turn iron wheel", by: ada) == ["Ada: Ben has that."])
    }

    @Test func whyTellsWhatKeepsFromIt() {
        #expect(
            play("why can't I turn the iron wheel", by: ada) == [
                "Ada: The iron wheel is here.", "Ada: So: You have nothing to turn the iron wheel with.",
            ])
        take("crank")
        #expect(
            play("why can't I turn the iron wheel", by: ada) == [
                "Ada: The iron wheel is here.", "Ada: So nothing stands in the way of \"turn the iron wheel\".",
            ])
        #expect(!gate[.isOpen])
        #expect(stage.failures == [])
    }

    @Test func aLookTellsWhatToTry() {
        #expect(play("look at iron wheel", by: ada).last == "Ada: To try: turn.")
    }

    @Test func inspectTellsWhereAVerbComesFrom() throws {
        stage.roles[ada.id] = .builder
        let kind = try #require(wheel.prototype)
        #expect(play("inspect iron wheel", by: ada).contains("Ada: - verb turn (inherited from wheel kind \(kind.id))"))
    }

    /// Whatever somebody stores in a verb, doing it does not trap and breaks no rule.
    @Test func storedNonsenseDoesNoHarm() {
        take("crank")
        var random = SeededGenerator(seed: 9)
        let texts = [
            "", "<push>", "<", "tower/ball", "tower/gate", "here", "hands", "yes", "no", "none", "open", "description",
            "fixed",
            "name", "location", "tower/crank", "anyone", "nobody", "its x is y", "é\u{301}",
            "<push> <you> and <they> <fall>.",
        ]
        func text() -> String { texts.randomElement(using: &random) ?? "" }
        func value(_ depth: Int) -> Value {
            switch Int.random(in: 0..<(depth == 0 ? 4 : 6), using: &random) {
            case 0, 1: return .text(text())
            case 2: return .bool(Bool.random(using: &random))
            case 3: return .int(Int64.random(in: .min ... .max, using: &random))
            default: return .map([text(): value(depth - 1), text() + "x": value(depth - 1)])
            }
        }
        let parts = Behavior.Part.allCases.map(\.rawValue) + ["reach", "once", "sets", "also", "moves"]
        for _ in 0..<300 {
            var stored: [String: Value] = [:]
            for part in parts where Bool.random(using: &random) { stored[part] = value(2) }
            stage.change { $0.set(PropertyKey(.verbs), to: .map(["turn": .map(stored)]), on: wheel) }
            for line in ["turn iron wheel", "turn wheel with crank", "look at iron wheel", "drop all"] {
                _ = play(line, by: ada)
            }
            take("crank")
        }
        #expect(stage.failures == [])
    }
}
