import Basics
import ChatPeers
import GatewayCore
import IRCWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// What has changed on the channels, of people, and of where one is, as lines.
extension IRCDoor {
    func lines(of fact: ClientFact) -> [IRCLine] {
        switch fact {
        case .channel(let news): lines(of: news)
        case .presence(let news): lines(of: news)
        case .name: persona.map(renamed) ?? []
        case .place(let place): moved(to: place)
        case .people(let people): company(is: people)
        case .personCame(let person): came(person)
        case .personLeft(let person): left(person)
        default: []
        }
    }

    func line(_ event: IRCEvent, _ source: IRCSource, account: String? = nil) -> IRCLine {
        IRCLine(event, from: source, tags: house.tags(account: account))
    }

    private func parameter(_ channel: ThingID) -> IRCParameter? {
        channels[channel].map { IRCParameter(cleaning: IRCMap.channel($0.name)) }
    }

    // MARK: Channels

    private func lines(of news: ChannelNews) -> [IRCLine] {
        switch news {
        case .opened(let roster): return opened(roster)
        case .closed(let channel, let name, let by, let reason): return closed(channel, name, by, reason)
        case .joined(let channel, let member):
            guard let name = parameter(channel) else { return [] }
            return joined(name, member)
        case .parted(let channel, let member, let by, let reason):
            guard let name = parameter(channel) else { return [] }
            return parted(name, member.person, by, reason)
        case .member(let channel, let before, let now, let by):
            guard let name = parameter(channel) else { return [] }
            return changes(name, from: before, to: now, by)
        case .topic(let channel, let topic, let by, _):
            guard let name = parameter(channel) else { return [] }
            channels[channel]?.topic = topic
            return [line(.topic(channel: name, IRCParameter(cleaning: topic)), house.source(named: by))]
        case .modes(let channel, _, let now, let by):
            guard let name = parameter(channel), let former = channels[channel]?.modes else { return [] }
            channels[channel]?.modes = now
            let words = IRCModeSet.composed(IRCMap.changes(from: former, to: now))
            return words.map { line(.mode(target: name, $0), house.source(named: by)) }
        case .banned(let channel, let pattern, let isOn, let by):
            guard let name = parameter(channel) else { return [] }
            let change = IRCModeChange("b", isOn: isOn, IRCParameter(cleaning: IRCMap.mask(of: pattern)))
            return IRCModeSet.composed([change]).map { line(.mode(target: name, $0), house.source(named: by)) }
        case .invited(let number, let name, let person, let nick, let by):
            guard by != persona?.name, person == ownNumber || wants(.inviteNotify) && isModerator(of: number) else {
                return []
            }
            let channel = IRCParameter(cleaning: IRCMap.channel(name))
            return [line(.invite(nick: IRCParameter(cleaning: nick), channel: channel), house.source(named: by))]
        case .renamed(let channel, let former, let name):
            guard channels[channel] != nil else { return [] }
            channels[channel]?.name = name
            let (old, new) = (IRCMap.channel(former), IRCMap.channel(name))
            return [
                line(
                    .part(channel: IRCParameter(cleaning: old), reason: text("It is called \(plain: new) now")),
                    connection.source),
                line(.join(channel: IRCParameter(cleaning: new), extended: nil), connection.source),
            ]
        }
    }

    /// Opens a channel that the player hears: `JOIN`, what it is for, and who hears it; of one that is open, only the rest.
    private func opened(_ roster: ChannelRoster) -> [IRCLine] {
        let former = channels.updateValue(
            OpenChannel(name: roster.name, topic: roster.topic, modes: roster.modes), forKey: roster.number)
        let name = IRCParameter(cleaning: IRCMap.channel(roster.name))
        let own = roster.members.first { $0.person.number == ownNumber }
        // Whoever goes on as somebody else is where they were: only what they may do there is new.
        if former != nil, carriedOver.remove(roster.number) != nil {
            let nick = IRCParameter(cleaning: connection.nick)
            let ranks = (own.map(IRCMap.ranks) ?? []).map { IRCModeChange($0, nick) }
            return IRCModeSet.composed(ranks).map { line(.mode(target: name, $0), house.server) }
        }
        let rest = replyLines(house.introduction(of: roster, to: self))
        if former != nil { return rest }
        return [line(joinEvent(name, own?.person), connection.source, account: connection.account)] + rest
    }

    func joinEvent(_ channel: IRCParameter, _ person: PersonPresence?) -> IRCEvent {
        joinEvent(
            channel, account: person.flatMap { $0.account.isEmpty ? nil : $0.account.folded },
            realName: person.map { ignores($0) ? $0.name : house.realName(of: $0.number) } ?? connection.nick)
    }

