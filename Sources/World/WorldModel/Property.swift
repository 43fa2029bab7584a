/// The properties the game itself knows, in one table; the case's name is the stored name.
///
/// Add at the end of a group; the order carries no meaning, the name does. A stored name that is not
/// here is kept as it is under a ``PropertyKey`` of its own.
package enum CoreProperty: UInt16, CaseIterable, Sendable {
    // The graph itself; changed only through World's own operations.
    case location, prototype, faculties, capabilities, lacks
    // Naming and looks.
    case contentKey, name, article, plural, nouns, adjectives, description, pronouns, initial, details, rewritten
    // Places.
    case dark, area, outdoors, nightDark, climate, descriptions, ambience
    // Exits and doors.
    case direction, destination, door, passageText, otherNames, view, sound, distance, impassable
    // Containers, doors, locks.
    case open, openable, locked, key, transparent, capacity, surface
    // Portable things.
    case fixed, size, worn, slot, lit, switchable, readable, stays, home, layer, covers, glow
    // Whose things are, who may do what to them, and what their own verbs do.
    case owner, locks, verbs, spentVerbs, marks, givenEntries
    // Creatures.
    case topics, greeting, defaultReply, follows, tame, visited, visitedLately, plan, vitals,
        away
    // Accounts and characters.
    case account, passwordHash, role, characters, created, lastSeen, lastPlace, guest, settings, knownSources, aliases,
        language
    case oneTimeSecret, recoveryCodes, told, lesson, lent, learned, publicKeys, certificates, appPasswords
    // Letters, notes, and where they lie.
    case subject, body, author, authorName, recipients, sent, replyTo, uid, flags, received, nextUID, uidValidity
    case letterFolders, folderOwner, draft, lettersSent, notesRead, bodyEnd, purpose, target, editing
    // Channels, whom one hears there and elsewhere, what was told to the absent, and what was complained of.
    case channels, joined, parted, joinsNewcomers, moderators, silenced, pace, lastMessage, moderation, ignored, tells
    case banned, invited, voiced, readMarks, bridges, ignoredVisitors
    case openReports, closedReports, reportNumber, reported, reportedName, reportPlace, evidence, closed, closedBy,
        verdict
    // Files that players keep, and how much their account wrote of late.
    case path, fileOwner, content, modified, filesWritten
    // The world's own thing.
    case startPlace, title, forms, cascades, socials, calendar, climates, tutorial, lastEdit, sourceBans, decoyKey
}

/// The name of a property, as small as an index.
package struct PropertyKey: Hashable, Sendable {
    package let index: UInt16

    package init(_ core: CoreProperty) {
        index = core.rawValue
    }

    init(index: UInt16) {
        self.index = index
    }

    /// The core property this is, unless a world gave the name itself.
    package var core: CoreProperty? { CoreProperty(rawValue: index) }

    /// Whether its things are references rather than the graph itself.
    var isPlainReference: Bool { core != .location && core != .prototype }

    /// Whether each entry of its map is inherited for itself.
    var isInheritedByEntry: Bool { core == .locks || core == .verbs }

    /// Whether nobody may look it up, whatever their role: secrets, what people say to each other, and their files.
    package var isPrivate: Bool {
        switch core {
        case .passwordHash, .knownSources, .oneTimeSecret, .recoveryCodes, .publicKeys: true
        case .certificates, .appPasswords, .decoyKey: true
        case .told, .tells, .ignored, .ignoredVisitors, .evidence, .readMarks, .sourceBans: true
        case .path, .content: true
        case .subject, .body, .bodyEnd, .verdict, .aliases: true
        default: false
        }
    }

    /// Whether an heir has it from its prototype; the graph's own and the content key belong to one thing alone.
    var isInherited: Bool {
        switch core {
        case .location, .prototype, .faculties, .lacks, .contentKey, .rewritten, .givenEntries: false
        default: true
        }
    }
}

