import Basics
import Testing
import WorldModel

/// What becomes of what named a thing that is destroyed.
@Suite struct DestructionTests {
    private let world = World()
    private let root: Thing

    init() {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
        root = world.create(.world)
    }

    @Test func aReferenceIsForgotten() {
        let (key, chest, other) = (world.create(), world.create(.container), world.create())
        world.set(.key, to: key, on: chest)
        world.set(.characters, to: [key.id, other.id], on: chest)
        #expect(world.set(named: "marks", to: .map(["a": key.id.value, "b": other.id.value]), on: chest))
        #expect(world.referrers(of: key).map(\.thing) == [chest.id, chest.id, chest.id])
        #expect(world.destroy(key))
        #expect(world.thing(chest, .key) == nil && chest[.characters] == [other.id])
        #expect(world.violations() == [])
        #expect(world.referrers(of: key).isEmpty && world.referrers(of: other).count == 2)
    }

    @Test func anExitEndsWithThePlaceItLeadsTo() {
        let (here, there, exit) = (world.create(.place), world.create(.place), world.create(.exit))
        world.move(exit, to: here)
        world.set(.destination, to: there, on: exit)
        #expect(world.destroy(there))
        #expect(!exit.exists && here.contents.isEmpty && world[exit.id] == nil)
        #expect(world.violations() == [])
    }

    @Test func theStartPlaceCannotBeDestroyed() {
        let place = world.create(.place)
        world.set(.startPlace, to: place, on: root)
        #expect(!world.destroy(place))
        #expect(place.exists && world.obstacle(toDestroying: place)?.thing == root.id)
        world.set(.startPlace, to: nil, on: root)
        #expect(world.destroy(place))
    }

    @Test func aWorldHasRulesOfItsOwn() {
        world.set(.cascades, to: ["soul of": "destroy", "guards": "forbid"], on: root)
        let (body, soul, ghost, guardian) = (world.create(), world.create(), world.create(), world.create())
        #expect(world.set(named: "soul of", to: body.id.value, on: soul))
        #expect(world.set(named: "soul of", to: soul.id.value, on: ghost))
        #expect(world.set(named: "guards", to: ghost.id.value, on: guardian))
        #expect(!world.destroy(body), "what would end with it is guarded")
        #expect(body.exists && soul.exists && ghost.exists)
        #expect(world.set(named: "guards", to: nil, on: guardian))
        #expect(world.destroy(body))
        #expect(!body.exists && !soul.exists && !ghost.exists && guardian.exists)
        #expect(world.violations() == [])
    }

    @Test func whatIsTakenBackIsNamedAgain() {
        let (here, there, exit, key) = (world.create(.place), world.create(.place), world.create(.exit), world.create())
        world.move(exit, to: here)
        world.set(.destination, to: there, on: exit)
        world.set(.key, to: key, on: exit)
        _ = world.endTurn()
        let before = world.snapshot()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
        #expect(world.destroy(there) && world.destroy(key))
        world.rollBack()
        #expect(world.snapshot() == before && world.violations() == [])
        #expect(world.referrers(of: key).count == 1 && exit.exists)
    }

    @Test func aRingOfReferencesEnds() {
        world.set(.cascades, to: ["twin": "destroy"], on: root)
        let (left, right) = (world.create(), world.create())
        #expect(world.set(named: "twin", to: right.id.value, on: left))
        #expect(world.set(named: "twin", to: left.id.value, on: right))
        #expect(world.destroy(left) && !right.exists)
        #expect(world.violations() == [])
    }
}
