import Basics
import Testing
import WorldModel

/// A turn is a transaction, and what is on disk is what is in memory.
@Suite struct TransactionTests {
    /// Changes a world at random: creates, destroys, moves, sets, renames.
    private func change(_ world: World, _ random: inout SeededGenerator, steps: Int) {
        for _ in 0..<steps {
            let all = world.things.values.sorted { $0.id < $1.id }
            let thing = all.randomElement(using: &random)
            let other = all.randomElement(using: &random)
            switch Int.random(in: 0..<8, using: &random) {
            case 0, 1: _ = world.create([.container], prototype: other?.has(.prototype) == true ? other : nil)
            case 2:
                let person = world.create([.player, .persona])
                world.set(.name, to: "Person\(person.id.number)", on: person)
            case 3: if let thing { world.destroy(thing) }
            case 4:
                if let thing, let other, !other.isWithin(thing), !thing.has(.prototype) { world.move(thing, to: other) }
            case 5: if let thing { world.set(.isOpen, to: Bool.random(using: &random), on: thing) }
            case 6:
                if let thing {
                    world.set(.name, to: "thing \(thing.id.number) \(Bool.random(using: &random))", on: thing)
                }
            default:
                if let thing {
                    _ = world.set(named: "custom\(Int.random(in: 0..<5, using: &random))", to: .int(7), on: thing)
                }
            }
        }
    }

    private func makeWorld(_ random: inout SeededGenerator) -> (World, [TurnRecord]) {
        let world = World()
        var records: [TurnRecord] = []
        for turn in 0..<30 {
            world.beginTurn(at: WallInstant(milliseconds: Int64(turn)), seed: UInt64(turn))
            change(world, &random, steps: 8)
            if let record = world.endTurn() { records.append(record) }
        }
        return (world, records)
    }

