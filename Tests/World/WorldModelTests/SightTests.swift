import Basics
import Testing
import WorldModel

/// What one sees and reaches, and why not.
@Suite struct SightTests {
    private final class Scene {
        let world = World()
        let room: Thing
        let ada: Thing
        let ben: Thing

        init(dark: Bool = false) {
            world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
            room = world.create(.place)
            world.set(.isDark, to: dark, on: room)
            ada = world.create([.persona, .player])
            ben = world.create([.persona, .player])
            world.move(ada, to: room)
            world.move(ben, to: room)
        }

        func thing(_ faculties: Faculties = [], in container: Thing) -> Thing {
            let made = world.create(faculties)
            world.move(made, to: container)
            return made
        }

        func percept(_ thing: Thing) -> Percept? { Perception(of: ada, in: world).percept(of: thing) }
        func sees(_ thing: Thing) -> Bool { Perception(of: ada, in: world).sees(thing) }
    }

    @Test func whatLiesOpenIsSeenAndReached() {
        let scene = Scene()
        let lamp = scene.thing(in: scene.room)
        #expect(scene.percept(lamp)?.unseen == nil && scene.percept(lamp)?.unreached == nil)
        #expect(scene.sees(lamp) && scene.sees(scene.ben) && scene.sees(scene.ada))
    }

    @Test func aClosedBoxHidesAndAGlassCaseShows() {
        let scene = Scene()
        let box = scene.thing(.container, in: scene.room)
        let coin = scene.thing(in: box)
        #expect(scene.percept(coin) == nil && !scene.sees(coin))
        scene.world.set(.isOpen, to: true, on: box)
        #expect(scene.percept(coin)?.unreached == nil && scene.sees(coin))
        scene.world.set(.isOpen, to: false, on: box)
        scene.world.set(.isTransparent, to: true, on: box)
        #expect(scene.percept(coin)?.unseen == nil)
        #expect(scene.percept(coin)?.unreached == .closed(box))
        #expect(scene.sees(coin))
    }

    @Test func whatOthersHoldAndWearIsSeenButNotReached() {
        let scene = Scene()
        let hat = scene.thing(.wearable, in: scene.ben)
        #expect(scene.percept(hat)?.unreached == .heldBy(scene.ben))
        scene.world.set(.isWorn, to: true, on: hat)
        #expect(scene.percept(hat)?.unreached == .wornBy(scene.ben))
        #expect(scene.sees(hat))
    }

    @Test func inTheDarkOneKnowsOnlyWhatOneCarries() {
        let scene = Scene(dark: true)
        let rope = scene.thing(in: scene.room)
        let knife = scene.thing(in: scene.ada)
        #expect(scene.percept(rope)?.unseen == .tooDark)
        #expect(scene.percept(knife)?.unseen == nil)
        #expect(!scene.sees(rope) && !scene.sees(scene.ben) && scene.sees(knife))
    }

    @Test func aLampShinesOutOfWhatOneCanSeeInto() {
        let scene = Scene(dark: true)
        let box = scene.thing(.container, in: scene.room)
        let lamp = scene.thing(.light, in: box)
        func isLit() -> Bool { Perception(of: scene.ada, in: scene.world).isLit }
        #expect(!isLit())
        scene.world.set(.isLit, to: true, on: lamp)
        #expect(!isLit())
        scene.world.set(.isTransparent, to: true, on: box)
        #expect(isLit())
        scene.world.move(lamp, to: scene.ben)
        #expect(isLit())
        scene.world.set(.isLit, to: false, on: lamp)
        #expect(!isLit())
    }

    @Test func aDoorIsSeenFromBothSides() {
        let scene = Scene()
        let other = scene.world.create(.place)
        let door = scene.world.create(.door)
        for (from, to) in [(scene.room, other), (other, scene.room)] {
            let exit = scene.thing(.exit, in: from)
            scene.world.set(.destination, to: to, on: exit)
            scene.world.set(.door, to: door, on: exit)
        }
        #expect(scene.sees(door))
        scene.world.move(scene.ada, to: other)
        #expect(scene.sees(door))
        #expect(!scene.sees(scene.ben))
    }

    @Test func nestingIsBounded() {
        let scene = Scene()
        var box = scene.thing(.container, in: scene.room)
        for _ in 0..<100 {
            scene.world.set(.isOpen, to: true, on: box)
            box = scene.thing(.container, in: box)
        }
        #expect(scene.percept(box) == nil)
        #expect(!scene.sees(box))
    }

    @Test func bothQuestionsAgreeInRandomWorlds() {
        var random = SeededGenerator(seed: 31)
        for _ in 0..<100 {
            let scene = Scene(dark: Bool.random(using: &random))
            var containers = [scene.room, scene.ada, scene.ben]
            for _ in 0..<12 {
                guard let place = containers.randomElement(using: &random) else { continue }
                let thing = scene.thing(Bool.random(using: &random) ? .container : .light, in: place)
                scene.world.set(.isOpen, to: Bool.random(using: &random), on: thing)
                scene.world.set(.isLit, to: Bool.random(using: &random), on: thing)
                if thing.has(.container) { containers.append(thing) }
            }
            for thing in scene.world.things.values where thing !== scene.room && thing !== scene.ada {
                #expect(scene.sees(thing) == (scene.percept(thing).map { $0.unseen == nil } ?? false))
            }
        }
    }
}
