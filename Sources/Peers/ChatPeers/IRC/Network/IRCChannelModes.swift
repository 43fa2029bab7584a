/// The modes of a channel that are on or off.
///
/// ```text
///   i  invited only          m  moderated           n  no messages from outside    s  secret
///   t  topic by operators    R  accounts only       M  accounts or voice speak     C  no CTCP but ACTION
/// ```
///
/// - Source: Modern IRC "Channel Modes"; `R`, `M` and `C` as other servers have them.
struct IRCChannelModes: OptionSet, Hashable {
    let rawValue: UInt16

    static let inviteOnly = Self(rawValue: 1 << 0)
    static let moderated = Self(rawValue: 1 << 1)
    static let noOutsiders = Self(rawValue: 1 << 2)
    static let secret = Self(rawValue: 1 << 3)
    static let protectedTopic = Self(rawValue: 1 << 4)
    static let accountsOnly = Self(rawValue: 1 << 5)
    static let accountsSpeak = Self(rawValue: 1 << 6)
    static let noCTCP = Self(rawValue: 1 << 7)

    /// What a new channel has.
    static let initial: Self = [.noOutsiders, .protectedTopic]

    /// The letters, in the order in which they are shown.
    static let letters: [(letter: Character, mode: Self)] = [
        ("C", .noCTCP), ("M", .accountsSpeak), ("R", .accountsOnly), ("i", .inviteOnly), ("m", .moderated),
        ("n", .noOutsiders), ("s", .secret), ("t", .protectedTopic),
    ]

    init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The mode of a letter, if it is one of these.
    init?(letter: Character) {
        guard let row = Self.letters.first(where: { $0.letter == letter }) else { return nil }
        self = row.mode
    }

    /// The letters of those that are set.
    var text: String { String(Self.letters.filter { contains($0.mode) }.map(\.letter)) }
}

/// What somebody may do in a channel: the highest of what they were given counts.
///
/// - Source: Modern IRC "Channel Membership Prefixes".
struct IRCRank: OptionSet, Hashable {
    let rawValue: UInt8

    static let voice = Self(rawValue: 1 << 0)
    static let halfOperator = Self(rawValue: 1 << 1)
    static let `operator` = Self(rawValue: 1 << 2)

    /// The highest first, as PREFIX tells it.
    static let rows: [(letter: Character, prefix: UInt8, rank: Self)] = [
        ("o", UInt8(ascii: "@"), .operator), ("h", UInt8(ascii: "%"), .halfOperator),
        ("v", UInt8(ascii: "+"), .voice),
    ]

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The rank of a letter, if it is one of these.
    init?(letter: Character) {
        guard let row = Self.rows.first(where: { $0.letter == letter }) else { return nil }
        self = row.rank
    }

    /// The rank of a prefix, if it is one of these.
    init?(prefix: UInt8) {
        guard let row = Self.rows.first(where: { $0.prefix == prefix }) else { return nil }
        self = row.rank
    }

    /// Whether they may change modes, kick and so on.
    var isOperating: Bool { !isDisjoint(with: [.operator, .halfOperator]) }

    /// Whether they may do it to somebody of this rank: half-operators rule over those below them only.
    func mayRule(over other: IRCRank) -> Bool {
        contains(.operator) || contains(.halfOperator) && !other.isOperating
    }

    /// Whether it is this rank or a higher one.
    func isAtLeast(_ rank: IRCRank) -> Bool { rawValue >= rank.rawValue }

    /// The prefixes: the highest alone, or all of them for clients that ask for `multi-prefix`.
    func prefixes(all: Bool) -> String {
        let prefixes = Self.rows.filter { contains($0.rank) }.map(\.prefix)
        return String(decoding: all ? prefixes : Array(prefixes.prefix(1)), as: UTF8.self)
    }
}
