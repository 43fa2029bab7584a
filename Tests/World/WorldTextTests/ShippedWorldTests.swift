import Basics
import Testing
import WorldModel
import WorldText

@Suite struct ShippedWorldTests {
    private let content: WorldContent

    init() throws {
        content = try ShippedWorld.read()
    }

    @Test func isLargeEnough() {
        #expect(content.rooms.count >= 25)
        #expect(content.things.count >= 40)
        #expect(content.areas.count >= 3)
        #expect(content.helpPages.count >= 12)
    }

    @Test func everyRoomIsReachedFromTheStart() throws {
        var reached: Set<String> = [try #require(content.startPlace).key]
        while true {
            let next = content.exits.filter { reached.contains($0.location?.key ?? "") }
                .compactMap { $0.references[.destination]?.key }
            let before = reached.count
            reached.formUnion(next)
            if reached.count == before { break }
        }
        #expect(Set(content.rooms.map(\.key)).subtracting(reached) == [])
    }

    @Test func everyRoomIsWorthReading() {
        for room in content.rooms {
            guard case .text(let text)? = room.looks[.description] else {
                Issue.record("\(room.key) has no description")
                continue
            }
            let words = text.split { $0.isWhitespace }.count
            #expect((30...120).contains(words), "\(room.key) has \(words) words")
            let sentences = text.split { ".!?".contains($0) }.count
            #expect((2...7).contains(sentences), "\(room.key) has \(sentences) sentences")
        }
    }

    @Test func everyExitLeadsBackOrSaysThatItDoesNot() {
        for exit in content.exits where !exit.isOneWay {
            let back = content.exits.contains {
                $0.location?.key == exit.references[.destination]?.key
                    && $0.references[.destination]?.key == exit.location?.key
            }
            #expect(back, "\(exit.key)")
        }
    }

    /// Independent of the reader's own check: opens one lock at a time, never the one in question.
    @Test func everyKeyIsFoundWithoutPassingItsOwnLock() throws {
        let locks = (content.doors + content.things).filter { $0.state[.locked] == .bool(true) }
        #expect(locks.count >= 4)
        for lock in locks {
            let key = try #require(lock.references[.key])
            let reached = try reach(without: lock.key)
            #expect(reached.contains(key.key), "\(key.key) lies behind \(lock.key)")
        }
    }

    /// Keys of all places and things one can get to when every lock but one is open.
    private func reach(without lock: String) throws -> Set<String> {
        var reached: Set<String> = [try #require(content.startPlace).key]
        while true {
            let before = reached.count
            for exit in content.exits
            where reached.contains(exit.location?.key ?? "") && exit.references[.door]?.key != lock {
                reached.insert(exit.references[.destination]?.key ?? "")
            }
            for thing in content.things where reached.contains(thing.location?.key ?? "") {
                if thing.location?.key != lock { reached.insert(thing.key) }
            }
            if reached.count == before { return reached }
        }
    }

    @Test func exercisesEveryFeature() {
        let things = content.things
        #expect(content.rooms.contains { $0.looks[.dark] == .bool(true) })
        #expect(things.contains { $0.looks[.transparent] == .bool(true) && $0.state[.locked] == .bool(true) })
        #expect(things.contains { $0.looks[.surface] == .bool(true) })
        #expect(Set(things.compactMap { $0.looks[.slot] }).count >= 5)
        #expect(things.contains { $0.looks[.switchable] == .bool(true) })
        #expect(things.contains { $0.references[.prototype] != nil })
        #expect(things.filter { $0.faculties.contains(.persona) }.count >= 2)
        #expect(content.exits.contains { $0.isOneWay })
        #expect(Set(content.exits.compactMap { $0.direction }).isSuperset(of: [.up, .down, .inside, .outside]))
    }

    @Test func sabraAnswersOnManyTopics() {
        let topics = content["town/sabra"]?.looks[.topics].flatMap { [String: String]($0) }
        #expect((topics?.count ?? 0) >= 12)
    }

    @Test func loadsIntoAWorldThatHoldsTogether() throws {
        let world = makeWorld(content)
        #expect(world.violations() == [])
        let place = try #require(world.root)
        #expect(world.thing(place, .startPlace) === world.thing(forContentKey: "town/deckle"))
        #expect(place[.title] == "Farrow Weir")
        for exit in content.exits {
            let thing = try #require(world.thing(forContentKey: exit.key))
            #expect(world.thing(thing, .destination)?.has(.place) == true)
        }
    }

    @Test func darkCellarNeedsALamp() throws {
        let world = makeWorld(content)
        let cellar = try #require(world.thing(forContentKey: "town/cellar"))
        let lantern = try #require(world.thing(forContentKey: "town/lantern"))
        #expect(!Perception.isLit(cellar, in: world))
        world.beginTurn(at: .init(milliseconds: 0), seed: 1)
        world.move(lantern, to: cellar)
        world.set(.isLit, to: true, on: lantern)
        _ = world.endTurn()
        #expect(Perception.isLit(cellar, in: world))
    }

    @Test func leaseIsSeenButNotReached() throws {
        let world = makeWorld(content)
        let lease = try #require(world.thing(forContentKey: "town/lease"))
        let room = try #require(world.thing(forContentKey: "town/reading-room"))
        world.beginTurn(at: .init(milliseconds: 0), seed: 1)
        let visitor = world.create(.persona)
        world.move(visitor, to: room)
        _ = world.endTurn()
        let percept = try #require(Perception(of: visitor, in: world).percept(of: lease))
        #expect(percept.unseen == nil)
        let glass = try #require(world.thing(forContentKey: "town/glass-case"))
        #expect(percept.unreached == .closed(glass))
    }
}
