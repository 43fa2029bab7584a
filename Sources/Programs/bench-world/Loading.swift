import Basics
import WorldModel
import WorldStore

/// What a world of so many things takes to come into memory, and to stay there.
///
/// One in a process, or memory that was let go of would be used again and not be counted.
func measureLoading(_ count: Int) {
    let stored = storedWorld(count)
    measureLoading("restored from memory") { try $0.restore(stored, nextID: UInt64(count + 1), sequence: 1) }
}

/// What the world of a database takes to come into memory, and to stay there.
func measureReading(_ path: String) {
    measureLoading("read from SQLite") { world in
        let store = try StoredWorld(path: path, options: options)
        _ = try store.load(into: world)
        try store.close()
    }
}

private func measureLoading(_ name: String, _ load: (World) throws -> Void) {
    let before = residentMebibytes()
    let world = World()
    let start = cpuMicroseconds()
    do { try load(world) } catch { print("failed: \(error)") }
    let spent = (cpuMicroseconds() - start) / 1000
    let grown = residentMebibytes() - before
    let checking = cpuMicroseconds()
    let violations = world.violations()
    if let first = violations.first { print("\(violations.count) rules broken: \(first)") }
    var table = Table("a world \(name)", "things", "ms of CPU", "MiB", "octets a thing", "ms to check")
    table.add(
        "", "\(world.things.count)", rounded(spent), "\(grown)", "\(grown * 1_048_576 / max(world.things.count, 1))",
        rounded((cpuMicroseconds() - checking) / 1000))
    table.show()
}

private var options: StoreOptions {
    var options = StoreOptions()
    options.ballastBytes = 0
    options.locksDirectory = false
    return options
}

/// Twenty things to a room, a third of which inherit from a thing.
func storedWorld(_ count: Int) -> [StoredThing] {
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
    return stored
}

/// Makes a database with a world of so many things.
func fill(_ path: String, _ count: Int) {
    do {
        let store = try StoredWorld(path: path, options: options)
        let committer = store.startCommitter(
            events: CommitterEvents(onDurable: { _ in }, onStalled: { _ in }, onRecovered: {}, onFatal: { print($0) }))
        committer.submit(records(of: storedWorld(count)))
        committer.stop()
    } catch {
        print("failed: \(error)")
    }
}

/// Turns that make a world, a thousand things in each; all exist before any is described.
private func records(of stored: [StoredThing]) -> [TurnRecord] {
    let part = 1000
    var changes: [[Change]] = []
    for start in stride(from: 0, to: stored.count, by: part) {
        changes.append(stored[start..<min(start + part, stored.count)].map { .create($0.id) })
    }
    for start in stride(from: 0, to: stored.count, by: part) {
        changes.append(
            stored[start..<min(start + part, stored.count)].flatMap { thing in
                thing.properties.sorted { $0.key < $1.key }.map { .set(thing.id, name: $0.key, $0.value) }
            })
    }
    return changes.enumerated().map { index, changes in
        TurnRecord(sequence: UInt64(index + 1), time: WallInstant(milliseconds: 0), changes: changes)
    }
}
