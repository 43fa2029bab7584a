import Basics
import Testing
import WorldModel
import WorldText

@Suite struct ContentLoaderTests {
    private func change(_ world: World, _ body: () throws -> Void) rethrows {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        try body()
        _ = world.endTurn()
    }

    @Test func createsWhatTheFilesSay() throws {
        let world = makeWorld(Cove.read(Cove.good).0)
        #expect(world.violations() == [])
        let beach = try #require(world.thing(forContentKey: "cove/beach"))
        #expect(beach.has(.place))
        #expect(beach.name == "Beach")
        #expect(beach[.details] == ["sand": "Grey.", "grains": "Grey."])
        #expect(beach[.area] == "The Cove")
        let exit = try #require(world.thing(forContentKey: "cove/beach:north"))
        #expect(exit.location === beach)
        #expect(exit[.direction] == "north")
        #expect(exit[.otherNames] == ["stairs"])
        #expect(exit[.passageText] == "Up you go.")
        let pier = try #require(world.thing(forContentKey: "cove/pier"))
        #expect(world.thing(exit, .destination) === pier)
        #expect(pier[.isDark])
        let gate = try #require(world.thing(forContentKey: "cove/gate"))
        #expect(gate.has(.door) && gate[.isOpenable] && !gate[.isOpen] && gate.location == nil)
        #expect(world.thing(exit, .door) === gate)
        let back = try #require(world.thing(forContentKey: "cove/pier:south"))
        #expect(world.thing(back, .door) === gate)
        let chest = try #require(world.thing(forContentKey: "cove/chest"))
        #expect(chest.has(.container) && chest[.isLocked] && !chest[.isOpen] && chest[.isOpenable])
        #expect(world.thing(chest, .key) === world.thing(forContentKey: "cove/small-key"))
        #expect(chest.contents.map { $0[.slot] } == ["head"])
        let ada = try #require(world.thing(forContentKey: "cove/ada"))
        #expect(ada.has(.persona) && !ada.has(.player))
        #expect(ada[.topics] == ["tide,sea": "Low."])
        #expect(ada[.defaultReply] == "No.")
        #expect(ada.contents.map { $0[.isWorn] } == [true])
        let lamp = try #require(world.thing(forContentKey: "cove/lamp"))
        #expect(lamp.name == "oil lamp" && lamp.has(.light) && lamp[.isSwitchable] && lamp[.size] == 2)
        #expect(!lamp.has(.prototype))
        #expect(lamp[.initial] == "A lamp stands here.")
    }

    @Test func whatStaysKnowsItsHome() throws {
        let world = makeWorld(Cove.read(Cove.good).0)
        let beach = try #require(world.thing(forContentKey: "cove/beach"))
        let key = try #require(world.thing(forContentKey: "cove/small-key"))
        let hat = try #require(world.thing(forContentKey: "cove/hat"))
        #expect(key[.stays] && world.thing(key, .home) === beach)
        #expect(!hat[.stays] && world.thing(hat, .home) == nil)
        // Its home follows the files, also while somebody carries it.
        let moved = Cove.good.replacing("small key,", with: "small key, initial: x,").replacing(
            "      small-key: {name: small key, initial: x, description: Green., stays: true}\n", with: ""
        ).replacing(
            "doors:\n",
            with: "things:\n  small-key: {in: pier, name: small key, description: Green., stays: true}\ndoors:\n")
        _ = load(Cove.read(moved).0, into: world)
        #expect(key.location === beach)
        #expect(world.thing(key, .home) === world.thing(forContentKey: "cove/pier"))
    }

    @Test func whatStaysComesBackFromAPlayerWhoIsAway() throws {
        let content = Cove.read(Cove.good).0
        let world = makeWorld(content)
        let (key, lamp) = (
            try #require(world.thing(forContentKey: "cove/small-key")),
            try #require(world.thing(forContentKey: "cove/lamp"))
        )
        let beach = try #require(world.thing(forContentKey: "cove/beach"))
        var player: Thing?
        change(world) {
            let made = world.create([.persona, .player])
            world.move(key, to: made)
            world.move(lamp, to: made)
            world.move(made, to: beach)
            player = made
        }
        _ = load(content, into: world)
        #expect(key.location === player, "one who is in play keeps it")
        change(world) { if let player { world.move(player, to: nil) } }
        _ = load(content, into: world)
        #expect(key.location === beach && lamp.location === player)
    }

