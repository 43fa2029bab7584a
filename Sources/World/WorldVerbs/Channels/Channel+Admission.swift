import Basics
package import WorldLanguage
package import WorldModel

/// Who may be on a channel at all: invitations, and taking people off.
extension Channel {
    package static let mostInvited = 100
    /// Of why somebody is taken off, in octets.
    package static let longestReason = 300

    /// Refuses unless the actor may be on the channel.
    func requireEntry(_ turn: Turn) throws {
        if isModerated(by: turn.actor, turn.role) { return }
        if let ban = ban(on: turn.actor) {
            if ban.end == 0 { throw turn.refusal("You are banned from \(title).", .banned) }
            let rest = Duration.milliseconds(ban.end.subtractingReportingOverflow(now).partialValue).told
            throw turn.refusal("You are banned from \(title) for another \(rest).", .banned)
        }
        if admits(turn.actor, turn.role) { return }
        if ChannelRules.isClosed(thing) {
            throw turn.refusal("\(title) is closed; a moderator has to invite you.", .notInvited)
        }
        try turn.require(.join, on: thing)
    }

    /// Makes the channel one that only those join who are invited, or no longer one.
    package func setClosed(_ isClosed: Bool, _ turn: Turn) throws {
        try requireModerator(turn)
        if ChannelRules.isClosed(thing) == isClosed {
            throw turn.refusal("That is so on \(title) already.", .unchanged)
        }
        if isClosed {
            switch thing.lock(for: .join) {
            case .none: world.setLock(ChannelRules.closed(guests: false), for: .join, on: thing)
            case .lock(let lock, on: _) where lock.expression == .condition(.anyone):
                world.setLock(ChannelRules.closed(guests: true), for: .join, on: thing)
            default: throw turn.refusal("There is another rule for who joins \(title).", .unchanged)
            }
            // Whoever is on it stays, connected or not.
            let here = Set(members(turn).map { world.holder(of: $0).id }).union(world.things(naming: thing, .joined))
            setInvited(thing[.invited] + here.subtracting(thing[.invited]).sorted())
        } else {
            let opened = ChannelRules.opened(thing)
            // The lock of whoever built the channel is not for moderators to take off.
            guard case .lock(let lock, on: _) = thing.lock(for: .join),
                lock == ChannelRules.closed(guests: opened != nil)
            else { throw turn.refusal("There is another rule for who joins \(title).", .needsRole) }
            world.setLock(opened, for: .join, on: thing)
            setInvited([])
        }
        note(.closed, turn, amount: isClosed ? 1 : 0)
    }

    private func setInvited(_ people: [ThingID]) {
        let kept = Array(people.suffix(Self.mostInvited))
        world.set(PropertyKey(.invited), to: kept.isEmpty ? nil : kept.value, on: thing)
    }

    /// Asks somebody to join, and lets them if the channel is closed.
    ///
    /// Anybody on an open channel may ask; they may not be asked by one whom they ignore.
    package func invite(_ person: Thing, _ turn: Turn) throws {
        guard isJoined(by: turn.actor) else { throw turn.refusal("You are not on \(title).", .notListening) }
        let isClosed = ChannelRules.isClosed(thing)
        if isClosed { try requireModerator(turn) }
        let holder = world.holder(of: person)
        if isJoined(by: person), admits(person, Accounts.role(of: person, world: world)) {
            throw turn.refusal("\(name: person) is on \(title) already.", .listensAlready)
        }
        if Ignoring.ignores(person, turn.actor, world) {
            throw turn.refusal("\(name: person) does not take invitations from you.", .ignored)
        }
        if isClosed, !thing[.invited].contains(holder.id) {
            setInvited(thing[.invited] + [holder.id])
            note(.invite, turn, target: person.name)
        } else if !turn.isPresent(person) {
            throw turn.refusal("\(name: person) is not connected.", .noSuchPerson)
        }
        turn.invite(person, to: thing)
        guard turn.isPresent(person) else { return }
        turn.tell(
            person,
            "\(name: turn.actor) invites you to \(title). Type \(command: "join \(name.folded)") to listen to it.",
            as: .tell)
    }

    /// Takes somebody off the channel, who may join again unless they are banned or it is closed.
    package func kick(_ person: Thing, because reason: String = "", _ turn: Turn) throws {
        try requireModerator(turn)
        try requirePower(over: person, turn)
        guard isJoined(by: person) else {
            throw turn.refusal("\(name: person) is not on \(title).", .notListening)
        }
        try requireShort(reason, turn)
        remove(person)
        note(.kick, turn, target: person.name, reason: reason)
        tellTakenOff(person, reason, turn)
    }

    /// Takes somebody off, who is invited no longer.
    func remove(_ person: Thing) {
        takeOff(person)
        let holder = world.holder(of: person).id
        setInvited(thing[.invited].filter { $0 != holder })
    }

    /// Tells somebody that they were taken off, and why.
    func tellTakenOff(_ person: Thing, _ reason: String, _ turn: Turn) {
        guard turn.isPresent(person), person !== turn.actor else { return }
        if reason.isEmpty {
            turn.tell(person, "\(name: turn.actor) takes you off \(title).", as: .action)
        } else {
            turn.tell(person, "\(name: turn.actor) takes you off \(title): \(plain: reason)", as: .action)
        }
    }

    /// Refuses a reason that is too long.
    func requireShort(_ reason: String, _ turn: Turn) throws {
        if reason.utf8.count > Self.longestReason { throw turn.refusal("That is too long a reason.", .tooLong) }
    }

    /// Refuses when somebody keeps order here too.
    func requirePower(over person: Thing, _ turn: Turn) throws {
        if person !== turn.actor, isModerated(by: person, Accounts.role(of: person, world: world)) {
            throw turn.refusal("\(name: person) keeps order here too.", .needsRole)
        }
    }

    /// How it is kept.
    package var modes: ChannelModes {
        ChannelModes(
            isModerated: ChannelRules.isModerated(thing), isClosed: ChannelRules.isClosed(thing),
            keepsGuestsQuiet: ChannelRules.keepsGuestsQuiet(thing), pace: min(max(thing[.pace], 0), Self.slowestPace))
    }

    /// When what it is for was last changed, and by whom; nil when that is long ago.
    package var topicDeed: ModerationDeed? { thing[.moderation].last { $0.kind == .topic } }

    /// What moderators did after a deed; all that is known when that is no longer kept.
    package func deeds(after last: ModerationDeed?) -> [ModerationDeed] {
        let deeds = thing[.moderation]
        guard let last, let place = deeds.lastIndex(of: last) else { return deeds }
        return Array(deeds[(place + 1)...])
    }
}
