import Basics
import Testing
import WorldModel

/// How far a loud sound goes.
@Suite struct HearersTests {
    private let world = World()

    private func way(_ from: Thing, _ to: Thing, distance: Int = 1) -> Thing {
        let exit = world.create(.exit)
        world.set(.destination, to: to, on: exit)
        world.set(.distance, to: distance, on: exit)
        world.move(exit, to: from)
        return exit
    }

    @Test func theNearestComeFirstEachByItsShortestWay() {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
        let rooms = (0..<5).map { _ in world.create(.place) }
        let far = way(rooms[0], rooms[2], distance: 3)
        _ = way(rooms[0], rooms[1])
        let short = way(rooms[1], rooms[2])
        _ = way(rooms[2], rooms[0])
        _ = way(rooms[2], rooms[3], distance: 2)
        _ = way(rooms[3], rooms[4])
        let heard = world.hearers(from: rooms[0], range: 4)
        #expect(heard.map(\.place.id) == [rooms[1].id, rooms[2].id, rooms[3].id])
        #expect(heard.map(\.steps) == [1, 2, 4])
        #expect(heard[1].way === short)
        world.set(.isAudible, to: false, on: short)
        #expect(world.hearers(from: rooms[0], range: 4).last?.way === far)
        #expect(world.hearers(from: rooms[0], range: 2).map(\.place.id) == [rooms[1].id])
        #expect(world.hearers(from: rooms[0], range: 0).isEmpty && world.hearers(from: rooms[0], range: -1).isEmpty)
    }

    @Test func aClosedDoorKeepsItOut() {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
        let (hall, yard) = (world.create(.place), world.create(.place))
        let door = world.create(.door)
        world.set(.door, to: door, on: way(hall, yard))
        #expect(world.hearers(from: hall, range: 1).isEmpty)
        world.set(.isOpen, to: true, on: door)
        #expect(world.hearers(from: hall, range: 1).count == 1)
    }

    @Test func oneSoundIsHeardInSoManyPlaces() {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
        let hall = world.create(.place)
        for _ in 0..<World.mostHearers + 5 { _ = way(hall, world.create(.place)) }
        #expect(world.hearers(from: hall, range: 1).count == World.mostHearers)
    }
}
