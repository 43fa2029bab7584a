/// A dictionary of bounded size that forgets what was touched longest ago.
///
/// - Isolation: none; a value type.
/// - Complexity: O(1) for every operation.
struct RecencyTable<Key: Hashable, Value> {
    private struct Entry {
        var key: Key
        var value: Value
        var older: Int
        var newer: Int
    }

    /// The most entries kept at once.
    let capacity: Int
    private var places: [Key: Int] = [:]
    private var entries: [Entry] = []
    private var vacant: [Int] = []
    private var oldest = -1
    private var newest = -1

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    var count: Int { places.count }

    /// The value under a key, without touching it.
    func peek(_ key: Key) -> Value? {
        places[key].map { entries[$0].value }
    }

    /// Stores a value and makes its key the most recent, forgetting the oldest entry when full.
    mutating func store(_ value: Value, for key: Key) {
        if let place = places[key] {
            entries[place].value = value
            unlink(place)
            link(place)
            return
        }
        if places.count == capacity { remove(entries[oldest].key) }
        let entry = Entry(key: key, value: value, older: -1, newer: -1)
        let place = vacant.popLast() ?? entries.count
        if place == entries.count { entries.append(entry) } else { entries[place] = entry }
        places[key] = place
        link(place)
    }

    mutating func remove(_ key: Key) {
        guard let place = places.removeValue(forKey: key) else { return }
        unlink(place)
        vacant.append(place)
    }

    private mutating func link(_ place: Int) {
        entries[place].older = newest
        entries[place].newer = -1
        if newest >= 0 { entries[newest].newer = place } else { oldest = place }
        newest = place
    }

    private mutating func unlink(_ place: Int) {
        let (older, newer) = (entries[place].older, entries[place].newer)
        if older >= 0 { entries[older].newer = newer } else { oldest = newer }
        if newer >= 0 { entries[newer].older = older } else { newest = older }
    }
}
