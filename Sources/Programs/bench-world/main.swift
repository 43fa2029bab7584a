import Basics
import Glibc
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

// What the world costs without any door or disk:
//   bench-world play           `look`, `say` and parsing in a room of 200 things and 50 players
//   bench-world lines COUNT    parsing of hostile and ordinary lines in a room of COUNT things
//   bench-world load COUNT     restoring COUNT things, and looking around among them
// Prints `RESULT name … …` lines, in microseconds of CPU for one turn or line unless the name says otherwise.

let clock = ContinuousClock()

func microseconds(_ duration: Duration) -> Double {
    let parts = duration.components
    return Double(parts.seconds) * 1e6 + Double(parts.attoseconds) / 1e12
}

/// What this thread has used of a CPU; what other programs do meanwhile does not count.
func cpuMicroseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
}

/// Median, 99th percentile and maximum of many single turns.
func measure(_ name: String, rounds: Int = 2000, _ body: () -> Void) {
    for _ in 0..<min(rounds / 4, 200) { body() }
    var times: [Double] = []
    times.reserveCapacity(rounds)
    for _ in 0..<rounds {
        let start = cpuMicroseconds()
        body()
        times.append(cpuMicroseconds() - start)
    }
    times.sort()
    func at(_ share: Double) -> String { rounded(times[min(Int(Double(rounds) * share), rounds - 1)]) }
    print("RESULT \(name) p50=\(at(0.5)) p99=\(at(0.99)) max=\(at(1))")
}

func rounded(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
}

func residentMebibytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, 128, file) != nil else { return 0 }
    let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * 4096 / 1_048_576
}

let adjectives = ["brass", "oak", "old", "small", "green", "iron", "tin", "long", "bent", "wet"]
let nouns = ["lamp", "chair", "book", "key", "box", "rope", "cup", "plate", "nail", "stone", "glove", "pipe"]

/// A room of so many things and players, with a dark one below and windows into two others.
func makeRoom(things: Int, players: Int) -> (Stage, Thing) {
    let stage = Stage()
    stage.isChecking = false
    let hall = stage.room("Hall", "A high hall. Tapestries cover the walls.")
    for (direction, name) in [(Direction.north, "Garden"), (.east, "Library"), (.down, "Cellar")] {
        let room = stage.room(name, "A room.") { $0.set(.isDark, direction == .down) }
        stage.way(direction, from: hall, to: room)
        stage.change { world in
            for exit in hall.contents where exit.has(.exit) { world.set(.isView, to: true, on: exit) }
        }
    }
    for index in 0..<things {
        let name = "\(adjectives[index % adjectives.count]) \(nouns[(index / 7) % nouns.count])"
        stage.thing(name, in: hall)
    }
    let ada = stage.player("Ada", "she", in: hall)
    for index in 1..<max(players, 1) {
        let letters = [index / 26, index % 26].map { Character(Unicode.Scalar(UInt8(97 + $0))) }
        stage.player("Player" + String(letters), in: hall)
    }
    return (stage, ada)
}

func play() {
    let (stage, ada) = makeRoom(things: 200, players: 50)
    measure("look things=200 players=50") { _ = stage.play("look", by: ada) }
    measure("examine things=200 players=50") { _ = stage.play("x second brass lamp", by: ada) }
    measure("say listeners=50") { _ = stage.play("say Good evening to you all.", by: ada) }
    measure("refused things=200") { _ = stage.play("get zebra", by: ada) }
    let (square, speaker) = makeRoom(things: 10, players: 1000)
    measure("say listeners=1000", rounds: 500) { _ = square.play("say Good evening to you all.", by: speaker) }
}

func lines(_ count: Int) {
    let (stage, ada) = makeRoom(things: count, players: 50)
    let long = String(repeating: "get lamp and ", count: 150)
    let samples = [
        "x brass lamp", "get zebra", "x lam", "get 3.stone", "get all except lamps", "put key in box",
        "give cup to ben",
        "get cup from second box", "x " + String(repeating: "brass ", count: 300) + "lamp", long + "key",
        "say " + String(repeating: "word ", count: 400), String(repeating: "a", count: 2000),
        String(repeating: "and ", count: 500), "get 2 lamps, 3 books and all keys except the brass one",
    ]
    for line in samples {
        measure("line things=\(count) \"\(line.prefix(30))\"", rounds: 400) {
            _ = stage.parse(line, by: ada)
        }
    }
}

func load(_ count: Int) {
    let before = residentMebibytes()
    var stored: [StoredThing] = []
    stored.reserveCapacity(count)
    let rooms = max(count / 20, 1)
    for index in 0..<count {
        var properties: [String: Value] = [:]
        if index < rooms {
            properties["faculties"] = .list([.text("place")])
            properties["name"] = .text("Room \(index)")
            properties["description"] = .text("A room like any other.")
        } else {
            let room = UInt64(index % rooms + 1)
            properties["name"] = .text("\(adjectives[index % 10]) \(nouns[index % 12])")
            properties["location"] = .list([.thing(ThingID(room)), .int(Int64(index))])
            properties["description"] = .text("It is number \(index).")
            properties["prototype"] = index % 3 == 0 && index > rooms + 1 ? .thing(ThingID(UInt64(rooms + 1))) : nil
        }
        stored.append(StoredThing(id: ThingID(UInt64(index + 1)), properties: properties))
    }
    let made = residentMebibytes()
    let world = World()
    let spent = clock.measure {
        do { try world.restore(stored, nextID: UInt64(count + 1), sequence: 1) } catch { print("failed: \(error)") }
    }
    let after = residentMebibytes()
    print(
        "RESULT load things=\(count) ms=\(rounded(microseconds(spent) / 1000)) mib=\(after - made) "
            + "(stored form \(made - before))")
    let checking = clock.measure { print("violations: \(world.violations().count)") }
    print("RESULT check things=\(count) ms=\(rounded(microseconds(checking) / 1000))")
    guard let prototype = world[ThingID(UInt64(rooms + 1))] else { return }
    var number = 0
    measure("change of a prototype things=\(count)", rounds: 50) {
        number += 1
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        world.set(.name, to: "thing \(number)", on: prototype)
        _ = world.endTurn()
    }
}

let arguments = Array(CommandLine.arguments.dropFirst())
switch (arguments.first, arguments.dropFirst().first.flatMap { Int($0) }) {
case ("play"?, nil): play()
case ("lines"?, let count?) where count >= 0: lines(count)
case ("load"?, let count?) where count > 0: load(count)
default:
    print("usage: bench-world play | lines COUNT | load COUNT")
    exit(2)
}
