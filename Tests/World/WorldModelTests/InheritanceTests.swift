import Basics
import Testing
import WorldModel

/// What heirs have from their prototypes, live.
@Suite struct InheritanceTests {
    private let world = World()
    private let kind: Thing
    private let lamp: Thing

    init() {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
        kind = world.create([.prototype, .light])
        world.set(.name, to: "oil lamp", on: kind)
        lamp = world.create(prototype: kind)
    }

    @Test func everyPropertyFollowsThePrototypeUntilItIsOverridden() {
        #expect(lamp.name == "oil lamp" && lamp.words.nouns == ["lamp"])
        world.set(.name, to: "oil lantern", on: kind)
        #expect(lamp.name == "oil lantern" && lamp.words.nouns == ["lantern"])
        let key = PropertyKey(.name)
        #expect(lamp.ownValue(of: key) == nil && lamp.testator(of: key) === kind)
        world.set(.name, to: "candle", on: lamp)
        world.set(.name, to: "torch", on: kind)
        #expect(lamp.name == "candle" && lamp.testator(of: key) === kind)
        world.set(key, to: nil, on: lamp)
        #expect(lamp.name == "torch")
    }

    @Test func aThingIsAPrototypeWithoutBeingCalledOne() {
        let copy = world.create(prototype: lamp)
        #expect(copy.name == "oil lamp" && copy.has(.light))
        world.set(.name, to: "brass lamp", on: lamp)
        #expect(copy.words.adjectives == ["brass"])
        world.attach(.wearable, to: lamp)
        #expect(copy.has(.wearable) && copy.ownFaculties.isEmpty)
        #expect(world.violations() == [])
        world.destroy(lamp)
        #expect(copy.name == "brass lamp" && copy.has([.light, .wearable]) && copy.prototype === kind)
        #expect(world.violations() == [])
    }

    @Test func facultiesComeAndGo() {
        world.detach(.light, from: lamp)
        #expect(!lamp.has(.light) && lamp.lackedFaculties == .light && kind.has(.light))
        let copy = world.create(prototype: lamp)
        #expect(!copy.has(.light))
        world.attach([.light, .container], to: lamp)
        #expect(lamp.has([.light, .container]) && lamp.lackedFaculties.isEmpty && copy.has(.container))
        world.detach([.light, .container], from: lamp)
        #expect(!lamp.hasAny(of: [.light, .container]))
        world.detach(.light, from: kind)
        world.attach(.light, to: kind)
        #expect(!lamp.has(.light))
        world.destroy(kind)
        #expect(!lamp.has(.light) && lamp.prototype == nil)
        #expect(world.violations() == [])
    }

    @Test func whatIsLackedSurvivesALoad() throws {
        world.detach(.light, from: lamp)
        _ = world.endTurn()
        let other = World()
        try other.restore(world.snapshot(), nextID: world.nextID, sequence: world.sequence)
        #expect(other[lamp.id]?.has(.light) == false && other[lamp.id]?.heirs.isEmpty == true)
        #expect(other[kind.id]?.heirs.map(\.id) == [lamp.id])
        #expect(other.violations() == [])
    }

    @Test func thingsAreFoundByWhatTheyHave() {
        let (one, two) = (world.create(), world.create())
        world.set(.area, to: "Cove", on: one)
        #expect(world.things(.area, equal: .text("Cove")) == [one])
        world.set(.area, to: "Cove", on: two)
        #expect(world.things(.area, equal: .text("Cove")) == [one, two])
        world.set(.area, to: "Town", on: one)
        #expect(world.things(.area, equal: .text("Cove")) == [two])
        world.rehearse { _ = world.destroy(two) }
        #expect(world.things(.area, equal: .text("Cove")) == [two])
        world.destroy(two)
        #expect(world.things(.area, equal: .text("Cove")).isEmpty)
    }

    @Test func theLedgerTellsWhatWasLost() {
        #expect(world.set(named: "amount", to: .int(5), on: lamp))
        _ = world.endTurn()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
        let before = world.ledger()
        #expect(before.things == 2 && before.amount == 5)
        #expect(world.ledger().imbalance(since: before, nil) == nil)
        #expect(world.set(named: "amount", to: .int(6), on: lamp))
        #expect(world.ledger().imbalance(since: before, nil) == "a turn changed the sum of all amounts")
        _ = world.create()
        #expect(world.ledger().imbalance(since: before, nil) == "a turn made or lost 1 things")
        #expect(world.ledger().imbalance(since: before, world.endTurn()) == nil)
    }
}
