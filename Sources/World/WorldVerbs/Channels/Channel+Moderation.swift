import Basics
package import WorldLanguage
package import WorldModel

/// Keeping order on a channel. Whatever is done is kept with the channel, so that moderators can be asked about it.
///
/// Administrators and the channel's owner are always moderators; others are appointed, by account.
extension Channel {
    package static let mostModerators = 20
    package static let mostSilenced = 200
    package static let mostDeeds = 50
    /// The longest wait between two messages, in seconds.
    package static let slowestPace = 3600
    /// The longest silence with an end, in seconds.
    package static let longestSilence = 365 * 86_400

    /// Whether somebody keeps order here.
    package func isModerated(by persona: Thing, _ role: Role) -> Bool {
        if thing[.moderators].contains(world.holder(of: persona).id) { return true }
        return Permission.verdict(of: persona, role: role, deed: .moderate, on: thing, in: world).isAllowed
    }

    func requireModerator(_ turn: Turn) throws {
        if !isModerated(by: turn.actor, turn.role) { try turn.require(.moderate, on: thing) }
    }

    // MARK: Guests

    /// Lets guests speak here or not; a lock, so that `permissions` shows it.
    package func setGuests(_ maySpeak: Bool, _ turn: Turn) throws {
        try requireModerator(turn)
        let areQuiet = ChannelRules.keepsGuestsQuiet(thing)
        if areQuiet != maySpeak { throw turn.refusal("That is so on \(title) already.", .unchanged) }
        if !areQuiet {
            guard case .none = thing.lock(for: .speak) else {
                throw turn.refusal("There is another rule for who speaks on \(title).", .unchanged)
            }
        }
        world.setLock(maySpeak ? nil : ChannelRules.quietGuests, for: .speak, on: thing)
        note(.guests, turn, amount: maySpeak ? 1 : 0)
    }

    // MARK: Silence

    /// Those that still count: of people who exist, and not over.
    private var silences: [String: Int] {
        thing[.silenced].filter { key, end in
            (end == 0 || end > now) && UInt64(key).map { world[ThingID($0)] != nil } ?? false
        }
    }

    /// Until when somebody is silent here, in milliseconds since 1970; 0 is without an end, nil not at all.
    package func silence(of persona: Thing) -> Int? {
        guard let end = thing[.silenced][key(of: persona)] else { return nil }
        return end == 0 || end > now ? end : nil
    }

    /// Keeps somebody from speaking here, for so many seconds or, with nil, until they are released.
    ///
    /// - Throws: A refusal when the actor is no moderator or the other is one.
    package func silence(_ person: Thing, for seconds: Int?, _ turn: Turn) throws {
        try requireModerator(turn)
        if isModerated(by: person, Accounts.role(of: person, world: world)) {
            throw turn.refusal("\(name: person) keeps order here too.")
        }
        let length = seconds.map { min(max($0, 1), Self.longestSilence) }
        var silenced = silences
        if silenced[key(of: person)] == nil, silenced.count >= Self.mostSilenced {
            throw turn.refusal("So many are silenced on \(title) that nobody else can be.", .tooMany)
        }
        silenced[key(of: person)] = length.map { now &+ $0 &* 1000 } ?? 0
        world.set(.silenced, to: silenced, on: thing)
        note(.silence, turn, target: person.name, amount: length ?? 0)
        guard turn.isPresent(person) else { return }
        if let length {
            let term = Duration.seconds(length).told
            turn.tell(person, "\(name: turn.actor) silences you on \(title) for \(term).", as: .action)
        } else {
            turn.tell(
                person, "\(name: turn.actor) silences you on \(title) until a moderator lets you speak again.",
                as: .action)
        }
    }

    /// Lets somebody speak again.
    package func release(_ person: Thing, _ turn: Turn) throws {
        try requireModerator(turn)
        guard silence(of: person) != nil else {
            throw turn.refusal("\(name: person) may speak on \(title) already.", .unchanged)
        }
        var silenced = silences
        silenced[key(of: person)] = nil
        world.set(PropertyKey(.silenced), to: silenced.isEmpty ? nil : silenced.value, on: thing)
        note(.release, turn, target: person.name)
        if turn.isPresent(person) {
            turn.tell(person, "\(name: turn.actor) lets you speak on \(title) again.", as: .action)
        }
    }

    func requireRelease(_ turn: Turn) throws {
        guard let end = silence(of: turn.actor) else { return }
        if end == 0 {
            throw turn.refusal("You are silenced on \(title) until a moderator lets you speak again.", .silenced)
        }
        let rest = Duration.milliseconds(end.subtractingReportingOverflow(now).partialValue).told
        throw turn.refusal("You are silenced on \(title) for another \(rest).", .silenced)
    }

    // MARK: Pace

    /// Makes everybody but moderators wait between two messages; 0 ends that.
    package func setPace(_ seconds: Int, _ turn: Turn) throws {
        try requireModerator(turn)
        let seconds = min(max(seconds, 0), Self.slowestPace)
        if seconds == thing[.pace] { throw turn.refusal("The pace of \(title) is that already.", .unchanged) }
        world.set(PropertyKey(.pace), to: seconds == 0 ? nil : .int(Int64(seconds)), on: thing)
        note(.pace, turn, amount: seconds)
    }

