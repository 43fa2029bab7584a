import Basics
import Testing
import WorldModel

/// Finding one thing by climbing is the same as finding it on the walk around.
@Suite struct PerceptionTests {
    private struct Found: Equatable {
        var unseen: Objection?
        var unreached: Objection?
        var way: Thing?
        var isFelt: Bool

        init(_ percept: Percept) {
            unseen = percept.unseen
            unreached = percept.unreached
            way = percept.way
            isFelt = percept.isFelt
        }
    }

    private func makeWorld(_ seed: UInt64) -> (World, Thing) {
        var random = SeededGenerator(seed: seed)
        let world = World()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: seed)
        let rooms = [world.create(.place), world.create(.place), world.create(.place)]
        for room in rooms { world.set(.isDark, to: Bool.random(using: &random), on: room) }
        var enclosures = rooms
        for _ in 0..<25 {
            let kind: [Faculties] = [.container, .container, .persona, .light, [], .wearable]
            let thing = world.create(kind.randomElement(using: &random) ?? [])
            world.move(thing, to: enclosures.randomElement(using: &random))
            for property in [Property<Bool>.isOpen, .isTransparent, .isSurface, .isLit, .isWorn] {
                world.set(property, to: Int.random(in: 0..<3, using: &random) == 0, on: thing)
            }
            world.set(.layer, to: Int.random(in: 0..<3, using: &random), on: thing)
            world.set(.slot, to: ["", "head", "feet"].randomElement(using: &random) ?? "", on: thing)
            world.set(.glow, to: Int.random(in: 0..<3, using: &random), on: thing)
            if thing.has(.container) || thing.has(.persona) { enclosures.append(thing) }
        }
        let door = world.create(.door)
        if Bool.random(using: &random) { world.move(door, to: rooms[0]) }
        world.set(.isOpen, to: Bool.random(using: &random), on: door)
        for (from, to) in [(0, 1), (1, 0), (0, 1), (1, 2), (2, 1), (0, 2), (2, 0)] {
            let exit = world.create(.exit)
            world.set(.destination, to: rooms[to], on: exit)
            world.set(.direction, to: ["north", "south"].randomElement(using: &random) ?? "", on: exit)
            world.set(.isView, to: Bool.random(using: &random), on: exit)
            world.set(.distance, to: Int.random(in: 1...2, using: &random), on: exit)
            if to < 2 { world.set(.door, to: door, on: exit) }
            world.move(exit, to: rooms[from])
        }
        let observer = world.create([.persona, .player])
        world.move(observer, to: enclosures.randomElement(using: &random))
        _ = world.create(.light)
        return (world, observer)
    }

    @Test(arguments: 1...300 as ClosedRange<UInt64>)
    func climbingAndWalkingAgree(_ seed: UInt64) {
        let (world, observer) = makeWorld(seed)
        let perception = Perception(of: observer, in: world)
        var walked: [ThingID: Found] = [:]
        perception.walk { percept in
            #expect(walked[percept.thing.id] == nil, "\(percept.thing.id) is met twice, seed \(seed)")
            walked[percept.thing.id] = Found(percept)
            return true
        }
        for thing in world.things.values {
            let climbed = perception.percept(of: thing).map(Found.init)
            #expect(climbed == walked[thing.id], "\(thing.id) from \(observer.id), seed \(seed)")
            if thing.has(.place) { continue }
            let isSeen = climbed.map { $0.unseen == nil } ?? false
            #expect(perception.sees(thing) == isSeen, "\(thing.id) from \(observer.id), seed \(seed)")
            #expect((perception.path(to: thing) != nil) == (climbed != nil && thing !== observer), "seed \(seed)")
        }
    }

    /// Things of few names in a big room, in boxes there, and with people; before and after changes.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func namingFindsWhatMeetingEverythingFinds(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let world = World()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: seed)
        let hall = world.create(.place)
        let kind = world.create(.prototype)
        let observer = world.create([.persona, .player])
        world.move(observer, to: hall)
        var places = [hall, hall, hall, observer]
        let names = ["lamp", "brass lamp", "lantern", "la", "Lämp", "lamp post", "box", "l"]
        func check() {
            let perception = Perception(of: observer, in: world)
            for word in ["lamp", "lamps", "la", "l", "lant", "brass", "post", "lämp", "lamp post", "zebra", "box", ""] {
                for plural in [false, true] {
                    var all: [ThingID] = []
                    var named: [ThingID] = []
                    perception.walk { percept in
                        if percept.thing.words.match([word], plural: plural) != nil { all.append(percept.thing.id) }
                        return true
                    }
                    perception.walk(naming: [word]) { percept in
                        if percept.thing.words.match([word], plural: plural) != nil { named.append(percept.thing.id) }
                        return true
                    }
                    #expect(all == named, "\(word), seed \(seed)")
                }
            }
        }
        var things: [Thing] = []
        for _ in 0..<150 {
            let thing = world.create(Int.random(in: 0..<8, using: &random) == 0 ? .container : [])
            world.set(.isOpen, to: Bool.random(using: &random), on: thing)
            if Int.random(in: 0..<5, using: &random) == 0 {
                world.set(.prototype, to: kind, on: thing)
            } else {
                world.set(.name, to: names.randomElement(using: &random) ?? "", on: thing)
            }
            world.move(thing, to: places.randomElement(using: &random))
            if thing.has(.container) { places.append(thing) }
            things.append(thing)
        }
        check()
        for round in 0..<40 {
            let thing = try #require(things.randomElement(using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: world.set(.name, to: names.randomElement(using: &random) ?? "", on: thing)
            case 1: world.set(.name, to: names.randomElement(using: &random) ?? "", on: kind)
            case 2: world.attach(.container, to: thing)
            case 3: if thing.exists { world.rehearse { _ = world.destroy(thing) } }
            case 4:
                let place = places.randomElement(using: &random) ?? hall
                if thing.exists, place.exists, !place.isWithin(thing) { world.move(thing, to: place) }
            default: world.set(.nouns, to: ["lamp", "zebra"], on: thing)
            }
            if round % 4 == 0 { check() }
        }
        #expect(world.violations() == [])
    }

    private func inTurn(_ body: (World) throws -> Void) rethrows {
        let world = World()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
        try body(world)
    }

    @Test func insideAGlassCaseOneReachesWhatIsInsideButNotWhatIsOutside() {
        inTurn { world in
            let room = world.create(.place)
            let glass = world.create(.container)
            world.set(.isTransparent, to: true, on: glass)
            let (ada, pearl, stone) = (world.create(.persona), world.create(), world.create())
            world.move(glass, to: room)
            world.move(ada, to: glass)
            world.move(pearl, to: glass)
            world.move(stone, to: room)
            let perception = Perception(of: ada, in: world)
            #expect(perception.surroundings === room)
            #expect(perception.percept(of: pearl)?.unreached == nil)
            #expect(perception.percept(of: stone)?.unreached == .closed(glass))
            #expect(perception.percept(of: glass)?.unseen == nil)
            world.set(.isOpen, to: true, on: glass)
            #expect(Perception(of: ada, in: world).percept(of: stone)?.unreached == nil)
        }
    }

    @Test func insideAClosedChestThereIsOnlyTheChest() {
        inTurn { world in
            let room = world.create(.place)
            let chest = world.create(.container)
            let (ada, stone) = (world.create(.persona), world.create())
            world.move(chest, to: room)
            world.move(ada, to: chest)
            world.move(stone, to: room)
            let perception = Perception(of: ada, in: world)
            #expect(perception.surroundings === chest && !perception.isLit)
            #expect(perception.percept(of: stone) == nil && !perception.sees(stone))
            #expect(perception.percept(of: chest)?.unseen == .tooDark)
            #expect(perception.percept(of: chest)?.unreached == nil)
        }
    }

    @Test func theWalkEndsWhenToldTo() {
        inTurn { world in
            let room = world.create(.place)
            let ada = world.create(.persona)
            for thing in [ada, world.create(), world.create(), world.create()] { world.move(thing, to: room) }
            var visited = 0
            Perception(of: ada, in: world).walk { _ in
                visited += 1
                return visited < 2
            }
            #expect(visited == 2)
        }
    }

    @Test(arguments: [
        ("n", Direction.north), ("northwest", .northwest), ("u", .up), ("in", .inside), ("out", .outside),
    ])
    func directionsHaveShortForms(_ word: String, _ direction: Direction) {
        #expect(Direction(word: word) == direction)
        #expect(direction.opposite.opposite == direction)
    }
}
