import Testing
import WorldLanguage
import WorldModel
import WorldTesting

/// Verbs of things: how they are kept, inherited and read again.
@Suite struct BehaviorTests {
    let stage = Stage()
    let kind: Thing
    let wheel: Thing

    init() {
        kind = stage.thing("wheel kind", in: nil, .prototype)
        wheel = stage.thing("wheel", in: nil)
        stage.change { $0.set(.prototype, to: kind, on: wheel) }
    }

    private func behavior(_ does: String) -> Behavior {
        var behavior = Behavior()
        #expect(behavior.set(.does, to: does) == nil)
        return behavior
    }

    @Test func everyPartIsThereAfterAStart() throws {
        var whole = Behavior()
        for part in Behavior.Part.allCases {
            let text = part == .requires ? "it is open" : part == .does ? "<push> <you>." : "text"
            #expect(whole.set(part, to: text) == nil)
        }
        whole.reach = 3
        whole.isOnce = true
        whole.sets = ["turning": "yes"]
        whole.also = ["mill/gate": ["open": "yes"]]
        whole.moves = ["mill/bucket": "hands"]
        stage.change { $0.setBehavior(whole, for: "push", on: kind) }
        let recovered = World()
        try recovered.restore(
            stage.world.snapshot(), nextID: stage.world.nextID, sequence: stage.world.sequence)
        let found = try #require(recovered[wheel.id]?.behavior(for: "push"))
        #expect(found.behavior == whole)
        #expect(found.source.id == kind.id)
        #expect(recovered.knowsVerb("push"))
    }

    @Test func verbsAreInheritedLiveEachForItself() {
        stage.change { world in
            world.setBehavior(behavior("<push> <you>."), for: "push", on: kind)
            world.setBehavior(behavior("<kick> <you>."), for: "kick", on: wheel)
        }
        #expect(wheel.behaviors.map(\.verb) == ["kick", "push"])
        #expect(wheel.behavior(for: "push")?.source === kind)
        #expect(kind.behavior(for: "kick") == nil)
        stage.change { $0.setBehavior(behavior("<shove> <you>."), for: "push", on: kind) }
        #expect(wheel.behavior(for: "push")?.behavior[.does] == "<shove> <you>.")
        stage.change { $0.forbidBehavior("push", on: wheel) }
        #expect(wheel.behavior(for: "push") == nil)
        #expect(wheel.behaviors.map(\.verb) == ["kick"])
        stage.change { $0.setBehavior(nil, for: "push", on: wheel) }
        #expect(wheel.behavior(for: "push") != nil)
        stage.change { $0.destroy(kind) }
        #expect(wheel.behaviors.map(\.verb) == ["kick", "push"])
    }

    @Test func theWorldKnowsWhichWordsAreVerbs() {
        #expect(!stage.world.knowsVerb("push"))
        stage.change { world in
            world.setBehavior(behavior("<push> <you>."), for: "push", on: kind)
            world.setBehavior(behavior("<push> <you>."), for: "push", on: wheel)
        }
        #expect(stage.world.knowsVerb("push"))
        stage.change { $0.setBehavior(nil, for: "push", on: kind) }
        #expect(stage.world.knowsVerb("push"))
        stage.change { $0.destroy(wheel) }
        #expect(!stage.world.knowsVerb("push"))
        // A turn that is taken back takes the word back.
        _ = stage.turn(by: .makeNobody()) { turn in
            turn.world.setBehavior(behavior("<push> <you>."), for: "push", on: kind)
            throw turn.refusal("No.")
        }
        #expect(!stage.world.knowsVerb("push"))
    }

    @Test func storedNonsenseIsLeftOut() {
        let stored: [String: Value] = [
            "does": .text("no verb"), "tells": .int(3), "requires": .text("frobs"), "reach": .int(.max),
            "once": .text("yes"),
            "sets": .list([]), "also": .map(["a": .bool(true)]), "moves": .map(["a": .thing(ThingID(1))]),
        ]
        var empty = Behavior()
        empty.reach = Behavior.farthestReach
        empty.also = ["a": [:]]
        #expect(Behavior(stored) == empty)
        for value in [Value.bool(true), .list([.text("push")]), .map(["push": .text("x")])] {
            stage.change { $0.set(PropertyKey(.verbs), to: value, on: wheel) }
            #expect(wheel.behavior(for: "push") == nil)
            #expect(wheel.behaviors.isEmpty)
        }
    }

    static let changes: [(name: String, value: String, mistake: String?)] = [
        ("open", "yes", nil), ("open", "maybe", "must be yes or no"), ("description", "none", nil),
        ("turning", "yes", nil),
        ("passwordHash", "x", "is not for a verb to change"), ("role", "owner", "is not for a verb to change"),
        ("location", "#1", "is not for a verb to change"),
        ("", "x", "cannot name a mark; use lower-case letters and hyphens"),
        ("Big", "x", "cannot name a mark; use lower-case letters and hyphens"),
    ]

    @Test func onlySomePropertiesAreForVerbsToChange() {
        for (name, value, mistake) in Self.changes {
            #expect(World.mistake(inChange: name, to: value) == mistake, "\(name) \(value)")
            let before = stage.world.snapshot().map(\.properties)
            stage.change { $0.apply(name, value, to: wheel) }
            if mistake != nil { #expect(stage.world.snapshot().map(\.properties) == before, "\(name)") }
        }
        #expect(wheel[.isOpen] && wheel[.marks] == ["turning": "yes"])
        let letters = "abcdefghijklmnopqrstuvwxyz".map(String.init)
        stage.change { world in for letter in letters { world.apply("m-\(letter)", "x", to: wheel) } }
        #expect(wheel[.marks].count == 20)
    }
}