    /// Refuses while the actor has to wait after their last message, if that is still kept.
    ///
    /// All guests count as one, because a guest who comes back is another one.
    func requirePace(_ turn: Turn) throws {
        let pace = min(max(thing[.pace], 0), Self.slowestPace)
        if pace == 0 { return }
        let holder = world.holder(of: turn.actor)
        let own = messages().last { message in
            guard let speaker = world[message.speaker] else { return holder[.isGuest] }
            return world.holder(of: speaker) === holder || holder[.isGuest] && speaker[.isGuest]
        }
        guard let own else { return }
        let (elapsed, isOver) = now.subtractingReportingOverflow(own.time)
        if isOver || elapsed < 0 || elapsed >= pace * 1000 { return }
        let rest = Duration.milliseconds(pace * 1000 - elapsed + 999).told
        throw turn.refusal("\(title) is slow at the moment; wait another \(rest).", .tooSoon)
    }

    // MARK: The rest

    /// Takes a message out of what is kept.
    package func erase(_ number: Int, _ turn: Turn) throws {
        try requireModerator(turn)
        guard let message = message(number) else { throw turn.refusal("There is no message of that number.") }
        world.set(named: Self.slot(number), to: nil, on: thing)
        note(.erase, turn, target: message.name, amount: number)
    }

    /// Says what the channel is for.
    package func setTopic(_ text: String, _ turn: Turn) throws {
        try requireModerator(turn)
        if text.count > ChannelRules.longestTopic {
            throw turn.refusal(
                "That is too long; at most \(plain: String(ChannelRules.longestTopic)) characters.", .tooLong)
        }
        world.set(.description, to: text, on: thing)
        note(.topic, turn)
    }

    /// Makes somebody a moderator, or one no longer; for those who are so without being appointed.
    package func appoint(_ person: Thing, _ isModerator: Bool, _ turn: Turn) throws {
        try turn.require(.moderate, on: thing)
        let holder = world.holder(of: person)
        guard holder.has(.account) else { throw turn.refusal("A guest cannot be a moderator.", .needsAccount) }
        var moderators = thing[.moderators]
        if moderators.contains(holder.id) == isModerator {
            throw turn.refusal(
                isModerator
                    ? "\(name: person) is a moderator of \(title) already."
                    : "\(name: person) is no moderator of \(title).", .unchanged)
        }
        if isModerator {
            if moderators.count >= Self.mostModerators {
                throw turn.refusal("\(title) has moderators enough.", .tooMany)
            }
            moderators.append(holder.id)
        } else {
            moderators.removeAll { $0 == holder.id }
        }
        world.set(PropertyKey(.moderators), to: moderators.isEmpty ? nil : moderators.value, on: thing)
        note(isModerator ? .appoint : .dismiss, turn, target: person.name)
        guard turn.isPresent(person), person !== turn.actor else { return }
        if isModerator {
            turn.tell(person, "\(name: turn.actor) makes you a moderator of \(title).", as: .action)
        } else {
            turn.tell(person, "You are no moderator of \(title) any more.", as: .action)
        }
    }

    func note(
        _ kind: ModerationDeed.Kind, _ turn: Turn, target: String = "", amount: Int = 0, reason: String = ""
    ) {
        let deed = ModerationDeed(
            time: now, moderator: turn.actor.name, kind: kind, target: target, amount: amount, reason: reason)
        world.set(.moderation, to: Array((thing[.moderation] + [deed]).suffix(Self.mostDeeds)), on: thing)
    }

    var now: Int { Int(world.now.milliseconds) }

    /// Under which key somebody is silenced: the account's number, or a guest's.
    private func key(of persona: Thing) -> String { String(world.holder(of: persona).id.number) }
}

/// Making channels and ending them.
extension Channel {
    /// Makes a channel that everybody may join and speak on.
    ///
    /// - Throws: A refusal when there are too many.
    package static func create(_ name: String, _ turn: Turn) throws -> Channel {
        let world = turn.world
        guard let root = world.root, all(in: world).count < ChannelRules.most else {
            throw turn.refusal("There are so many channels that no other can be made.")
        }
        let thing = world.create(.channel)
        world.set(.name, to: name, on: thing)
        world.set(.article, to: "", on: thing)
        for (deed, lock) in ChannelRules.locks(guests: true, announce: false) {
            world.setLock(lock, for: deed, on: thing)
        }
        world.set(.channels, to: root[.channels] + [thing.id], on: root)
        guard let channel = Channel(thing, in: world) else { throw turn.refusal("The channel could not be made.") }
        return channel
    }

    /// Ends a channel with all that was said on it.
    package func remove(_ turn: Turn) throws {
        try turn.require(.moderate, on: thing)
        guard world.destroy(thing) else { throw turn.refusal("Something needs \(title) to be there.") }
    }
}
