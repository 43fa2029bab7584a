package import WorldModel

/// The key of another declaration, and where it was written.
package struct Reference: Hashable, Sendable {
    /// Complete, with its area: `cove/pier`.
    package let key: String
    package let position: SourcePosition
}

/// One room, exit, door, thing, prototype or note as the content files describe it.
package struct Declaration: Sendable {
    package enum Kind: String, Sendable {
        case room, exit, door, thing, prototype, note
    }

    package let kind: Kind
    /// `cove/pier`; an exit has its room's key and its direction, `cove/pier:north`.
    package let key: String
    package let position: SourcePosition
    package var faculties: Faculties = []
    /// What the files describe, set anew at each reload.
    package var looks: [CoreProperty: Value] = [:]
    /// What play changes, set only when the thing is made: `open`, `locked`, `lit`, `worn`, `initial`.
    package var state: [CoreProperty: Value] = [:]
    /// Entries of maps that play adds others to, set anew at each reload: `locks` by deed, `verbs` by name.
    package var entries: [CoreProperty: [String: Value]] = [:]
    /// Declarations it names within those.
    var mentioned: [Reference] = []
    /// Other declarations it names: `destination`, `door`, `key`, `prototype`.
    package var references: [CoreProperty: Reference] = [:]
    /// What it is in at first.
    package var location: Reference?
    /// Whether an exit is meant to have no way back.
    package var isOneWay = false

    init(_ kind: Kind, _ key: String, at position: SourcePosition) {
        self.kind = kind
        self.key = key
        self.position = position
    }

    package var name: String { text(.name) }
    package var area: String { key.split(separator: "/").first.map(String.init) ?? key }

    /// The compass direction of an exit.
    package var direction: Direction? { Direction(rawValue: text(.direction)) }

    func text(_ property: CoreProperty) -> String {
        guard case .text(let text)? = looks[property] ?? state[property] else { return "" }
        return text
    }

    func words(_ property: CoreProperty) -> [String] {
        looks[property].flatMap { [String]($0) } ?? []
    }

    func flag(_ property: CoreProperty) -> Bool {
        (looks[property] ?? state[property]) == .bool(true)
    }

    /// What to call it in a diagnostic: `exit north of cove/beach`, `room cove/beach`.
    var label: String {
        if kind == .exit, let location { return "exit \(text(.direction)) of \(location.key)" }
        return "\(kind.rawValue) \(key)"
    }
}

/// A part of the world with its own file.
package struct AreaDeclaration: Sendable {
    package let key: String
    package let title: String
    package let position: SourcePosition
}
