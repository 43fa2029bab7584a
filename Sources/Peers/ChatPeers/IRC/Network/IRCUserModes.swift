import IRCWire

/// The modes of a user.
///
/// ```text
///   i  invisible      o  server operator    w  hears WALLOPS
///   B  bot            R  takes messages from accounts only
/// ```
///
/// - Source: Modern IRC "User Modes"; IRCv3 Bot Mode.
struct IRCUserModes: OptionSet, Hashable {
    let rawValue: UInt8

    static let invisible = Self(rawValue: 1 << 0)
    static let `operator` = Self(rawValue: 1 << 1)
    static let wallops = Self(rawValue: 1 << 2)
    static let bot = Self(rawValue: 1 << 3)
    static let accountsOnly = Self(rawValue: 1 << 4)

    /// The letters, in the order in which they are shown.
    static let letters: [(letter: Character, mode: Self)] = [
        ("B", .bot), ("R", .accountsOnly), ("i", .invisible), ("o", .operator), ("w", .wallops),
    ]

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The mode of a letter, if it is one of these.
    init?(letter: Character) {
        guard let row = Self.letters.first(where: { $0.letter == letter }) else { return nil }
        self = row.mode
    }

    /// The letters of those that are set, with a plus before them.
    var parameter: IRCParameter {
        IRCParameter(cleaning: "+" + String(Self.letters.filter { contains($0.mode) }.map(\.letter)))
    }
}
