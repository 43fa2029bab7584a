import Basics
package import WorldModel

/// Plays random turns on a world, the same for the same seed.
///
/// The world holds a few rooms that stay, things that come, change, move and go, and one treasure of coins that turns
/// pass around: a half-applied turn breaks ``World/violations()`` or the number of coins.
package struct WorldScript {
    private var generator: SeededGenerator
    private var clock: Int64 = 1_000
    package let world: World
    /// Coins in the whole world once the first turn is played.
    package static let coins = 1_000

    private static let purses = 8
    private static let coinsName = "coins"

    package init(world: World = World(), seed: UInt64) {
        self.world = world
        generator = SeededGenerator(seed: seed)
    }

    /// Plays one turn that changes something.
    package mutating func play() -> TurnRecord {
        while true {
            clock += 1
            world.beginTurn(at: WallInstant(milliseconds: clock), seed: generator.next())
            if world.things.isEmpty { found() } else { act() }
            // Some turns fail after changing things; they must leave no trace in the log.
            if Int.random(in: 0..<20, using: &generator) == 0 {
                world.rollBack()
            } else if let record = world.endTurn() {
                return record
            }
        }
    }

    /// Plays `count` turns.
    package mutating func play(_ count: Int) -> [TurnRecord] {
        (0..<count).map { _ in play() }
    }

    /// The coins in all purses; ``coins`` unless something is half done.
    package static func coins(in world: World) -> Int {
        world.things.values.reduce(0) { $0 + Int(coins(of: $1, in: world)) }
    }

    private func found() {
        for index in 0..<Self.purses {
            let room = world.create(.place)
            world.set(.name, to: "Room \(index)", on: room)
            _ = world.set(named: Self.coinsName, to: .int(index == 0 ? Int64(Self.coins) : 0), on: room)
        }
    }

    private mutating func act() {
        let rooms = purses
        switch Int.random(in: 0..<10, using: &generator) {
        case 0...2: addThing(to: pick(rooms))
        case 3: if let thing = pickThing() { world.destroy(thing) }
        case 4...6: pay(from: pick(rooms), to: pick(rooms))
        default: if let thing = pickThing() { change(thing, in: pick(rooms)) }
        }
    }

    private var purses: [Thing] {
        (1...Self.purses).compactMap { world[ThingID(UInt64($0))] }
    }

    private mutating func pick(_ things: [Thing]) -> Thing {
        things[Int.random(in: 0..<things.count, using: &generator)]
    }

    private mutating func pickThing() -> Thing? {
        let ids = world.things.keys.filter { $0.number > UInt64(Self.purses) }.sorted()
        return ids.isEmpty ? nil : world[ids[Int.random(in: 0..<ids.count, using: &generator)]]
    }

    private mutating func addThing(to place: Thing) {
        let thing = world.create()
        world.set(.name, to: "thing \(generator.next() % 1_000)", on: thing)
        world.set(.nouns, to: ["thing", "item"], on: thing)
        world.move(thing, to: place)
    }

    private mutating func change(_ thing: Thing, in place: Thing) {
        world.move(thing, to: place)
        let length = Int.random(in: 0..<300, using: &generator)
        world.set(.description, to: String(repeating: "é", count: length), on: thing)
        world.set(PropertyKey(.open), to: Bool.random(using: &generator) ? .bool(true) : nil, on: thing)
    }

    private mutating func pay(from payer: Thing, to payee: Thing) {
        guard payer !== payee else { return }
        let purse = Self.coins(of: payer, in: world)
        let other = Self.coins(of: payee, in: world)
        let sum = Int64.random(in: 0...purse, using: &generator)
        _ = world.set(named: Self.coinsName, to: .int(purse - sum), on: payer)
        _ = world.set(named: Self.coinsName, to: .int(other + sum), on: payee)
    }

    private static func coins(of thing: Thing, in world: World) -> Int64 {
        for (key, value) in thing.ownProperties where world.names.name(of: key) == coinsName {
            if case .int(let count) = value { return count }
        }
        return 0
    }
}
