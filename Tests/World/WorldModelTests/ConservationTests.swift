import Basics
import Testing

@testable import WorldModel

/// What must hold after every turn is found when it does not, and nothing else is.
@Suite struct ConservationTests {
    private let world = World()
    private let hall: Thing
    private let lamp: Thing
    private let ada: Thing

    init() {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        let root = world.create(.world)
        hall = world.create(.place)
        world.set(.contentKey, to: "house/hall", on: hall)
        world.set(.startPlace, to: hall, on: root)
        lamp = world.create(.light)
        world.set(.name, to: "brass lamp", on: lamp)
        world.move(lamp, to: hall)
        ada = world.create([.persona, .player])
        world.set(.name, to: "Ada", on: ada)
        world.move(ada, to: hall)
        for _ in 0..<NameIndex.smallest { world.move(world.create(prototype: lamp), to: hall) }
        _ = world.endTurn()
        // Both are made only when somebody asks.
        _ = world.things(.name, equal: .text("brass lamp"))
        _ = hall.candidates(for: ["lamp"], atMost: 10)
    }

    @Test func aSoundWorldBreaksNothing() {
        #expect(hall.nameIndex != nil && !world.valueIndexes.isEmpty && !world.namedBy.isEmpty)
        #expect(world.violations() == [])
    }

    @Test func aThingInTwoPlacesIsFound() {
        ada.contents.append(lamp)
        #expect(world.violations().contains("\(ada.id) lists \(lamp.id), which is elsewhere"))
    }

    @Test func contentsOutOfOrderAreFound() {
        hall.contents.swapAt(0, 1)
        #expect(world.violations().contains("\(hall.id) lists \(lamp.id) after what came later"))
    }

    @Test func aThingInsideItselfIsFound() {
        hall.location = ada
        #expect(world.violations().contains("\(ada.id) is inside itself"))
    }

    @Test func aNameThatIsGoneIsFound() {
        world.personasByName["zoe"] = ada
        world.byContentKey["house/attic"] = hall
        let found = world.violations()
        #expect(found.contains("the player zoe is said to be \(ada.id)"))
        #expect(found.contains("the content key house/attic is said to be \(hall.id)"))
    }

    @Test func aReferenceThatIsNotThereIsFound() {
        world.namedBy[lamp.id, default: []].insert(Referrer(thing: ada.id, key: PropertyKey(.home)))
        #expect(world.violations() == ["\(lamp.id) believes that \(ada.id) names it"])
    }

    @Test func aWrongIndexOfValuesIsFound() {
        world.valueIndexes[PropertyKey(.name)]?[.text("brass lamp")] = [ada]
        #expect(world.violations() == ["things are listed wrongly by their name"])
    }

    @Test func aWrongIndexOfNamesIsFound() {
        hall.nameIndex?.remove(lamp)
        #expect(world.violations() == ["\(hall.id) does not know its contents by their names"])
    }

    @Test func whatIsMadeOrLostByATurnIsFound() {
        let before = world.ledger()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        #expect(world.set(named: "amount", to: .int(5), on: lamp))
        let record = world.endTurn()
        #expect(world.ledger().imbalance(since: before, record) == "a turn changed the sum of all amounts")
        world.things[lamp.id] = nil
        #expect(world.ledger().imbalance(since: before, nil) == "a turn made or lost -1 things")
    }

    /// Somebody may still hold what has ended.
    @Test func whatHasEndedChangesNoMore() throws {
        let other = World()
        try other.restore(world.snapshot(), nextID: world.nextID, sequence: world.sequence)
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        world.destroy(lamp)
        world.set(.name, to: "ghost", on: lamp)
        world.move(lamp, to: hall)
        world.move(ada, to: lamp)
        world.set(.home, to: lamp, on: ada)
        world.set(.name, to: "nobody", on: Thing.makeNobody())
        let record = try #require(world.endTurn())
        #expect(world.strays(in: record) == [] && world.violations() == [])
        try other.replay(record)
        #expect(other.dump() == world.dump())
        let stray = TurnRecord(
            sequence: 1, time: record.time,
            changes: record.changes + [
                .set(lamp.id, name: "name", .text("ghost")), .set(ThingID(0), name: "name", nil),
            ])
        #expect(world.strays(in: stray) == [lamp.id, ThingID(0)])
    }

    @Test func aDumpTellsWorldsApart() throws {
        let other = World()
        try other.restore(world.snapshot(), nextID: world.nextID, sequence: world.sequence)
        #expect(other.dump() == world.dump())
        other[hall.id]?.contents.swapAt(0, 1)
        #expect(other.dump() != world.dump())
    }
}
