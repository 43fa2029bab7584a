/// The properties of one thing: a dozen at most, so a run through an array beats a hash table.
///
/// - Complexity: reading and writing are O(*n*) in the number of properties.
struct PropertyTable {
    private struct Entry {
        var key: PropertyKey
        var value: Value
    }

    private var entries: [Entry] = []

    subscript(key: PropertyKey) -> Value? {
        get {
            // By index, because a copy of every entry on the way would count its references.
            var index = 0
            while index < entries.count {
                if entries[index].key == key { return entries[index].value }
                index += 1
            }
            return nil
        }
        set {
            let index = entries.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): entries[index].value = value
            case (let index?, nil): entries.remove(at: index)
            case (nil, let value?): entries.append(Entry(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    /// Everything in the order of the keys.
    var sorted: [(key: PropertyKey, value: Value)] {
        entries.sorted { $0.key.index < $1.key.index }.map { ($0.key, $0.value) }
    }
}
