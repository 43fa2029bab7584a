import Basics
import Testing

@testable import WorldModel

/// What measures people: from the world, from what they inherit from, or their own.
@Suite struct VitalsTests {
    private let world = World()
    private let root: Thing
    private let ada: Thing

    init() {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        root = world.create(.world)
        ada = world.create([.persona, .player])
        _ = world.endTurn()
    }

    private func change(_ body: () -> Void) {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        body()
        _ = world.endTurn()
    }

    @Test func nothingMeasuresAnybodyAtFirst() {
        #expect(world.vitals(of: ada).isEmpty)
        change { #expect(world.changeVital("health", by: 1, of: ada) == nil) }
    }

    @Test func changesStayBetweenNothingAndTheMost() {
        change { world.set(.vitals, to: ["health": [15, 20], "mana": [3, 9]], on: root) }
        #expect(world.vitals(of: ada).map(\.name) == ["health", "mana"])
        change { world.changeVital("health", by: 100, of: ada) }
        #expect(world.vitals(of: ada)[0] == Vital(name: "health", now: 20, most: 20))
        change { world.changeVital("health", by: .min, of: ada) }
        #expect(world.vitals(of: ada)[0] == Vital(name: "health", now: 0, most: 20))
        change { world.changeVital("health", by: .max, of: ada) }
        #expect(world.vitals(of: ada)[0].now == 20)
        #expect(world.vitals(of: ada)[1] == Vital(name: "mana", now: 3, most: 9), "the other stays")
        #expect(world.vitals(of: root)[0].now == 15, "and so does the world's own")
    }

    @Test func aCreatureHasWhatItsKindHasAndNothingOfTheWorld() {
        change {
            world.set(.vitals, to: ["health": [20, 20]], on: root)
            let kind = world.create(.prototype)
            world.set(.vitals, to: ["anger": [1, 5]], on: kind)
            let cat = world.create(.persona, prototype: kind)
            #expect(world.vitals(of: cat) == [Vital(name: "anger", now: 1, most: 5)])
            #expect(world.vitals(of: world.create(.persona)).isEmpty)
        }
    }

    @Test(arguments: [
        ["health": Value.text("much")], ["health": .list([])], ["health": .list([.text("x")])], ["": .list([.int(1)])],
        ["UPPER": .list([.int(1)])], ["x y": .list([.int(1)])],
    ])
    func storedValuesThatMakeNoSenseMeasureNothing(stored: [String: Value]) {
        change { world.set(PropertyKey(.vitals), to: .map(stored), on: ada) }
        #expect(world.vitals(of: ada).isEmpty)
    }

    @Test func storedNumbersAreKeptInBounds() {
        let stored: [String: Value] = [
            "a": .list([.int(.min), .int(.max)]), "b": .list([.int(7)]), "c": .list([.int(9), .int(4)]),
        ]
        change { world.set(PropertyKey(.vitals), to: .map(stored), on: ada) }
        #expect(
            world.vitals(of: ada) == [
                Vital(name: "a", now: 0, most: World.greatestVital), Vital(name: "b", now: 7, most: 7),
                Vital(name: "c", now: 4, most: 4),
            ])
    }

    @Test func thereAreAtMostSoMany() {
        var stored: [String: [Int]] = [:]
        for first in "abcdefghij" { for second in "abc" { stored["\(first)\(second)"] = [1, 1] } }
        change { world.set(.vitals, to: stored, on: ada) }
        #expect(world.vitals(of: ada).count == World.mostVitals)
    }
}
