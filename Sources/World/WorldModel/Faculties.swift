/// What a thing can be or do, attached by composition; properties of the same subject give the details.
///
/// Stored as a list of names, so that the bits may change between versions.
package struct Faculties: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// A room; things in it are together.
    package static let place = Faculties(rawValue: 1 << 0)
    /// A way from the place it is in to its `destination`.
    package static let exit = Faculties(rawValue: 1 << 1)
    /// Bars the exits that name it; seen from both sides.
    package static let door = Faculties(rawValue: 1 << 2)
    /// Holds things; `open`, `openable`, `transparent`, `surface`, `capacity` say how.
    package static let container = Faculties(rawValue: 1 << 3)
    /// Gives light while `lit`.
    package static let light = Faculties(rawValue: 1 << 4)
    /// Can be worn in its `slot`.
    package static let wearable = Faculties(rawValue: 1 << 5)
    /// A creature: perceives, carries, acts.
    package static let persona = Faculties(rawValue: 1 << 6)
    /// A persona that somebody plays.
    package static let player = Faculties(rawValue: 1 << 7)
    /// A login with its password, role and characters; located nowhere.
    package static let account = Faculties(rawValue: 1 << 8)
    /// Exists to be inherited from; located nowhere.
    package static let prototype = Faculties(rawValue: 1 << 9)
    /// The one thing that holds the world's own settings.
    package static let world = Faculties(rawValue: 1 << 10)
    /// What people who have joined it say to each other wherever they are; located nowhere.
    package static let channel = Faculties(rawValue: 1 << 11)
    /// Carries notes that people pin to it.
    package static let board = Faculties(rawValue: 1 << 12)
    /// A letter or a note: text that somebody wrote, with when and to whom.
    package static let letter = Faculties(rawValue: 1 << 13)
    /// Holds the letters of somebody's mailbox; located nowhere.
    package static let folder = Faculties(rawValue: 1 << 14)

    /// A file or folder of somebody's own; located nowhere.
    package static let file = Faculties(rawValue: 1 << 15)

    /// Speaks on channels for those of another network; located nowhere.
    package static let bridge = Faculties(rawValue: 1 << 16)

    /// What a list of the things in a place leaves out, because it is told otherwise.
    package static let toldApart: Faculties = [.persona, .exit, .door]
    /// What stays where it is by its nature.
    package static let immovable: Faculties = [.persona, .exit, .door, .place]
    /// What may hold things that are perceived.
    static let holding: Faculties = [.container, .persona]
    /// What a change of which may change how places are joined.
    static let passages: Faculties = [.exit, .door, .prototype]
    /// What no name of a character can be confused with, or what is checked apart.
    static let unnamed: Faculties = [
        .player, .account, .prototype, .world, .exit, .letter, .folder, .file, .bridge,
    ]
    /// What letters lie in, attachments of a letter included, and end with.
    static let filing: Faculties = [.folder, .board, .letter]
    /// What is found by its name.
    static let named: Faculties = [.account, .player]

    /// Every faculty with its stored name.
    package static let names: [(name: String, faculty: Faculties)] = [
        ("place", .place), ("exit", .exit), ("door", .door), ("container", .container), ("light", .light),
        ("wearable", .wearable), ("persona", .persona), ("player", .player), ("account", .account),
        ("prototype", .prototype), ("world", .world), ("channel", .channel), ("board", .board), ("letter", .letter),
        ("folder", .folder), ("file", .file), ("bridge", .bridge),
    ]
}

extension Faculties: PropertyContent {
    /// Unknown names are an error, because dropping one would lose it at the next write.
    package init?(_ value: Value) {
        guard let words = [String](value) else { return nil }
        var sum: Faculties = []
        for word in words {
            guard let known = Self.names.first(where: { $0.name == word }) else { return nil }
            sum.insert(known.faculty)
        }
        self = sum
    }

    package var value: Value {
        .list(Self.names.filter { contains($0.faculty) }.map { .text($0.name) })
    }
}
