import Basics
import Testing
import WorldModel

@Suite struct FollowingTests {
    private let world = World()

    private func people(_ count: Int) -> [Thing] { (0..<count).map { _ in world.create(.persona) } }

    @Test func nobodyGoesInACircle() {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        let people = people(5)
        for (follower, leader) in zip(people.dropFirst(), people) { #expect(world.setLeader(of: follower, to: leader)) }
        for leader in people { #expect(!world.setLeader(of: people[0], to: leader)) }
        #expect(world.head(of: people[4]) === people[0])
        #expect(world.train(of: people[1]) == Array(people.dropFirst(2)))
        #expect(world.isBehind(people[4], people[0]) && !world.isBehind(people[0], people[4]))
        #expect(world.setLeader(of: people[2], to: nil))
        #expect(world.train(of: people[0]) == [people[1]])
        #expect(world.setLeader(of: people[0], to: people[4]))
        #expect(world.train(of: people[2]) == [people[3], people[4], people[0], people[1]])
        _ = world.endTurn()
        #expect(world.violations() == [])
    }

    @Test func aTrainHasAnEnd() {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        let people = people(World.mostFollowers + 2)
        let joined = people.dropFirst().filter { world.setLeader(of: $0, to: people[0]) }
        #expect(joined.count == World.mostFollowers)
        #expect(world.train(of: people[0]).count == World.mostFollowers)
        let last = people[people.count - 1]
        // Nor behind somebody who follows.
        #expect(!world.setLeader(of: last, to: people[1]))
        // Whoever is in it already may change places.
        #expect(world.setLeader(of: people[3], to: people[1]))
        _ = world.endTurn()
    }

    @Test func aStoredCircleHoldsNobodyUp() {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        let people = people(3)
        for (index, person) in people.enumerated() { world.set(.follows, to: people[(index + 1) % 3], on: person) }
        #expect(world.train(of: people[0]).count == 2)
        _ = world.head(of: people[0])
        let other = world.create(.persona)
        #expect(world.setLeader(of: other, to: people[1]))
        #expect(world.isBehind(other, people[2]))
        _ = world.endTurn()
    }

    @Test func whoIsGoneIsFollowedNoLonger() {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        let people = people(3)
        world.setLeader(of: people[1], to: people[0])
        world.setLeader(of: people[2], to: people[1])
        world.destroy(people[1])
        #expect(world.leader(of: people[2]) == nil && world.followers(of: people[0]).isEmpty)
        _ = world.endTurn()
        #expect(world.violations() == [])
    }

    @Test func followingSurvivesARestart() throws {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        let people = people(2)
        world.setLeader(of: people[1], to: people[0])
        _ = world.endTurn()
        let other = World()
        try other.restore(world.snapshot(), nextID: world.nextID, sequence: world.sequence)
        let leader = try #require(other[people[0].id])
        #expect(other.followers(of: leader).map(\.id) == [people[1].id])
        #expect(other.leader(of: try #require(other[people[1].id])) === leader)
    }
}
