import Basics
import Testing
import WorldModel

/// Questions put together from parts, and what stands in the way of their answers.
@Suite struct InquiryTests {
    private let world = World()
    private let room: Thing
    private let ada: Thing
    private let glass: Thing
    private let ruby: Thing
    private let lamp: Thing

    init() {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
        room = world.create(.place)
        ada = world.create(.persona)
        glass = world.create(.container)
        ruby = world.create()
        lamp = world.create(.light)
        for thing in [ada, glass, lamp] { world.move(thing, to: room) }
        world.move(ruby, to: glass)
        world.set(.isTransparent, to: true, on: glass)
        for (thing, name) in [(glass, "glass case"), (ruby, "red ruby"), (lamp, "brass lamp")] {
            world.set(.name, to: name, on: thing)
        }
    }

    private func find(_ inquiry: Inquiry) -> Findings { Perception(of: ada, in: world).find(inquiry) }

    @Test func partsCompose() {
        #expect(find(.anything.seen).things == [ada, glass, ruby, lamp])
        #expect(find(.anything.seen.reached).things == [ada, glass, lamp])
        #expect(find(.anything.providing(.light)).things == [lamp])
        #expect(find(.anything.named(["red", "ruby"])).things == [ruby])
        #expect(find(.anything.named(["rubies"], plural: true)).things == [ruby])
        #expect(find(.anything.providing(.light).named(["ruby"])).things.isEmpty)
        #expect(find(.held).things.isEmpty)
        world.move(lamp, to: ada)
        #expect(find(.held.providing(.light)).things == [lamp])
    }

    @Test func aFailureCarriesTheWorldsReason() {
        #expect(find(.anything.reached.named(["ruby"])).objection == .closed(glass))
        world.set(.isDark, to: true, on: room)
        let findings = find(.anything.seen.named(["lamp"]))
        #expect(findings.things.isEmpty && findings.objection == .tooDark)
        #expect(find(.anything.seen.named(["zebra"])).objection == nil)
    }

    @Test func whatIsHeardNeedsNoLight() {
        world.set(.isDark, to: true, on: room)
        #expect(find(.anything.heard.providing(.container)).things == [glass])
    }

    @Test func aWayCarriesSoundThroughAnOpenDoorOnly() {
        let (other, door, ben) = (world.create(.place), world.create(.door), world.create(.persona))
        world.move(ben, to: other)
        let exit = world.create(.exit)
        world.set(.destination, to: other, on: exit)
        world.set(.door, to: door, on: exit)
        world.set(.isAudible, to: true, on: exit)
        world.move(exit, to: room)
        let hearing = { Perception(of: ada, in: world).hearing(of: ben) }
        #expect(hearing() == .silent)
        world.set(.isOpen, to: true, on: door)
        #expect(hearing() == .muffled(through: exit))
        world.move(ben, to: room)
        #expect(hearing() == .clear)
    }

    @Test func viewsFollowDoorsAndWays() {
        let (other, door) = (world.create(.place), world.create(.door))
        let exit = world.create(.exit)
        world.set(.destination, to: other, on: exit)
        world.move(exit, to: room)
        let views = { Perception(of: ada, in: world).views.map(\.place) }
        #expect(views().isEmpty)
        world.set(.isView, to: true, on: exit)
        #expect(views() == [other])
        world.set(.door, to: door, on: exit)
        #expect(views().isEmpty)
        world.set(.isTransparent, to: true, on: door)
        #expect(views() == [other])
        world.set(.distance, to: 9, on: exit)
        #expect(views().isEmpty)
        world.set(.distance, to: 2, on: exit)
        world.destroy(other)
        #expect(views().isEmpty)
    }

    @Test func whatIsRehearsedHasNotHappened() {
        let before = world.snapshot()
        world.rehearse {
            world.move(ruby, to: ada)
            world.destroy(lamp)
            _ = world.create(.light)
        }
        #expect(world.snapshot() == before && ruby.location === glass && lamp.exists)
        #expect(world.violations() == [])
        let made = world.create()
        #expect(world[made.id] === made)
    }
}
