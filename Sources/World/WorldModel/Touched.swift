/// What turns have touched since somebody asked last: for those who show a part of the world elsewhere, and would else have
/// to look at all of it after every turn.
///
/// - Limits: ``most`` things; when there are more, everything counts as touched.
/// - SeeAlso: `WorldModelTests/TouchedTests`.
package struct Touched {
    /// Things kept apart at most.
    package static let most = 1000

    /// What looks otherwise than before, or is elsewhere.
    package private(set) var things: Set<Thing> = []
    /// By number, what something was in that is elsewhere now or has ended.
    package private(set) var left: Set<ThingID> = []
    /// What changed in a way that only they themselves, or those who play them, can tell.
    package private(set) var selves: Set<Thing> = []
    /// Channels of which something is otherwise, and people or accounts that hear others, may do otherwise, are called
    /// otherwise or are away.
    package private(set) var talkers: Set<Thing> = []
    /// Whether so much changed that it is not kept apart.
    package private(set) var isEverything = false

    package var isEmpty: Bool { things.isEmpty && left.isEmpty && selves.isEmpty && talkers.isEmpty && !isEverything }

    mutating func note(_ undo: [Undo]) {
        if isEverything { return }
        for step in undo {
            switch step {
            case .created, .destroyed: break
            case .property(let thing, let key, let old): note(thing, key, old)
            }
        }
        if things.count + left.count + selves.count <= Self.most { return }
        self = Touched()
        isEverything = true
    }

    private mutating func note(_ thing: Thing, _ key: PropertyKey, _ old: Value?) {
        if key.isOfTalk, thing.hasAny(of: [.channel, .account, .player]) { talkers.insert(thing) }
        if key.isSilent { return }
        if key.core == .location, let id = Touched.former(old) { left.insert(id) }
        if key.isOfSelf {
            selves.insert(thing)
            return
        }
        // What others inherit from changes them as well.
        if thing.has(.prototype), key.core != .location { isEverything = true }
        things.insert(thing)
    }

    /// Where something was, as its location is stored.
    private static func former(_ location: Value?) -> ThingID? {
        guard case .list(let pair)? = location, let first = pair.first else { return nil }
        return ThingID(first)
    }
}

extension World {
    /// Says whether it is noted what turns touch, from the next turn on; costs next to nothing otherwise.
    package func noteTouched(_ isNoted: Bool) {
        if isNoted == (touched != nil) { return }
        touched = isNoted ? Touched() : nil
    }

    /// Hands over what turns have touched since the last call.
    package func takeTouched() -> Touched {
        guard let touched, !touched.isEmpty else { return Touched() }
        self.touched = Touched()
        return touched
    }
}

extension PropertyKey {
    /// Whether it is kept for the game's own use, and nobody sees anything of a change.
    fileprivate var isSilent: Bool {
        switch core {
        case .told, .tells, .visited, .visitedLately, .lastSeen, .lastPlace, .knownSources, .passwordHash,
            .oneTimeSecret, .publicKeys, .certificates, .appPasswords, .decoyKey:
            true
        case .sourceBans, .recoveryCodes, .moderation, .lastMessage, .readMarks, .bridges, .ignoredVisitors: true
        case .nextUID, .uidValidity, .lettersSent, .notesRead: true
        default: false
        }
    }

    /// Whether it says who hears whom where, and who they are.
    fileprivate var isOfTalk: Bool {
        switch core {
        case .joined, .parted, .role, .account, .away, .plan, .name, .ignored: true
        case .banned, .invited, .voiced, .moderators, .moderation, .silenced, .pace, .locks, .joinsNewcomers: true
        case .description: true
        default: false
        }
    }

    /// Whether a change of it is told to nobody but the one it belongs to.
    fileprivate var isOfSelf: Bool {
        switch core {
        case .vitals, .settings, .language, .role, .account, .aliases, .joined, .parted, .ignored, .silenced: true
        case .away, .banned, .invited, .voiced, .moderators, .pace: true
        case .plan, .characters, .created, .lesson, .lent, .learned, .follows: true
        default: false
        }
    }
}
