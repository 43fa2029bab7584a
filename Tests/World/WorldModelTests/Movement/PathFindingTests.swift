import Basics
import Testing
import WorldModel

/// Routes are as short as those of a slower search that looks at distances only.
@Suite struct PathFindingTests {
    private struct Graph {
        let world: World
        var places: [Thing] = []
        /// Pairs of places that a way joins, in one direction.
        var ways: [(from: Int, to: Int, exit: Thing)] = []

        init(_ count: Int, ways number: Int, _ random: inout SeededGenerator) {
            world = World()
            world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
            for _ in 0..<count { places.append(world.create(.place)) }
            for _ in 0..<number {
                let (from, to) = (Int.random(in: 0..<count, using: &random), Int.random(in: 0..<count, using: &random))
                let exit = world.create(.exit)
                world.set(.destination, to: places[to], on: exit)
                world.move(exit, to: places[from])
                ways.append((from, to, exit))
            }
        }

        /// Steps from one place to all others, by relaxing every way until nothing changes.
        func distances(from start: Int, _ mayPass: (Thing) -> Bool) -> [Int?] {
            var distances: [Int?] = Array(repeating: nil, count: places.count)
            distances[start] = 0
            var isChanged = true
            while isChanged {
                isChanged = false
                for way in ways where mayPass(way.exit) {
                    guard let here = distances[way.from], here + 1 < distances[way.to] ?? .max else { continue }
                    distances[way.to] = here + 1
                    isChanged = true
                }
            }
            return distances
        }
    }

    @Test func routesAreTheShortest() {
        var random = SeededGenerator(seed: 21)
        for round in 0..<60 {
            let graph = Graph(12, ways: 6 + round % 20, &random)
            let barred = Set(graph.ways.filter { _ in Int.random(in: 0..<4, using: &random) == 0 }.map(\.exit.id))
            let distances = graph.distances(from: 0) { !barred.contains($0.id) }
            for goal in graph.places.indices {
                let route = graph.world.route(from: graph.places[0], to: graph.places[goal]) { exit, _ in
                    !barred.contains(exit.id)
                }
                #expect(route?.count == distances[goal])
                var here = graph.places[0]
                for exit in route ?? [] {
                    #expect(exit.location === here && !barred.contains(exit.id))
                    here = graph.world.thing(exit, .destination) ?? here
                }
                if route != nil { #expect(here === graph.places[goal]) }
            }
            _ = graph.world.endTurn()
        }
    }

    @Test func aSearchEndsAtItsLimit() {
        var random = SeededGenerator(seed: 22)
        let graph = Graph(2, ways: 0, &random)
        let world = graph.world
        var last = graph.places[0]
        for _ in 0..<20 {
            let next = world.create(.place)
            let exit = world.create(.exit)
            world.set(.destination, to: next, on: exit)
            world.move(exit, to: last)
            last = next
        }
        #expect(world.route(from: graph.places[0], to: last) { _, _ in true }?.count == 20)
        #expect(world.route(from: graph.places[0], to: last, atMost: 21) { _, _ in true }?.count == 20)
        #expect(world.route(from: graph.places[0], to: last, atMost: 20) { _, _ in true } == nil)
        _ = world.endTurn()
    }

    @Test func windowsAndBrokenWaysLeadNowhere() {
        var random = SeededGenerator(seed: 23)
        let graph = Graph(2, ways: 0, &random)
        let world = graph.world
        let window = world.create(.exit)
        world.set(.destination, to: graph.places[1], on: window)
        world.set(.impassable, to: "Too small.", on: window)
        world.move(window, to: graph.places[0])
        let hole = world.create(.exit)
        world.move(hole, to: graph.places[0])
        #expect(world.route(from: graph.places[0], to: graph.places[1]) { _, _ in true } == nil)
        #expect(world.route(from: graph.places[0], to: graph.places[0]) { _, _ in true } == [])
        world.destroy(hole)
        _ = world.endTurn()
    }

    @Test func thePlacesOneHasBeenToAreRemembered() {
        let world = World()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        let ada = world.create([.persona, .player])
        let places = (0..<World.mostVisited + 5).map { _ in world.create(.place) }
        for place in places + places.suffix(3) { world.noteVisit(of: place, by: ada) }
        #expect(world.visitedPlaces(of: ada) == Array(places.suffix(World.mostVisited)))
        #expect(!world.hasVisited(places[4], ada) && world.hasVisited(places[5], ada))
        world.move(ada, to: places[0])
        #expect(world.visitedPlaces(of: ada).last === places[0])
        world.destroy(places[9])
        #expect(!world.visitedPlaces(of: ada).contains(places[9]))
        let cat = world.create(.persona)
        world.noteVisit(of: places[0], by: cat)
        #expect(cat.ownValue(of: PropertyKey(.visited)) == nil)
        for hostile in [Value.list([.text("here"), .int(-1), .int(.max), .bool(true)]), .text("nowhere")] {
            for core in [CoreProperty.visited, .visitedLately] { world.set(PropertyKey(core), to: hostile, on: ada) }
            #expect(world.visitedPlaces(of: ada) == [places[0]])
            world.noteVisit(of: places[1], by: ada)
            #expect(world.hasVisited(places[1], ada))
        }
        _ = world.endTurn()
    }

    /// One place more writes only the latest again, whatever one knows.
    @Test func aVisitWritesLittle() throws {
        let world = World()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        let ada = world.create([.persona, .player])
        let places = (0..<700).map { _ in world.create(.place) }
        _ = world.endTurn()
        var written = 0
        for (count, place) in places.enumerated() {
            world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
            world.noteVisit(of: place, by: ada)
            written += try #require(world.endTurn()).encoded().count
            #expect(world.visitedPlaces(of: ada) == Array(places[...count].suffix(World.mostVisited)))
        }
        #expect(written / places.count < 600)
    }
}
