import Basics
import WorldModel
import WorldTesting
import WorldVerbs

/// How the time of something may grow with the size of what it is done to.
enum Growth: String {
    case constant
    case linear

    /// How many times longer four times the size may take: with much slack, and far below what the next worse growth takes.
    var limit: Double {
        switch self {
        case .constant: 2.5
        case .linear: 8
        }
    }
}

/// A claim about complexity, to be tried at one, two and four times a size.
struct Guard {
    let name: String
    let growth: Growth
    /// The smallest size.
    let size: Int
    /// Makes what is measured at a size.
    let make: (Int) -> () -> Void

    /// Times a size is measured again before the claim counts as broken; of all the shortest is taken.
    private static let attempts = 4
    /// Microseconds that a single measurement lasts at least.
    private static let shortest = 3000.0

    /// Tries it.
    ///
    /// - Returns: The times in microseconds, and whether they bear the claim out.
    func attempt() -> (times: [Double], holds: Bool) {
        let bodies = [1, 2, 4].map { make(size * $0) }
        var times = [Double](repeating: .infinity, count: bodies.count)
        for _ in 0..<Self.attempts {
            for (index, body) in bodies.enumerated() { times[index] = min(times[index], Self.time(of: body)) }
            if times[2] <= times[0] * growth.limit { return (times, true) }
        }
        return (times, false)
    }

    /// The shortest of several measurements of what it takes once.
    private static func time(of body: () -> Void) -> Double {
        body()
        var best = Double.infinity
        for _ in 0..<5 {
            let start = cpuMicroseconds()
            var count = 0.0
            repeat {
                body()
                count += 1
            } while cpuMicroseconds() - start < shortest
            best = min(best, (cpuMicroseconds() - start) / count)
        }
        return best
    }
}

private func playing(_ line: String, _ room: (Stage, Thing)) -> () -> Void { { _ = room.0.play(line, by: room.1) } }

private func reading(_ line: String, _ room: (Stage, Thing)) -> () -> Void { { _ = room.0.parse(line, by: room.1) } }

private func guards() -> [Guard] {
    let room = makeRoom(things: 20, players: 5)
    return [
        Guard(name: "look, things in the room", growth: .linear, size: 250) {
            playing("look", makeRoom(things: $0, players: 5))
        },
        Guard(name: "look, players in the room", growth: .linear, size: 50) {
            playing("look", makeRoom(things: 20, players: $0))
        },
        Guard(name: "look, things elsewhere", growth: .constant, size: 5_000) {
            playing("look", makeRoom(things: 20, players: 5, elsewhere: $0))
        },
        Guard(name: "say, players in the room", growth: .linear, size: 250) {
            playing("say Good evening.", makeRoom(things: 20, players: $0))
        },
        Guard(name: "chat, listeners", growth: .linear, size: 250) {
            let (stage, ada) = makeRoom(things: 20, players: $0)
            stage.channel("chat", isDefault: true)
            return playing("chat Good evening.", (stage, ada))
        },
        Guard(name: "say, players elsewhere", growth: .constant, size: 250) { count in
            let (stage, ada) = makeRoom(things: 20, players: count)
            stage.change { world in
                guard let cellar = world.things.values.first(where: { $0.name == "Cellar" }) else { return }
                for player in stage.players.dropFirst(5) { world.move(player, to: cellar) }
            }
            return playing("say Good evening.", (stage, ada))
        },
        Guard(name: "gesture in the dark, players in the room", growth: .linear, size: 250) { count in
            let (stage, ada) = makeRoom(things: 20, players: count)
            stage.change { world in
                if let hall = ada.location { world.set(.isDark, to: true, on: hall) }
                // A table with one gesture that nobody hears.
                if let root = world.root { world.set(.socials, to: ["smile": ["alone": "<smile>."]], on: root) }
            }
            return playing("smile", (stage, ada))
        },
        Guard(name: "naming one thing, things in the room", growth: .constant, size: 500) { count in
            let (stage, ada) = makeRoom(things: count, players: 5)
            if let hall = ada.location { stage.thing("golden sceptre", in: hall) }
            return reading("x golden sceptre", (stage, ada))
        },
        Guard(name: "naming nothing, things in the room", growth: .constant, size: 500) {
            reading("get unicorns", makeRoom(things: $0, players: 5))
        },
        Guard(name: "get and drop, things in the room", growth: .linear, size: 500) { count in
            let (stage, ada) = makeRoom(things: count, players: 5)
            return {
                _ = stage.play("get brass lamp", by: ada)
                _ = stage.play("drop brass lamp", by: ada)
            }
        },
        Guard(name: "words that are said", growth: .linear, size: 100) {
            reading("say " + String(repeating: "word ", count: $0), room)
        },
        Guard(name: "words of a command", growth: .linear, size: 20) {
            reading("get " + (0..<$0 / 4).map { "old lamp\($0) and" }.joined(separator: " ") + " key", room)
        },
        Guard(name: "words without a meaning", growth: .linear, size: 100) {
            reading(String(repeating: "and ", count: $0), room)
        },
        Guard(name: "restoring things", growth: .linear, size: 5_000) { count in
            let stored = storedWorld(count)
            return { try? World().restore(stored, nextID: UInt64(count + 1), sequence: 1) }
        },
        Guard(name: "changing what others inherit", growth: .linear, size: 1_000) { count in
            let world = World()
            try? world.restore(storedWorld(count * 3), nextID: UInt64(count * 3 + 1), sequence: 1)
            var number = 0
            return {
                guard let prototype = world.things.values.first?.prototype ?? world[ThingID(UInt64(count * 3 / 20 + 1))]
                else { return }
                number += 1
                world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
                world.set(.name, to: "thing \(number)", on: prototype)
                _ = world.endTurn()
            }
        },
        Guard(name: "taking back a turn", growth: .linear, size: 500) { count in
            let world = World()
            return {
                world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
                for _ in 0..<count { world.set(.name, to: "a", on: world.create()) }
                world.rollBack()
            }
        },
    ]
}

/// Tries every claim.
///
/// - Returns: Whether all of them hold.
func tryGuards() -> Bool {
    var table = Table("growth, µs of CPU", "size", "n", "2n", "4n", "4n / n", "allowed", "")
    var isGood = true
    for claim in guards() {
        let (times, holds) = claim.attempt()
        isGood = isGood && holds
        table.add(
            claim.name, "\(claim.size)", rounded(times[0]), rounded(times[1]), rounded(times[2]),
            rounded(times[2] / times[0]),
            "\(rounded(claim.growth.limit)) (\(claim.growth))", holds ? "" : "FAILED")
    }
    table.show()
    return isGood
}
