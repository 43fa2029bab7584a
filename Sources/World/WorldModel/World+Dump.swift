/// A world as text, to compare it with another.
extension World {
    /// Everything there is and what is derived from it, a line each, in an order that depends on nothing else.
    ///
    /// Worlds with the same dump have the same things with the same properties, contents in the same order, heirs,
    /// names and references; only the numbers of the arrivals to come may differ.
    /// - Returns: The lines; those of things are by number, those of properties by name.
    /// - Complexity: O(*n* log *n*) in the properties of all things.
    package func dump() -> [String] {
        var lines = ["turn \(sequence), next thing \(nextID), settings in \(root?.id.description ?? "nothing")"]
        for thing in things.values.sorted(by: { $0.id < $1.id }) {
            let location = thing.location?.id.description ?? "nowhere"
            let heirs = thing.heirs.map(\.id).sorted().map(\.description).joined(separator: " ")
            let contents = thing.contents.map(\.id.description).joined(separator: " ")
            lines.append("\(thing.id) in \(location), holds [\(contents)], heirs [\(heirs)]")
            lines.append(
                "\(thing.id) can \(Self.plain(thing.faculties.value)) of \(thing.prototype?.id.description ?? "-")")
            let named = thing.ownProperties.map { (name: names.name(of: $0.key), value: $0.value) }
            for (name, value) in named.sorted(by: { $0.name < $1.name }) {
                lines.append("\(thing.id) \(name) = \(Self.plain(value))")
            }
        }
        lines += Self.lines("content key", byContentKey) + Self.lines("account", accountsByName)
        lines += Self.lines("character", personasByName)
        for (id, referrers) in namedBy.sorted(by: { $0.key < $1.key }) {
            let list = referrers.map { "\($0.thing) \(names.name(of: $0.key))" }.sorted().joined(separator: ", ")
            lines.append("\(id) is named by \(list)")
        }
        return lines
    }

    private static func lines(_ index: String, _ things: [String: Thing]) -> [String] {
        things.sorted { $0.key < $1.key }.map { "\(index) \($0.key) is \($0.value.id)" }
    }

    /// A value as text, the entries of a map by their names.
    private static func plain(_ value: Value) -> String {
        switch value {
        case .list(let values): "[" + values.map(plain).joined(separator: ", ") + "]"
        case .map(let entries):
            "{" + entries.sorted { $0.key < $1.key }.map { "\($0.key): \(plain($0.value))" }.joined(separator: ", ")
                + "}"
        default: "\(value)"
        }
    }
}
