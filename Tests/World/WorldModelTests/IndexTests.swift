import Basics
import Testing
import WorldModel

/// What finds things by name follows every change and every roll-back.
@Suite struct IndexTests {
    private func turn(_ world: World, keep: Bool = true, _ body: () -> Void) {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
        body()
        if keep { _ = world.endTurn() } else { world.rollBack() }
    }

    @Test func namesFollowRenamingAndRollBack() {
        let world = World()
        var ada = Thing.makeNobody()
        turn(world) {
            ada = world.create([.persona, .player])
            world.set(.name, to: "Ada", on: ada)
        }
        turn(world, keep: false) { world.set(.name, to: "Zoe", on: ada) }
        #expect(world.player(named: "ADA") === ada && world.player(named: "zoe") == nil)
        turn(world) { world.set(.name, to: "Zoe", on: ada) }
        #expect(world.player(named: "ada") == nil && world.player(named: "zoe") === ada)
        turn(world, keep: false) { world.destroy(ada) }
        #expect(world.player(named: "zoe") === ada && ada.exists)
        turn(world) { world.destroy(ada) }
        #expect(world.player(named: "zoe") == nil && !ada.exists)
    }

    @Test func aSecondOfTheNameDoesNotTakeIt() {
        let world = World()
        var ada = Thing.makeNobody()
        turn(world) {
            ada = world.create([.persona, .player])
            world.set(.name, to: "Ada", on: ada)
        }
        turn(world, keep: false) {
            let other = world.create([.persona, .player])
            world.set(.name, to: "ada", on: other)
            #expect(world.violations() == ["player \(other.id) shares a name"])
        }
        #expect(world.player(named: "ada") === ada)
        #expect(world.violations() == [])
    }

    @Test func anHeirDoesNotTakeItsPrototypesKey() {
        let world = World()
        var kind = Thing.makeNobody()
        turn(world) {
            kind = world.create([.prototype])
            world.set(.contentKey, to: "kinds/lamp", on: kind)
        }
        turn(world, keep: false) {
            let lamp = world.create(prototype: kind)
            world.set(.contentKey, to: "mill/lamp", on: lamp)
            #expect(world.thing(forContentKey: "mill/lamp") === lamp)
        }
        #expect(world.thing(forContentKey: "kinds/lamp") === kind)
        #expect(world.thing(forContentKey: "mill/lamp") == nil)
    }

    @Test func theWordsOfHeirsFollowTheirPrototype() {
        let world = World()
        turn(world) {
            let kind = world.create([.prototype])
            world.set(.name, to: "oil lamp", on: kind)
            let lamp = world.create(prototype: kind)
            #expect(lamp.words.nouns == ["lamp"] && lamp.words.adjectives == ["oil"])
            world.set(.name, to: "tin lantern", on: kind)
            #expect(lamp.words.nouns == ["lantern"] && lamp.words.adjectives == ["tin"])
            let other = world.create([.prototype])
            world.set(.name, to: "candle", on: other)
            world.set(.prototype, to: other, on: lamp)
            #expect(lamp.words.nouns == ["candle"])
        }
    }

    @Test func theRootIsTheThingOfTheWorld() {
        let world = World()
        turn(world, keep: false) {
            let root = world.create(.world)
            #expect(world.root === root)
        }
        #expect(world.root == nil)
    }

    @Test func damageIsReported() throws {
        let stored: [StoredThing] = [
            StoredThing(id: ThingID(1), properties: ["faculties": .list([.text("exit")])]),
            StoredThing(id: ThingID(2), properties: ["prototype": .thing(ThingID(9))]),
            StoredThing(id: ThingID(3), properties: ["location": .list([.thing(ThingID(4)), .int(1)])]),
            StoredThing(id: ThingID(4), properties: ["location": .list([.thing(ThingID(3)), .int(2)])]),
            StoredThing(id: ThingID(5), properties: ["location": .text("nowhere")]),
        ]
        let world = World()
        try world.restore(stored, nextID: 6, sequence: 0)
        #expect(
            Set(world.violations()) == [
                "exit #1 leads nowhere", "#2 names a prototype that is gone", "#3 is inside itself",
                "#4 is inside itself",
                "#5 names a location but is nowhere",
            ])
    }
}
