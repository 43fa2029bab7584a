import WorldModel

/// Whether every lock can be opened with a key that somebody can get without passing that lock.
///
/// Plays the world from its start: goes wherever open ways lead, takes what is in reach, and begins again with the keys.
struct LockCheck {
    private let content: WorldContent
    private let sink: DiagnosticSink
    private let things: [Declaration]

    init(_ content: WorldContent, _ sink: DiagnosticSink) {
        self.content = content
        self.sink = sink
        things = content.things
    }

    func run() {
        guard let start = content.startPlace else { return }
        var rooms: Set<String> = [start.key]
        var reached: Set<String> = []
        while true {
            let before = rooms.count + reached.count
            for exit in content.exits {
                guard let from = exit.location?.key, rooms.contains(from),
                    let destination = exit.references[.destination]?.key, passes(exit, with: reached)
                else { continue }
                rooms.insert(destination)
            }
            for thing in things where isReached(thing, in: rooms, reached) { reached.insert(thing.key) }
            if rooms.count + reached.count == before { break }
        }
        for lock in content.doors + things where content.flag(.locked, of: lock) && !opens(lock, with: reached) {
            let key = content.reference(.key, of: lock)?.key ?? "no key"
            sink.warning(lock.position, "\(lock.label) can never be unlocked: \(key) is out of reach")
        }
    }

    private func passes(_ exit: Declaration, with reached: Set<String>) -> Bool {
        guard let door = exit.references[.door].flatMap({ content[$0.key] }) else { return true }
        return opens(door, with: reached) && (content.flag(.open, of: door) || content.flag(.openable, of: door))
    }

    private func opens(_ lock: Declaration, with reached: Set<String>) -> Bool {
        if !content.flag(.locked, of: lock) { return true }
        guard let key = content.reference(.key, of: lock).flatMap({ content[$0.key] }) else { return false }
        return reached.contains(key.key) && content.value(.fixed, of: key) == nil
    }

    private func isReached(_ thing: Declaration, in rooms: Set<String>, _ reached: Set<String>) -> Bool {
        guard let location = thing.location?.key else { return false }
        if rooms.contains(location) { return true }
        guard reached.contains(location), let enclosure = content[location],
            content.faculties(of: enclosure).contains(.container)
        else { return false }
        if content.flag(.surface, of: enclosure) || content.flag(.open, of: enclosure) { return true }
        return content.flag(.openable, of: enclosure) && opens(enclosure, with: reached)
    }
}
