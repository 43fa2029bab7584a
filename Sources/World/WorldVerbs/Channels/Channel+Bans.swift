import Basics
package import WorldLanguage
package import WorldModel

/// Keeping people off a channel, by the names of their characters or accounts.
extension Channel {
    package static let mostBans = 100

    /// Those that still count, the latest last.
    package func bans(at time: Int) -> [ChannelBan] { thing[.banned].filter { $0.end == 0 || $0.end > time } }

    /// What keeps somebody from the channel; nil for nearly everybody.
    package func ban(on person: Thing) -> ChannelBan? {
        if thing.ownValue(of: PropertyKey(.banned)) == nil { return nil }
        let holder = world.holder(of: person)
        return bans(at: now).last { ban in
            if ban.pattern.matches(person.name) { return true }
            // A name means whoever has it, also as another of their characters.
            let named = world.player(named: ban.pattern.text) ?? world.account(named: ban.pattern.text)
            return named.map { world.holder(of: $0) === holder } ?? false
        }
    }

    /// Keeps people from the channel by the names of their characters or accounts, and takes those off who are on it.
    ///
    /// - Parameters:
    ///   - text: A name, or a pattern with `*` and `?`.
    ///   - seconds: How long; nil is until it is taken back.
    ///   - reason: What those read who are taken off.
    ///   - turn: Whose actor does it.
    /// - Throws: A refusal when the actor is no moderator, or it is no pattern.
    /// - Returns: Those who were taken off.
    @discardableResult
    package func ban(_ text: String, for seconds: Int? = nil, because reason: String = "", _ turn: Turn) throws
        -> [Thing]
    {
        try requireModerator(turn)
        guard let pattern = NamePattern(text), !pattern.isEverybody else {
            throw turn.refusal("\"\(plain: text)\" is no name to ban; close the channel to keep everybody off.")
        }
        try requireShort(reason, turn)
        var bans = bans(at: now)
        if seconds == nil, bans.contains(where: { $0.pattern == pattern && $0.end == 0 }) {
            throw turn.refusal("\(plain: pattern.text) is banned from \(title) already.", .unchanged)
        }
        if let person = world.player(named: pattern.text) { try requirePower(over: person, turn) }
        bans.removeAll { $0.pattern == pattern }
        if bans.count >= Self.mostBans {
            throw turn.refusal("So many are banned from \(title) that nobody else can be.", .tooMany)
        }
        let length = seconds.map { min(max($0, 1), Self.longestSilence) }
        bans.append(
            ChannelBan(
                pattern: pattern, end: length.map { now &+ $0 &* 1000 } ?? 0, moderator: turn.actor.name, time: now))
        world.set(.banned, to: bans, on: thing)
        note(.ban, turn, target: pattern.text, amount: length ?? 0, reason: reason)
        let removed = turn.inPlay.filter { person in
            isJoined(by: person) && ban(on: person) != nil
                && !isModerated(by: person, Accounts.role(of: person, world: world))
        }
        for person in removed {
            remove(person)
            tellTakenOff(person, reason, turn)
        }
        return removed
    }

    /// Lets those come again whom a pattern keeps off.
    package func unban(_ text: String, _ turn: Turn) throws {
        try requireModerator(turn)
        let bans = bans(at: now)
        guard let pattern = NamePattern(text), bans.contains(where: { $0.pattern == pattern }) else {
            throw turn.refusal("\(plain: text) is not banned from \(title).", .unchanged)
        }
        let rest = bans.filter { $0.pattern != pattern }
        world.set(PropertyKey(.banned), to: rest.isEmpty ? nil : rest.value, on: thing)
        note(.unban, turn, target: pattern.text)
    }

    /// Takes somebody off who comes into play and is banned from what everybody hears.
    static func enforceBans(on persona: Thing, _ turn: Turn) {
        for channel in all(in: turn.world) where channel.thing.ownValue(of: PropertyKey(.banned)) != nil {
            guard channel.isJoined(by: persona), channel.ban(on: persona) != nil,
                !channel.isModerated(by: persona, Accounts.role(of: persona, world: turn.world))
            else { continue }
            channel.takeOff(persona)
        }
    }
}
