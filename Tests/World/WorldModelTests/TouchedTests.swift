import Basics
import Testing

@testable import WorldModel

/// What turns have touched, for those who show a part of the world elsewhere.
@Suite struct TouchedTests {
    private let world = World()

    private func change(_ body: () -> Void) {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        body()
        _ = world.endTurn()
    }

    private func make(_ faculties: Faculties = [], in location: Thing? = nil) -> Thing {
        var made: Thing?
        change {
            let thing = world.create(faculties)
            world.move(thing, to: location)
            made = thing
        }
        guard let made else { preconditionFailure("a turn makes things") }
        return made
    }

    @Test func nothingIsNotedWhileNobodyWantsToKnow() {
        _ = make(.place)
        #expect(world.takeTouched().isEmpty)
    }

    @Test func aMoveTouchesTheThingAndWhatItLeavesOnce() {
        let (hall, garden) = (make(.place), make(.place))
        let lamp = make(in: hall)
        world.noteTouched(true)
        change { world.move(lamp, to: garden) }
        let touched = world.takeTouched()
        #expect(touched.things == [lamp])
        #expect(touched.left == [hall.id])
        #expect(world.takeTouched().isEmpty)
    }

    @Test func aTurnThatIsTakenBackTouchesNothing() {
        let hall = make(.place)
        world.noteTouched(true)
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        world.set(.name, to: "Hall", on: hall)
        world.rollBack()
        #expect(world.takeTouched().isEmpty)
    }

    @Test func whoHearsWhomIsKeptApart() {
        let (ada, channel, lamp) = (make([.persona, .player]), make(.channel), make())
        world.noteTouched(true)
        change {
            world.set(.away, to: "tea", on: ada)
            world.set(PropertyKey(.moderation), to: .list([]), on: channel)
            world.set(.name, to: "lamp", on: lamp)
            world.set(.lastMessage, to: 5, on: channel)
        }
        let touched = world.takeTouched()
        #expect(touched.talkers == [ada, channel])
        #expect(touched.selves == [ada] && touched.things == [lamp])
        change { world.set(.lastMessage, to: 6, on: channel) }
        #expect(world.takeTouched().isEmpty)
    }

    @Test func whatOnlyItsOwnerCanTellIsKeptApartAndWhatNobodyCanIsNotNoted() {
        let ada = make([.persona, .player])
        world.noteTouched(true)
        change {
            world.set(.vitals, to: ["health": [1, 2]], on: ada)
            world.set(.lastSeen, to: 5, on: ada)
        }
        let touched = world.takeTouched()
        #expect(touched.selves == [ada])
        #expect(touched.things.isEmpty)
        change { world.set(.lastSeen, to: 6, on: ada) }
        #expect(world.takeTouched().isEmpty)
    }

    @Test func whatEndsIsTouchedWithWhereItWas() {
        let hall = make(.place)
        let lamp = make(in: hall)
        world.noteTouched(true)
        change { world.destroy(lamp) }
        #expect(world.takeTouched().left == [hall.id])
    }

    @Test func aPrototypeTouchesEverythingAndSoDoTooManyThings() {
        let kind = make(.prototype)
        world.noteTouched(true)
        change { world.set(.name, to: "lamp", on: kind) }
        #expect(world.takeTouched().isEverything)
        change { for _ in 0...Touched.most { world.set(.name, to: "coin", on: world.create()) } }
        let touched = world.takeTouched()
        #expect(touched.isEverything)
        #expect(touched.things.isEmpty, "and holds none of them")
    }

    @Test func notingEndsWhenNobodyWantsToKnowAnyMore() {
        world.noteTouched(true)
        world.noteTouched(false)
        _ = make(.place)
        #expect(world.takeTouched().isEmpty)
    }
}
