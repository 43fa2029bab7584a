import Basics
import WorldModel

/// Whether each thing makes sense for itself and in what it is in.
struct ShapeCheck {
    private let content: WorldContent
    private let sink: DiagnosticSink
    private let contents: [String: [Declaration]]
    private let exits: [String: [Declaration]]

    init(_ content: WorldContent, _ sink: DiagnosticSink) {
        self.content = content
        self.sink = sink
        contents = Dictionary(grouping: content.things.filter { $0.location != nil }) { $0.location?.key ?? "" }
        exits = Dictionary(grouping: content.exits) { $0.location?.key ?? "" }
    }

    func run() {
        for prototype in content.prototypes { checkPrototypes(prototype) }
        for thing in content.things { checkThing(thing) }
        for door in content.doors where door.text(.description).isEmpty {
            sink.warning(door.position, "\(door.label) has no description")
        }
        for room in content.rooms { checkScenery(room) }
        for lock in content.doors + content.things { checkKey(of: lock) }
    }

    private func checkPrototypes(_ prototype: Declaration) {
        let line = content.ancestry(of: prototype)
        if line.last?.references[.prototype]?.key == prototype.key {
            sink.error(prototype.position, "\(prototype.label) is its own prototype")
        }
    }

    /// Whoever leaves the game with the key to a lock would keep everybody else out.
    private func checkKey(of lock: Declaration) {
        guard let key = lock.references[.key].flatMap({ content[$0.key] }), key.kind == .thing,
            content.value(.fixed, of: key) == nil, !content.flag(.stays, of: key)
        else { return }
        sink.warning(
            key.position, "\(key.label) opens \(lock.label), but players can leave with it; give it `stays: true`")
    }

    private func checkThing(_ thing: Declaration) {
        let faculties = content.faculties(of: thing)
        let noun = faculties.contains(.persona) ? "creature" : "thing"
        if content.value(.name, of: thing) == nil {
            sink.error(thing.position, "\(noun) \(thing.key) has no name")
        }
        if content.value(.description, of: thing) == nil {
            sink.warning(thing.position, "\(thing.label) has no description")
        }
        checkLocation(thing)
        checkInitial(thing)
        if thing.flag(.worn) { checkWorn(thing, faculties) }
        if faculties.contains(.container) { checkContainer(thing) }
    }

    /// A room tells `initial` of what stands in it, and taking a thing ends it.
    private func checkInitial(_ thing: Declaration) {
        guard thing.state[.initial] != nil, let enclosure = thing.location.flatMap({ content[$0.key] }),
            enclosure.kind == .thing
        else { return }
        sink.warning(thing.position, "initial of \(thing.label) is never shown, because it is in \(enclosure.label)")
    }

    private func checkLocation(_ thing: Declaration) {
        guard let location = thing.location, let enclosure = content[location.key] else { return }
        var current = enclosure
        var steps: Set<String> = [current.key]
        while let next = current.location.flatMap({ content[$0.key] }) {
            if !steps.insert(next.key).inserted { break }
            current = next
        }
        if steps.contains(thing.key) {
            return sink.error(location.position, "\(thing.label) is inside itself")
        }
        guard enclosure.kind == .thing else { return }
        if content.faculties(of: enclosure).isDisjoint(with: [.container, .persona]) {
            sink.error(location.position, "\(thing.label) is in \(enclosure.label), which holds nothing")
        }
    }

    private func checkWorn(_ thing: Declaration, _ faculties: Faculties) {
        let wearer = thing.location.flatMap { content[$0.key] }
        if !faculties.contains(.wearable) || wearer.map({ content.faculties(of: $0).contains(.persona) }) != true {
            sink.error(thing.position, "\(thing.label) is worn, but is not a wearable on a creature")
        }
    }

    private func checkContainer(_ thing: Declaration) {
        let isSurface = content.flag(.surface, of: thing)
        // A locked one that cannot be opened has been reported as such.
        let opens = content.flag(.open, of: thing) || content.flag(.openable, of: thing)
        if !isSurface, !opens, !content.flag(.locked, of: thing) {
            sink.warning(thing.position, "\(thing.label) is closed and cannot be opened")
        }
        let load = (contents[thing.key] ?? []).reduce(0) { $0 + number(.size, of: $1, 1) }
        let capacity = number(.capacity, of: thing, 10)
        if load > capacity {
            sink.warning(thing.position, "\(thing.label) holds \(load), but has room for \(capacity)")
        }
    }

    private func number(_ property: CoreProperty, of thing: Declaration, _ fallback: Int) -> Int {
        content.value(property, of: thing).flatMap { Int($0) } ?? fallback
    }

    /// A detail with the noun of something that is there hides it, or is hidden by it.
    private func checkScenery(_ room: Declaration) {
        guard case .map(let details)? = room.looks[.details] else { return }
        var owners: [String: String] = [:]
        let doors = (exits[room.key] ?? [])
            .compactMap { $0.references[.door] }.compactMap { content[$0.key] }
        for thing in (contents[room.key] ?? []) + doors {
            for noun in nouns(of: thing) { owners[noun] = thing.label }
        }
        for noun in details.keys.sorted() {
            guard let owner = owners[noun] else { continue }
            sink.warning(room.position, "detail \(noun) of \(room.label) is also a noun of \(owner)")
        }
    }

    private func nouns(of thing: Declaration) -> [String] {
        let own = content.value(.nouns, of: thing).flatMap { [String]($0) } ?? []
        guard case .text(let name)? = content.value(.name, of: thing) else { return own }
        return own + (name.folded.split(separator: " ").last.map { [String($0)] } ?? [])
    }
}