/// The names of one world's properties; core names come first and are the same everywhere.
///
/// - Limits: 65 535 names in one world.
package struct PropertyNames {
    private var names: [String]
    private var keys: [String: PropertyKey]

    package init() {
        names = CoreProperty.allCases.map { "\($0)" }
        keys = [:]
        for (index, name) in names.enumerated() { keys[name] = PropertyKey(index: UInt16(index)) }
    }

    package func name(of key: PropertyKey) -> String { names[Int(key.index)] }

    /// The key of a name that was given out before.
    package func known(_ name: String) -> PropertyKey? { keys[name] }

    /// The key of a name, given out on first use; nil when the world has too many names.
    package mutating func key(of name: String) -> PropertyKey? {
        if let known = keys[name] { return known }
        guard let index = UInt16(exactly: names.count) else { return nil }
        let key = PropertyKey(index: index)
        names.append(name)
        keys[name] = key
        return key
    }
}

/// A property with its type and what it is when nothing is set.
package struct Property<Content: PropertyContent> {
    package let key: PropertyKey
    package let fallback: Content

    package init(_ core: CoreProperty, _ fallback: Content) {
        key = PropertyKey(core)
        self.fallback = fallback
    }
}

extension Property where Content == Bool {
    package static var isOpen: Self { Self(.open, false) }
    package static var isOpenable: Self { Self(.openable, false) }
    package static var isLocked: Self { Self(.locked, false) }
    package static var isTransparent: Self { Self(.transparent, false) }
    package static var isSurface: Self { Self(.surface, false) }
    package static var isDark: Self { Self(.dark, false) }
    package static var isLit: Self { Self(.lit, false) }
    /// Of a thing that a file of the world describes: whether somebody gave it another description in play.
    package static var isRewritten: Self { Self(.rewritten, false) }
    /// Whether people can light and douse it.
    package static var isSwitchable: Self { Self(.switchable, false) }
    package static var isWorn: Self { Self(.worn, false) }
    /// Of a way: whether one sees through it what is beyond, unless a door that is closed and not of glass bars it.
    package static var isView: Self { Self(.view, false) }
    /// Of a way: whether what is said beyond it is heard, unless a closed door bars it.
    package static var isAudible: Self { Self(.sound, false) }
    package static var isGuest: Self { Self(.guest, false) }
    /// Of a character: whether they have come to the end of the tutorial.
    package static var hasLearned: Self { Self(.learned, false) }
    /// Whether it is the world's: it goes back to its `home` when the one who carries it leaves play.
    package static var stays: Self { Self(.stays, false) }
}

extension Property where Content == String {
    /// The symbolic key by which content files name this thing, `area/name`.
    package static var contentKey: Self { Self(.contentKey, "") }
    package static var name: Self { Self(.name, "") }
    /// `a`, `an`, `some`, `the`, or empty for a proper name; `auto` chooses `a` or `an` by sound.
    package static var article: Self { Self(.article, "auto") }
    package static var plural: Self { Self(.plural, "") }
    package static var description: Self { Self(.description, "") }
    /// `she`, `he`, `they` or `it`.
    package static var pronouns: Self { Self(.pronouns, "it") }
    /// The sentence a room shows for it until it is first taken.
    package static var initial: Self { Self(.initial, "") }
    package static var area: Self { Self(.area, "") }
    package static var direction: Self { Self(.direction, "") }
    package static var passageText: Self { Self(.passageText, "") }
    /// Why it cannot be taken; empty when it can.
    package static var fixed: Self { Self(.fixed, "") }
    package static var slot: Self { Self(.slot, "") }
    /// Why nobody can go by a way, which is then only looked through; empty when one can.
    package static var impassable: Self { Self(.impassable, "") }
    package static var readable: Self { Self(.readable, "") }
    package static var greeting: Self { Self(.greeting, "") }
    package static var defaultReply: Self { Self(.defaultReply, "") }
    /// A PHC string (`$argon2id$…`).
    package static var passwordHash: Self { Self(.passwordHash, "") }
    /// What an account shares with an authenticator, in Base32; empty when its player has none.
    package static var oneTimeSecret: Self { Self(.oneTimeSecret, "") }
    /// Of the world's own thing: what salts are made up from under names nobody has, in Base64.
    package static var decoyKey: Self { Self(.decoyKey, "") }
    package static var role: Self { Self(.role, "player") }
    /// The name of the step of the tutorial that somebody is at; empty for who has not begun or has ended it.
    package static var lesson: Self { Self(.lesson, "") }
    package static var title: Self { Self(.title, "") }
    /// Of a character: the code of the language its player reads; empty for English.
    package static var language: Self { Self(.language, "") }
}