    @Test(arguments: 0..<20) func rollingBackRestoresEverything(_ seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let (world, _) = makeWorld(&random)
        let before = world.snapshot()
        let nextID = world.nextID
        let sequence = world.sequence
        world.beginTurn(at: WallInstant(milliseconds: 99), seed: 9)
        change(world, &random, steps: 40)
        world.rollBack()
        #expect(world.snapshot() == before)
        #expect(world.nextID == nextID)
        #expect(world.sequence == sequence)
        #expect(world.violations().isEmpty)
        for thing in world.things.values {
            #expect(thing.exists)
            for content in thing.contents { #expect(content.location === thing) }
        }
    }

    @Test(arguments: 0..<10) func replayingTheLogGivesTheSameWorld(_ seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed) &+ 100)
        let (world, records) = makeWorld(&random)
        let recovered = World()
        // Half from the tables, half from the log, as after a crash.
        let half = World()
        for record in records.prefix(records.count / 2) { try half.replay(TurnRecord(decoding: record.encoded())) }
        try recovered.restore(half.snapshot(), nextID: half.nextID, sequence: half.sequence)
        for record in records.dropFirst(records.count / 2) { try recovered.replay(record) }
        #expect(recovered.snapshot() == world.snapshot())
        #expect(recovered.sequence == world.sequence)
        #expect(recovered.nextID == world.nextID)
        #expect(recovered.violations() == world.violations())
        for thing in world.things.values {
            #expect(recovered[thing.id]?.contents.map(\.id) == thing.contents.map(\.id))
            #expect(recovered[thing.id]?.faculties == thing.faculties)
        }
        for person in world.things.values where person.has(.player) && !person.name.isEmpty {
            #expect(world.player(named: person.name) === person)
            #expect(recovered.player(named: person.name)?.id == person.id)
        }
    }

    @Test func numbersAreNeverUsedAgain() throws {
        let world = World()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
        let first = world.create()
        world.destroy(first)
        let record = try #require(world.endTurn())
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
        #expect(world.create().id > first.id)
        world.rollBack()
        let recovered = World()
        try recovered.replay(record)
        recovered.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
        #expect(recovered.create().id > first.id)
    }

    @Test func whatFailsWithinATurnIsTakenBackAlone() throws {
        struct Failure: Error {}
        let world = World()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
        let (box, coin) = (world.create(.container), world.create())
        world.move(coin, to: box)
        let before = world.snapshot()
        #expect(throws: Failure.self) {
            try world.attempt {
                world.move(coin, to: nil)
                world.destroy(box)
                _ = world.create()
                throw Failure()
            }
        }
        #expect(world.snapshot() == before && world.violations() == [])
        try world.attempt { world.move(coin, to: nil) }
        let next = world.create()
        let record = try #require(world.endTurn())
        let recovered = World()
        try recovered.replay(record)
        #expect(recovered.snapshot() == world.snapshot() && next.id.number == 3)
    }

    @Test func aTurnThatChangesNothingHasNoNumber() {
        let world = World()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
        #expect(world.endTurn() == nil)
        #expect(world.sequence == 0)
    }

    @Test func theSameSeedGivesTheSameNumbers() {
        let world = World()
        func draw(_ seed: UInt64) -> [Int] {
            world.beginTurn(at: WallInstant(milliseconds: 0), seed: seed)
            defer { world.rollBack() }
            return (0..<10).map { _ in world.random(below: 1000) }
        }
        #expect(draw(4) == draw(4))
        #expect(draw(4) != draw(5))
    }

    @Test func everyFlippedBitOfARecordIsDetected() throws {
        let record = TurnRecord(
            sequence: 7, time: WallInstant(milliseconds: 12),
            changes: [
                .create(ThingID(3)), .set(ThingID(3), name: "name", .text("lamp")),
                .set(ThingID(3), name: "x", nil), .destroy(ThingID(3)),
                .set(ThingID(4), name: "deep", .list([.map(["a": .bool(true)]), .thing(ThingID(9)), .int(-5)])),
            ])
        let bytes = record.encoded()
        #expect(try TurnRecord(decoding: bytes) == record)
        for index in bytes.indices {
            for bit in 0..<8 {
                var flipped = bytes
                flipped[index] ^= 1 << UInt8(bit)
                #expect(throws: ByteFailure.self) { try TurnRecord(decoding: flipped) }
            }
            #expect(throws: ByteFailure.self) { try TurnRecord(decoding: Array(bytes.prefix(index))) }
        }
    }

    @Test func gapsAndDamageAreNamed() throws {
        let world = World()
        let record = TurnRecord(sequence: 2, time: WallInstant(milliseconds: 0), changes: [])
        #expect(throws: WorldDamage.self) { try world.replay(record) }
        let stray = TurnRecord(
            sequence: 1, time: WallInstant(milliseconds: 0), changes: [.set(ThingID(5), name: "name", .text("x"))])
        #expect(throws: WorldDamage.self) { try world.replay(stray) }
        let lost = StoredThing(id: ThingID(1), properties: ["location": .list([.thing(ThingID(77)), .int(1)])])
        #expect(throws: WorldDamage.self) { try World().restore([lost], nextID: 2, sequence: 0) }
        let twice = StoredThing(id: ThingID(1), properties: [:])
        #expect(throws: WorldDamage.self) { try World().restore([twice, twice], nextID: 2, sequence: 0) }
        let odd = StoredThing(id: ThingID(1), properties: ["faculties": .list([.text("telepath")])])
        #expect(throws: WorldDamage.self) { try World().restore([odd], nextID: 2, sequence: 0) }
    }

    @Test func heirsAreAsTheyWereWhenTheirPrototypeIsGone() throws {
        let world = World()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        let thing = world.create([.prototype])
        world.set(.size, to: 7, on: thing)
        let kind = world.create([.prototype, .light], prototype: thing)
        world.set(.contentKey, to: "cove/kind", on: kind)
        world.set(.name, to: "lamp", on: kind)
        world.set(.description, to: "Brass.", on: kind)
        let lamp = world.create(prototype: kind)
        world.set(.description, to: "Tin.", on: lamp)
        let lesser = world.create([.prototype], prototype: kind)
        let torch = world.create(prototype: lesser)
        _ = world.endTurn()
        let before = world.snapshot()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 2)
        world.destroy(kind)
        #expect(!kind.exists && lamp.prototype === thing && lesser.prototype === thing && torch.prototype === lesser)
        for heir in [lamp, lesser, torch] {
            #expect(heir.name == "lamp" && heir.has(.light) && heir[.size] == 7 && heir[.contentKey].isEmpty)
        }
        #expect(lamp[.description] == "Tin." && torch[.description] == "Brass." && !lamp.has(.prototype))
        #expect(lamp.words.nouns == ["lamp"])
        #expect(world.violations() == [])
        world.rollBack()
        #expect(world.snapshot() == before && lamp.prototype === kind && torch.has(.light))
        #expect(world.violations() == [])
    }

    @Test func prototypesAreInheritedFromLive() {
        let world = World()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
        let kind = world.create([.prototype, .light])
        world.set(.name, to: "oil lamp", on: kind)
        let lamp = world.create(prototype: kind)
        #expect(lamp.name == "oil lamp")
        #expect(lamp.has(.light))
        #expect(!lamp.has(.prototype))
        world.set(.name, to: "brass lamp", on: kind)
        #expect(lamp.name == "brass lamp")
        world.set(.name, to: "my lamp", on: lamp)
        #expect(kind.name == "brass lamp")
        #expect(lamp.name == "my lamp")
    }
}
