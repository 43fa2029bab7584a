import Basics

/// Events that wait to be told, in order; the first half of a move holds up what follows until the move is clear.
struct FileEventQueue {
    private struct Entry {
        var event: FileEvent
        /// The cookie of a move of which only this, the first half, is known.
        var half: UInt32?
        /// The cookie of the unclear move of a directory that this happened in.
        var inside: UInt32?
    }

    private struct Half {
        var cookie: UInt32
        var deadline: MonotonicInstant
    }

    private let limit: Int
    /// Nil where an entry was taken out of the middle.
    private var entries: [Entry?] = []
    private var head = 0
    private var positions: [UInt32: Int] = [:]
    private var halves: [Half] = []
    /// Whether any entry may be one inside a directory whose move is unclear.
    private var hasInsiders = false

    init(limit: Int) { self.limit = limit }

    /// The deadline of the oldest unclear move; nil when there is none.
    var nextDeadline: MonotonicInstant? { halves.first { positions[$0.cookie] != nil }?.deadline }

    /// Whether ``next()`` would give an event.
    var hasNext: Bool {
        guard let entry = entries[head...].first(where: { $0 != nil }) else { return false }
        return entry?.half == nil
    }

    /// Whether at least so many events wait.
    func hasMany(_ count: Int) -> Bool { entries.count - head >= count }

    /// Adds an event; `inside` is the cookie of the unclear move of a directory above it.
    ///
    /// - Returns: False when there is no room.
    mutating func append(_ event: FileEvent, inside: UInt32? = nil) -> Bool {
        guard entries.count - head < limit else { return false }
        entries.append(Entry(event: event, half: nil, inside: inside))
        if inside != nil { hasInsiders = true }
        return true
    }

    /// Adds the first half of a move, a move out unless the second half comes before the deadline.
    mutating func appendHalf(
        _ event: FileEvent, cookie: UInt32, deadline: MonotonicInstant, inside: UInt32? = nil
    ) -> Bool {
        guard append(event, inside: inside) else { return false }
        entries[entries.count - 1]?.half = cookie
        positions[cookie] = entries.count - 1
        halves.append(Half(cookie: cookie, deadline: deadline))
        return true
    }

    /// The old name in a move of which only the first half is known; nil when that itself is in doubt.
    func origin(ofHalf cookie: UInt32) -> WatchedPath? {
        guard let position = positions[cookie], let entry = entries[position], entry.inside == nil else { return nil }
        return entry.event.path
    }

    /// Takes the first half of a move out, because the second has come.
    mutating func removeHalf(_ cookie: UInt32) {
        if let position = positions.removeValue(forKey: cookie) { entries[position] = nil }
    }

    /// Lets the first half of a move be a move out.
    mutating func settleHalf(_ cookie: UInt32) {
        guard let position = positions.removeValue(forKey: cookie) else { return }
        entries[position]?.half = nil
        dropEvents(inside: [cookie])
    }

    /// Lets moves be moves out whose second half has not come in time, or all of them.
    ///
    /// What happened in such a directory afterwards happened elsewhere, and is dropped.
    ///
    /// - Returns: The cookies of these moves.
    mutating func giveUpHalves(by now: MonotonicInstant?) -> Set<UInt32> {
        var cookies: Set<UInt32> = []
        let late = halves.prefix { half in now.map { half.deadline <= $0 } ?? true }
        for half in late {
            guard let position = positions.removeValue(forKey: half.cookie) else { continue }
            entries[position]?.half = nil
            cookies.insert(half.cookie)
        }
        halves.removeFirst(late.count)
        dropEvents(inside: cookies)
        return cookies
    }

    private mutating func dropEvents(inside cookies: Set<UInt32>) {
        guard hasInsiders, !cookies.isEmpty else { return }
        for index in head..<entries.count {
            if let inside = entries[index]?.inside, cookies.contains(inside) { entries[index] = nil }
        }
    }

    /// Takes the next event that can be told.
    mutating func next() -> FileEvent? {
        while head < entries.count, entries[head] == nil { head += 1 }
        guard head < entries.count else {
            removeAll()
            return nil
        }
        guard let entry = entries[head], entry.half == nil else { return nil }
        entries[head] = nil
        head += 1
        compact()
        return entry.event
    }

    /// Gives back the room of what was told, when that is most of it.
    private mutating func compact() {
        if head == entries.count { return removeAll() }
        guard head > 1024, head > entries.count / 2 else { return }
        entries.removeFirst(head)
        for (cookie, position) in positions { positions[cookie] = position - head }
        halves.removeAll { positions[$0.cookie] == nil }
        head = 0
    }

    /// Drops everything.
    mutating func removeAll() {
        entries.removeAll(keepingCapacity: entries.count <= 1024)
        head = 0
        positions.removeAll()
        halves.removeAll()
        hasInsiders = false
    }
}