extension Property where Content == Int {
    /// How many things fit, counted in ``size``.
    package static var capacity: Self { Self(.capacity, 10) }
    package static var size: Self { Self(.size, 1) }
    /// Of a way: how far what is beyond is, in steps.
    package static var distance: Self { Self(.distance, 1) }
    /// Of clothes: those of a higher layer are worn over those of a lower one.
    package static var layer: Self { Self(.layer, 1) }
    /// Of a light: how many steps it shines beyond its place.
    package static var glow: Self { Self(.glow, 1) }
    /// Milliseconds since 1970.
    package static var created: Self { Self(.created, 0) }
    package static var lastSeen: Self { Self(.lastSeen, 0) }
}

extension Property where Content == [String] {
    /// What plugins know it to be or do, each by the name they gave it.
    package static var capabilities: Self { Self(.capabilities, []) }
    package static var nouns: Self { Self(.nouns, []) }
    /// Where an account has come in from, the latest first.
    package static var knownSources: Self { Self(.knownSources, []) }
    /// The digests of the codes that stand in for a lost authenticator and are not used up.
    package static var recoveryCodes: Self { Self(.recoveryCodes, []) }
    package static var adjectives: Self { Self(.adjectives, []) }
    /// Of clothes: the slots they lie over beside their own.
    package static var covers: Self { Self(.covers, []) }
    /// Further words that name an exit: `stairs`, `hatch`.
    package static var otherNames: Self { Self(.otherNames, []) }
}

extension Property where Content == [String: String] {
    /// Scenery: noun to description.
    package static var details: Self { Self(.details, [:]) }
    /// What a creature answers: comma-separated keywords to reply.
    package static var topics: Self { Self(.topics, [:]) }
    package static var settings: Self { Self(.settings, [:]) }
    /// Names of somebody's own for commands, folded.
    package static var aliases: Self { Self(.aliases, [:]) }
}

extension Property where Content == [String: Int] {
    /// Of the world's own thing: in which form the things of each kind are stored; see ``StoredForm``.
    package static var forms: Self { Self(.forms, [:]) }
}

extension Property where Content == [String: String] {
    /// Of the world's own thing: what becomes of a thing when one that it names is destroyed, by the name of the property;
    /// see ``CascadeRule``.
    package static var cascades: Self { Self(.cascades, [:]) }
}

extension Property where Content == [String: [String: String]] {
    /// Of the world's own thing: gestures by name, each with its forms and flags; see ``SocialForm``.
    package static var socials: Self { Self(.socials, [:]) }
}

extension Property where Content == [[String: String]] {
    /// Of the world's own thing: the steps by which newcomers learn to play, in order.
    package static var tutorial: Self { Self(.tutorial, []) }
    /// Of an account: the keys that let its player in by SSH, in the order of their coming.
    package static var publicKeys: Self { Self(.publicKeys, []) }
    /// Of an account: the certificates of TLS by which its player's clients come in, in the order of their coming.
    package static var certificates: Self { Self(.certificates, []) }
    /// Of an account: what is kept of the passwords that were made for its player's programs.
    package static var appPasswords: Self { Self(.appPasswords, []) }
}

extension Property where Content == [ThingID] {
    package static var characters: Self { Self(.characters, []) }
    /// What the tutorial has made for a learner, and takes back from them.
    package static var lent: Self { Self(.lent, []) }
}
