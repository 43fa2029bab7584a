import Basics
import ChatPeers
import GatewayCore
import IRCWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// What has changed of people, the player among them, as lines.
extension IRCDoor {
    func lines(of news: PresenceNews) -> [IRCLine] {
        switch news {
        case .all: return []
        case .connected(let person):
            guard isWatched(person.name) else { return [] }
            return replyLines(IRCReply.monitorOnline([house.source(of: person)]))
        case .disconnected(let person, let reason):
            if person.number == ownNumber { return [] }
            var lines: [IRCLine] = []
            let words = reason.isEmpty || ignores(person) ? text("Left the game") : IRCParameter(cleaning: reason)
            // A client that does not know them passes it over.
            if !channels.isEmpty { lines.append(line(.quit(reason: words), house.source(of: person))) }
            company[person.number.number] = nil
            if isWatched(person.name) {
                lines += replyLines(IRCReply.monitorOffline([IRCParameter(cleaning: person.name)]))
            }
            return lines
        case .changed(let before, let now): return changes(from: before, to: now)
        }
    }

    func isWatched(_ name: String) -> Bool { watched.contains(name.folded) }

    func ignores(_ person: PersonPresence) -> Bool {
        persona.map { Ignoring.ignores($0, number: person.number, house.game.world) } ?? false
    }

    /// Whether the client is sent what somebody has written of themself: not of whom the player ignores, and only of those with whom
    /// they share a channel or the room that is open, or whom the client watches.
    func readsWords(of person: PersonPresence) -> Bool {
        if person.number == ownNumber { return true }
        if ignores(person) { return false }
        if wants(.extendedMonitor), isWatched(person.name) { return true }
        if isHereOpen, company[person.number.number] != nil { return true }
        let world = house.game.world
        guard let other = world[person.number] else { return false }
        return channels.keys.contains { number in
            world[number].flatMap { Channel($0, in: world) }?.isJoined(by: other) == true
        }
    }

    func replyLines(_ replies: [IRCReply]) -> [IRCLine] {
        replies.map {
            IRCLine($0, from: house.server, nick: IRCParameter(cleaning: connection.nick), tags: house.tags())
        }
    }

    private func changes(from before: PersonPresence, to now: PersonPresence) -> [IRCLine] {
        let isOwn = now.number == ownNumber
        var lines: [IRCLine] = []
        if before.name != now.name {
            if isWatched(before.name) {
                lines += replyLines(IRCReply.monitorOffline([IRCParameter(cleaning: before.name)]))
            }
            if isWatched(now.name) { lines += replyLines(IRCReply.monitorOnline([house.source(of: now)])) }
        }
        if channels.isEmpty, !isOwn, !wants(.extendedMonitor) || !isWatched(now.name) { return lines }
        let (old, new) = (house.source(of: before), house.source(of: now))
        if before.name != now.name, !isOwn, !channels.isEmpty {
            lines.append(line(.nick(IRCParameter(cleaning: now.name)), old))
        }
        if old.host != new.host || old.user != new.user {
            if isOwn { connection.rename(user: new.user, host: new.host) }
            if wants(.chghost) {
                let event = IRCEvent.changeHost(
                    user: IRCParameter(cleaning: new.user ?? "*"), host: IRCParameter(cleaning: new.host ?? "*"))
                lines.append(line(event, IRCSource(now.name, user: old.user, host: old.host)))
            }
        }
        if before.account != now.account, wants(.accountNotify) {
            lines.append(line(.account(now.account.isEmpty ? nil : IRCParameter(cleaning: now.account.folded)), new))
        }
        if before.plan != now.plan, wants(.setname), readsWords(of: now) {
            let realName = now.plan.isEmpty ? now.name : now.plan
            lines.append(line(.setName(IRCParameter(cleaning: realName)), new))
        }
        if before.awayText != now.awayText {
            if isOwn {
                lines += replyLines([now.awayText == nil ? .unaway : .nowAway])
            } else if wants(.awayNotify), readsWords(of: now) {
                lines.append(line(.away(now.awayText.map { IRCParameter(cleaning: $0) }), new))
            }
        }
        if isOwn, (before.role >= .admin) != (now.role >= .admin) {
            let change = IRCModeChange("o", isOn: now.role >= .admin)
            lines += IRCModeSet.composed([change]).map {
                line(.mode(target: IRCParameter(cleaning: connection.nick), $0), house.server)
            }
        }
        return lines
    }

    /// The player goes on as another character.
    func renamed(to persona: Thing) -> [IRCLine] {
        let name = persona.name
        if name == connection.nick { return [] }
        let old = connection.source
        let (new, account) = (house.source(of: persona), house.account(of: persona.id))
        // Whoever is just coming in is at no door yet.
        connection.rename(nick: name, user: new.user, host: new.host == IRCMap.absent ? old.host : new.host)
        var lines = [line(.nick(IRCParameter(cleaning: name)), old)]
        if let account, account != connection.account {
            lines += replyLines([.loggedIn(connection.source, account: IRCParameter(cleaning: account))])
        }
        connection.account = account
        return lines
    }

    /// Tells of another character before anything that is told to them; nothing while it is the same.
    func linesOfCharacter() -> [IRCLine] {
        guard let persona = next ?? persona, persona.id != shownCharacter else { return [] }
        shownCharacter = persona.id
        carriedOver = Set(channels.keys)
        return renamed(to: persona)
    }
}