    @Test func whatWasDescribedInPlayIsNamedWhenItGoes() throws {
        let content = Cove.read(Cove.good).0
        let world = makeWorld(content)
        let (key, beach) = (
            try #require(world.thing(forContentKey: "cove/small-key")),
            try #require(world.thing(forContentKey: "cove/beach"))
        )
        let old = beach[.description]
        change(world) {
            for thing in [key, beach] {
                world.set(.description, to: "Blue.", on: thing)
                world.set(.isRewritten, to: true, on: thing)
            }
            // This one was written as it is in the files.
            world.set(.description, to: "Green.", on: key)
        }
        let summary = load(content, into: world)
        #expect(summary.takenBack == ["cove/beach"] && summary.updated == 1)
        #expect(
            summary.description.hasSuffix(", 1 described as in the files again instead of as in play: cove/beach"))
        #expect(beach[.description] == old && !beach[.isRewritten] && !key[.isRewritten])
        #expect(load(content, into: world).takenBack == [])
    }

    @Test func loadingTheSameAgainChangesNothing() {
        let content = Cove.read(Cove.good).0
        let world = makeWorld(content)
        let before = world.snapshot()
        let sequence = world.sequence
        let summary = load(content, into: world)
        #expect(summary.created == 0 && summary.updated == 0 && summary.leftBehind.isEmpty)
        #expect(summary.unchanged == content.declarations.count + content.exits.count)
        #expect(world.snapshot() == before)
        #expect(world.sequence == sequence, "a turn without a change writes nothing")
    }

    @Test func reloadingKeepsWhatPlayChanged() throws {
        let world = makeWorld(Cove.read(Cove.good).0)
        let chest = try #require(world.thing(forContentKey: "cove/chest"))
        let lamp = try #require(world.thing(forContentKey: "cove/lamp"))
        let gate = try #require(world.thing(forContentKey: "cove/gate"))
        let beach = try #require(world.thing(forContentKey: "cove/beach"))
        change(world) {
            world.set(.isLocked, to: false, on: chest)
            world.set(.isOpen, to: true, on: chest)
            world.set(.isOpen, to: true, on: gate)
            world.set(.isLit, to: true, on: lamp)
            world.set(.initial, to: "", on: lamp)
            world.move(lamp, to: chest)
        }
        let edited = Cove.good
            .replacing("Teak.", with: "Oak.").replacing("sand, grains", with: "sand")
            .replacing("names: [stairs], ", with: "").replacing("A lamp stands here.", with: "A lamp waits.")
            .replacing("    dark: true\n", with: "")
        let summary = load(Cove.read(edited).0, into: world)
        #expect(summary.created == 0)
        #expect(summary.updated == 4, "chest, beach, pier and the exit north")
        #expect(chest[.isOpen] && !chest[.isLocked] && gate[.isOpen] && lamp[.isLit])
        #expect(lamp.location === chest)
        #expect(lamp[.initial] == "", "it has been taken; the room no longer introduces it")
        #expect(chest[.description] == "Oak.")
        #expect(beach[.details] == ["sand": "Grey."])
        #expect(world.thing(forContentKey: "cove/beach:north")?[.otherNames] == [])
        #expect(world.thing(forContentKey: "cove/pier")?[.isDark] == false)
        #expect(world.violations() == [])
    }

    @Test func reloadingAddsWhatIsNewAndReportsWhatIsGone() throws {
        let world = makeWorld(Cove.read(Cove.good).0)
        let edited = Cove.good
            .replacing("hat: {name: straw hat,", with: "bonnet: {name: bonnet,")
            .replacing("A lamp stands here.", with: "A lamp waits.")
        let summary = load(Cove.read(edited).0, into: world)
        #expect(summary.created == 1)
        #expect(summary.updated == 1)
        #expect(summary.leftBehind == ["cove/hat"])
        #expect(summary.description.hasSuffix(", 1 no longer in any file: cove/hat"))
        let chest = try #require(world.thing(forContentKey: "cove/chest"))
        #expect(chest.contents.map(\.name) == ["straw hat", "bonnet"])
        #expect(world.thing(forContentKey: "cove/lamp")?[.initial] == "A lamp waits.")
        #expect(world.violations() == [])
    }

    @Test func reloadingMovesNothingIntoItself() throws {
        let world = makeWorld(Cove.read(Cove.good).0)
        let chest = try #require(world.thing(forContentKey: "cove/chest"))
        let hat = try #require(world.thing(forContentKey: "cove/hat"))
        change(world) { world.move(hat, to: nil) }
        // A new sack, in the chest by the file, that holds the chest's old hat by the file.
        let edited = Cove.good.replacing(
            "          hat: {",
            with: "          sack:\n            name: sack\n            description: Jute.\n"
                + "            container: true\n            contains:\n              hat: {")
        _ = load(Cove.read(edited).0, into: world)
        #expect(hat.location == nil)
        #expect(chest.contents.map(\.name) == ["sack"])
        #expect(world.violations() == [])
    }

    @Test func aWayThatIsInNoFileAnyMoreIsClosed() throws {
        let world = makeWorld(Cove.read(Cove.good).0)
        let pier = try #require(world.thing(forContentKey: "cove/pier"))
        // A way that no file has made is no file's to close.
        change(world) {
            let ladder = world.create(.exit)
            world.set(.destination, to: pier, on: ladder)
            world.move(ladder, to: pier)
        }
        let edited = Cove.good.replacing("    exits:\n      south: {to: beach, door: gate}\n", with: "")
        let (content, _) = Cove.read(edited)
        let summary = load(content, into: world)
        #expect(summary.closed == 1 && summary.leftBehind.isEmpty)
        #expect(summary.description == "0 made, 0 changed, 11 as before, 1 way closed")
        #expect(world.thing(forContentKey: "cove/pier:south") == nil)
        #expect(pier.contents.filter { $0.has(.exit) }.count == 1)
        #expect(world.violations() == [])
        // It comes back with the file.
        #expect(load(Cove.read(Cove.good).0, into: world).created == 1)
        #expect(world.thing(forContentKey: "cove/pier:south")?.location === pier)
    }

    @Test func aRoomThatIsInNoFileAnyMoreCanBeLeft() throws {
        let attic = "  attic:\n    name: Attic\n    description: Dust.\n    exits: {down: beach}\n  pier:\n"
        let withAttic = Cove.good.replacing("  pier:\n", with: attic).replacing(
            "      north: {to: pier", with: "      up: attic\n      north: {to: pier")
        let world = makeWorld(Cove.read(withAttic).0)
        let summary = load(Cove.read(Cove.good).0, into: world)
        #expect(summary.closed == 1 && summary.leftBehind == ["cove/attic", "cove/attic:down"])
        #expect(world.thing(forContentKey: "cove/beach:up") == nil)
        let down = try #require(world.thing(forContentKey: "cove/attic:down"))
        #expect(world.thing(down, .destination) === world.thing(forContentKey: "cove/beach"))
    }

    /// Whichever of the two comes first in the file.
    @Test(arguments: [("alpha", "omega"), ("omega", "alpha")])
    func prototypesCanSwapPlaces(_ upper: String, _ lower: String) throws {
        func text(_ upper: String, _ lower: String) -> String {
            let kinds = [
                upper: "{name: \(upper), description: Upper., size: 2}",
                lower: "{prototype: \(upper), description: Lower., light: true}",
            ].sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)\n" }.joined()
            return Cove.good.replacing("{prototype: lamp-kind, ", with: "{prototype: \(lower), ")
                .replacing("prototypes:\n", with: "prototypes:\n" + kinds)
        }
        let (first, problems) = Cove.read(text(upper, lower))
        #expect(problems == [])
        let world = makeWorld(first)
        let lamp = try #require(world.thing(forContentKey: "cove/lamp"))
        let (one, other) = (
            try #require(world.thing(forContentKey: "cove/\(upper)")),
            try #require(world.thing(forContentKey: "cove/\(lower)"))
        )
        #expect(lamp.prototype === other && other.prototype === one && lamp.name == upper && lamp.has(.light))
        let before = world.snapshot()
        let summary = load(Cove.read(text(lower, upper)).0, into: world)
        #expect(summary.updated == 3)
        #expect(lamp.prototype === one && one.prototype === other && other.prototype == nil)
        #expect(lamp.name == lower && lamp[.description] == "Lower." && lamp.has(.light))
        #expect(world.violations() == [])
        #expect(load(Cove.read(text(lower, upper)).0, into: world).updated == 0)
        // Back again, and what is replayed is the same.
        let copy = World()
        try copy.restore(world.snapshot(), nextID: world.nextID, sequence: world.sequence)
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        _ = ContentLoader.load(first, into: world)
        try copy.replay(try #require(world.endTurn()))
        #expect(world.snapshot() == before && copy.snapshot() == before)
        #expect(copy.violations() == [] && copy.thing(forContentKey: "cove/lamp")?.name == upper)
    }

    /// Another maker of worlds need not know the loader's key.
    @Test func theWorldsOwnThingIsTheOneThereIs() throws {
        let world = World()
        change(world) { _ = world.create(.world) }
        let root = try #require(world.root)
        _ = load(Cove.read(Cove.good).0, into: world)
        #expect(world.root === root && root[.title] == "Cove")
        #expect(world.things.values.count { $0.has(.world) } == 1)
        #expect(world.startPlace === world.thing(forContentKey: "cove/beach"))
    }

    @Test func aDestroyedThingComesBack() throws {
        let content = Cove.read(Cove.good).0
        let world = makeWorld(content)
        let lamp = try #require(world.thing(forContentKey: "cove/lamp"))
        change(world) { world.destroy(lamp) }
        #expect(load(content, into: world).created == 1)
        #expect(world.thing(forContentKey: "cove/lamp")?.location === world.thing(forContentKey: "cove/pier"))
    }

    @Test func aLoadCanBeRolledBack() {
        let world = World()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        _ = ContentLoader.load(Cove.read(Cove.good).0, into: world)
        world.rollBack()
        #expect(world.things.isEmpty)
    }
}