    /// That somebody joins, with what the client has asked to be told of them.
    private func joinEvent(
        _ channel: IRCParameter, account: @autoclosure () -> String?, realName: @autoclosure () -> String
    ) -> IRCEvent {
        guard wants(.extendedJoin) else { return .join(channel: channel, extended: nil) }
        let extended = IRCExtendedJoin(
            account: account().map { IRCParameter(cleaning: $0) }, realName: IRCParameter(cleaning: realName()))
        return .join(channel: channel, extended: extended)
    }

    private func closed(_ channel: ThingID, _ name: String, _ by: String?, _ reason: String) -> [IRCLine] {
        guard channels.removeValue(forKey: channel) != nil else { return [] }
        let target = IRCParameter(cleaning: IRCMap.channel(name))
        let words = reason.isEmpty ? manner.farewell : IRCParameter(cleaning: reason)
        guard let by, by != persona?.name else {
            return [line(.part(channel: target, reason: words), connection.source)]
        }
        let nick = IRCParameter(cleaning: connection.nick)
        return [line(.kick(channel: target, nick: nick, reason: words), house.source(named: by))]
    }

    private func joined(_ channel: IRCParameter, _ member: ChannelMember) -> [IRCLine] {
        let person = member.person
        let source = house.source(of: person)
        var lines = [line(joinEvent(channel, person), source, account: person.account)]
        let nick = IRCParameter(cleaning: person.name)
        let ranks = IRCMap.ranks(of: member).map { IRCModeChange($0, nick) }
        lines += IRCModeSet.composed(ranks).map { line(.mode(target: channel, $0), house.server) }
        if let text = person.awayText, wants(.awayNotify), readsWords(of: person) {
            lines.append(line(.away(IRCParameter(cleaning: text)), source))
        }
        return lines
    }

    private func parted(_ channel: IRCParameter, _ person: PersonPresence, _ by: String?, _ reason: String) -> [IRCLine]
    {
        let words = reason.isEmpty ? nil : IRCParameter(cleaning: reason)
        guard let by, by != person.name else {
            return [line(.part(channel: channel, reason: words), house.source(of: person))]
        }
        let nick = IRCParameter(cleaning: person.name)
        return [line(.kick(channel: channel, nick: nick, reason: words), house.source(named: by))]
    }

    private func changes(
        _ channel: IRCParameter, from before: ChannelMember, to now: ChannelMember, _ by: String?
    ) -> [IRCLine] {
        let nick = IRCParameter(cleaning: now.person.name)
        let (old, new) = (IRCMap.ranks(of: before), IRCMap.ranks(of: now))
        let changes =
            new.filter { !old.contains($0) }.map { IRCModeChange($0, nick) }
            + old.filter { !new.contains($0) }.map { IRCModeChange($0, isOn: false, nick) }
        return IRCModeSet.composed(changes).map { line(.mode(target: channel, $0), house.source(named: by)) }
    }

    private func isModerator(of channel: ThingID) -> Bool {
        guard let persona, let thing = game.world[channel], let channel = Channel(thing, in: game.world) else {
            return false
        }
        return channel.isModerated(by: persona, game.role(of: persona))
    }

    // MARK: The room

    private var here: IRCParameter { IRCParameter(cleaning: IRCMap.here) }

    private func moved(to place: PlaceFacts) -> [IRCLine] {
        let former = self.place
        self.place = place
        guard isHereOpen, let former, former != place else { return [] }
        return [line(.topic(channel: here, IRCParameter(cleaning: IRCMap.topic(of: place))), house.voice)]
    }

    private func company(is people: [PersonFacts]) -> [IRCLine] {
        let now = Dictionary(people.map { ($0.number, $0) }) { first, _ in first }
        let (gone, new) = (company.values.filter { now[$0.number] != $0 }, people.filter { company[$0.number] != $0 })
        guard isHereOpen else {
            company = now
            return []
        }
        return gone.sorted { $0.number < $1.number }.flatMap(left) + new.flatMap(came)
    }

    private func came(_ person: PersonFacts) -> [IRCLine] {
        company[person.number] = person
        guard isHereOpen else { return [] }
        let source = house.source(of: ThingID(person.number), named: person.name)
        let event = joinEvent(here, account: house.account(of: ThingID(person.number)), realName: person.name)
        return [line(event, source)]
    }

    private func left(_ person: PersonFacts) -> [IRCLine] {
        guard company.removeValue(forKey: person.number) != nil, isHereOpen else { return [] }
        return [
            line(.part(channel: here, reason: nil), house.source(of: ThingID(person.number), named: person.name))
        ]
    }
}
