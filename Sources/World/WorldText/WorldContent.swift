package import WorldLanguage
package import WorldModel

/// Everything the content files say, with the places where they say it.
package struct WorldContent: Sendable {
    package internal(set) var title = ""
    /// What somebody reads before they log in.
    package internal(set) var welcome = ""
    /// Where newcomers begin.
    package internal(set) var startPlace: Reference?
    package internal(set) var areas: [AreaDeclaration] = []
    /// Every declaration but exits and help, by key.
    package internal(set) var declarations: [String: Declaration] = [:]
    package internal(set) var exits: [Declaration] = []
    package internal(set) var helpPages: [HelpPage] = []
    /// What the game can be read in beside English.
    package internal(set) var languages: [Language] = []
    /// How the world counts its days; nil when no file says so.
    package internal(set) var calendar: WorldCalendar?
    /// What weather regions have, by their names.
    package internal(set) var climates: [String: Climate] = [:]
    /// Gestures by name: their forms and flags as the world keeps them.
    package internal(set) var socials: [String: [String: String]] = [:]

    /// Steps of the tutorial, in order, as the world keeps them.
    package internal(set) var tutorial: [[String: String]] = []
    /// Rooms and prototypes that the tutorial names.
    var tutorialPlaces: [Reference] = []
    var tutorialThings: [Reference] = []

    /// What becomes of a thing when one that it names is destroyed, by property.
    package internal(set) var cascades: [String: String] = [:]

    /// What measures players who have nothing of their own, as the world keeps it; nil when nothing does.
    package internal(set) var vitals: Value?

    /// What people talk on wherever they are, in the order of the file.
    package internal(set) var channels: [ChannelDeclaration] = []

    package init() {}

    package var rooms: [Declaration] { ordered(.room) }
    package var doors: [Declaration] { ordered(.door) }
    package var things: [Declaration] { ordered(.thing) }
    package var prototypes: [Declaration] { ordered(.prototype) }
    package var notes: [Declaration] { ordered(.note) }

    /// Whether a file is about the world as a whole: its settings, gestures or tutorial.
    func isOfWorld(_ file: String) -> Bool {
        ContentSource(path: file, text: "").kind == .yaml && !areas.contains { $0.position.file == file }
    }

    package subscript(_ key: String) -> Declaration? { declarations[key] }

    /// In the order of the files.
    private func ordered(_ kind: Declaration.Kind) -> [Declaration] {
        declarations.values.filter { $0.kind == kind }.sorted { $0.position < $1.position }
    }

    /// A declaration followed by its prototypes, nearest first; a circle among prototypes ends it.
    func ancestry(of declaration: Declaration) -> [Declaration] {
        var line = [declaration]
        var seen: Set<String> = [declaration.key]
        while let next = line.last?.references[.prototype], let prototype = declarations[next.key],
            seen.insert(next.key).inserted
        {
            line.append(prototype)
        }
        return line
    }

    /// Its own faculties and those it inherits.
    func faculties(of declaration: Declaration) -> Faculties {
        ancestry(of: declaration).reduce(into: Faculties()) { $0.formUnion($1.faculties) }.subtracting(.prototype)
    }

    /// A property's value at first, its own or inherited.
    func value(_ property: CoreProperty, of declaration: Declaration) -> Value? {
        for member in ancestry(of: declaration) {
            if let value = member.looks[property] ?? member.state[property] { return value }
        }
        return nil
    }

    func reference(_ property: CoreProperty, of declaration: Declaration) -> Reference? {
        for member in ancestry(of: declaration) {
            if let reference = member.references[property] { return reference }
        }
        return nil
    }

    func flag(_ property: CoreProperty, of declaration: Declaration) -> Bool {
        value(property, of: declaration) == .bool(true)
    }
}
