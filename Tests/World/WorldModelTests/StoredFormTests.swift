import Basics
import Testing
import WorldModel

/// Worlds as older versions stored them, brought into the form of this one.
@Suite struct StoredFormTests {
    /// What form 1 looked like, thing by thing.
    private func oldWorld() throws -> World {
        let stored = [
            StoredThing(id: ThingID(1), properties: ["faculties": .list([.text("world")]), "title": .text("Old")]),
            StoredThing(id: ThingID(2), properties: ["faculties": .list([.text("place")]), "name": .text("Hall")]),
            StoredThing(
                id: ThingID(3),
                properties: [
                    "faculties": .list([.text("exit")]), "location": .list([.thing(ThingID(2)), .int(1)]),
                    "destination": .thing(ThingID(90)),
                ]),
            StoredThing(
                id: ThingID(4),
                properties: [
                    "faculties": .list([.text("container")]), "location": .list([.thing(ThingID(2)), .int(2)]),
                    "key": .thing(ThingID(91)), "owners": .list([.thing(ThingID(2)), .thing(ThingID(92))]),
                ]),
        ]
        let world = World()
        try world.restore(stored, nextID: 100, sequence: 7)
        return world
    }

    @Test func formOneIsReadAndBroughtToFormTwo() throws {
        let world = try oldWorld()
        #expect(world.needsUpgrade)
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
        let done = world.upgrade()
        let record = try #require(world.endTurn())
        #expect(done.count == 2 && done[0] == "brought every account from form 1 to 2: 0 changes")
        #expect(done[1].hasPrefix("brought every thing from form 1 to 2"))
        #expect(!world.needsUpgrade && world.violations() == [])
        #expect(world[ThingID(3)] == nil)
        let chest = try #require(world[ThingID(4)])
        #expect(chest.ownProperties.map { world.names.name(of: $0.key) } == ["location", "faculties", "owners"])
        // The upgrade is a turn like any other: replayed, it gives the same.
        let again = try oldWorld()
        try again.replay(record)
        #expect(again.snapshot() == world.snapshot())
    }

    /// What accounts of form 1 looked like: settings of their own under an old name, and of a character.
    @Test func settingsOfFormOneBelongToTheAccountUnderTheirNewNames() throws {
        let stored = [
            StoredThing(
                id: ThingID(1),
                properties: ["faculties": .list([.text("world")]), "forms": .map(["thing": .int(2)])]),
            StoredThing(
                id: ThingID(2),
                properties: [
                    "faculties": .list([.text("account")]), "name": .text("ada"),
                    "characters": .list([.thing(ThingID(3)), .thing(ThingID(77))]),
                    "settings": .map(["charset": .text("latin1"), "width": .text("60")]),
                ]),
            StoredThing(
                id: ThingID(3),
                properties: [
                    "faculties": .list([.text("persona"), .text("player")]), "name": .text("Ada"),
                    "account": .thing(ThingID(2)),
                    "settings": .map(["width": .text("40"), "brief": .text("on"), "junk": .text("kept")]),
                ]),
            StoredThing(
                id: ThingID(4),
                properties: [
                    "faculties": .list([.text("account")]), "name": .text("ben"), "settings": .text("damaged"),
                ]),
        ]
        let world = World()
        try world.restore(stored, nextID: 100, sequence: 7)
        #expect(world.needsUpgrade)
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
        #expect(world.upgrade() == ["brought every account from form 1 to 2: 2 changes"])
        _ = world.endTurn()
        #expect(!world.needsUpgrade)
        let account = try #require(world[ThingID(2)])
        #expect(account[.settings] == ["encoding": "latin1", "width": "60", "brief": "on", "junk": "kept"])
        #expect(world[ThingID(3)]?[.settings] == [:])
    }

    @Test func aNewWorldIsInTheFormOfThisVersion() {
        let world = World()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
        let root = world.create(.world)
        #expect(root[.forms] == StoredForm.current && !world.needsUpgrade && world.upgrade() == [])
    }

    @Test func aFormOfALaterVersionIsRefused() {
        let stored = [StoredThing(id: ThingID(1), properties: ["forms": .map(["exit": .int(9)])])]
        #expect(throws: WorldDamage("a later version has stored it: this one does not know that form of \"exit\"")) {
            try World().restore(stored, nextID: 2, sequence: 1)
        }
    }
}
