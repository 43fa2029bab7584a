/// Anything in the world: a room, a lamp, a person, an account.
///
/// Read it freely; change it only through ``World``, which keeps the indexes and the turn's journal.
///
/// - Isolation: belongs to its world's thread, like the world.
///
/// What is read in every turn goes without the run-time check for overlapping access, which was a tenth of the cost of a
/// line: no field is ever lent out, only read and assigned.
package final class Thing {
    package let id: ThingID
    /// What it is in; nil for rooms, prototypes, accounts and bodies that are not in play.
    @exclusivity(unchecked) package internal(set) var location: Thing?
    /// What is in it, in order of arrival.
    @exclusivity(unchecked) package internal(set) var contents: [Thing] = []
    @exclusivity(unchecked) package internal(set) var prototype: Thing?
    /// Its own faculties together with those of its prototypes.
    @exclusivity(unchecked) package internal(set) var faculties: Faculties = []
    package internal(set) var ownFaculties: Faculties = []
    /// What it does not have although its prototype has it.
    package internal(set) var lackedFaculties: Faculties = []
    /// What inherits from it directly.
    package internal(set) var heirs: Set<Thing> = []
    /// Position in the order of arrival, so that a reloaded world lists contents as before.
    var arrival: Int64 = 0
    @exclusivity(unchecked) var properties = PropertyTable()
    /// Words that name it, computed on first use; nil after a change to any of them.
    @exclusivity(unchecked) var vocabulary: Vocabulary?
    /// Its ways, if it is a place and somebody asked; see ``World/survey(of:)``.
    var survey: PlaceSurvey?
    /// Its contents by name, if they are many and somebody asked.
    var nameIndex: NameIndex?
    /// False once destroyed; a destroyed thing takes part in nothing.
    package internal(set) var exists = true

    /// Its world's words in other languages.
    let lexicon: Lexicon

    init(id: ThingID, lexicon: Lexicon) {
        self.id = id
        self.lexicon = lexicon
    }

    /// The value of a property: its own, else the nearest prototype's.
    package func value(of key: PropertyKey) -> Value? {
        if let own = properties[key] { return own }
        var ancestor = prototype
        while let current = ancestor {
            if let inherited = current.properties[key] { return inherited }
            ancestor = current.prototype
        }
        return nil
    }

    /// What it has of its own of a property, whatever its prototypes have.
    package func ownValue(of key: PropertyKey) -> Value? { properties[key] }

    /// The nearest of its prototypes with a value of its own of a property, which the thing has unless it has one itself.
    package func testator(of key: PropertyKey) -> Thing? {
        guard key.isInherited else { return nil }
        var ancestor = prototype
        while let current = ancestor {
            if current.properties[key] != nil { return current }
            ancestor = current.prototype
        }
        return nil
    }

    /// The value of a typed property, or its fallback when unset or of another type.
    package subscript<Content>(_ property: Property<Content>) -> Content {
        value(of: property.key).flatMap { Content($0) } ?? property.fallback
    }

    // The same for the types read in every turn: across modules the general one is not specialized, and then costs
    // ten times as much.

    package subscript(_ property: Property<Bool>) -> Bool {
        if case .bool(let content)? = value(of: property.key) { content } else { property.fallback }
    }

    package subscript(_ property: Property<String>) -> String {
        if case .text(let content)? = value(of: property.key) { content } else { property.fallback }
    }

    package subscript(_ property: Property<Int>) -> Int {
        guard case .int(let content)? = value(of: property.key) else { return property.fallback }
        return Int(exactly: content) ?? property.fallback
    }

    package func has(_ faculty: Faculties) -> Bool {
        faculties.rawValue & faculty.rawValue == faculty.rawValue
    }

    package func hasAny(of some: Faculties) -> Bool {
        faculties.rawValue & some.rawValue != 0
    }

    package var name: String { self[.name] }

    /// The nearest enclosing place; itself when it is one.
    package var place: Thing? {
        var current: Thing? = self
        while let thing = current {
            if thing.has(.place) { return thing }
            current = thing.location
        }
        return nil
    }

    /// Whether `other` is this thing or encloses it.
    package func isWithin(_ other: Thing) -> Bool {
        var current: Thing? = self
        while let thing = current {
            if thing === other { return true }
            current = thing.location
        }
        return false
    }

    /// Its own properties in a stable order, without inherited ones.
    package var ownProperties: [(key: PropertyKey, value: Value)] {
        properties.sorted
    }
}

extension Thing: Hashable {
    package static func == (left: Thing, right: Thing) -> Bool { left === right }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(id)
    }
}

extension Thing {
    /// Somebody to act where nobody does: numbered 0, which no world gives out, and in no world.
    package static func makeNobody() -> Thing { Thing(id: ThingID(0), lexicon: Lexicon()) }
}
