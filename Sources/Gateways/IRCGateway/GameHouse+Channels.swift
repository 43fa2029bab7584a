import Basics
import ChatPeers
import GatewayCore
import IRCWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// `JOIN`, `PART`, `TOPIC`, `NAMES`, `LIST`, `INVITE`, `KICK`.
extension GameHouse {
    func takeOfChannels(_ request: IRCRequest, _ door: IRCDoor) {
        switch request {
        case .join(let requests): for request in requests { join(request.channel, door) }
        case .partAll:
            for channel in door.channels.values.map(\.name).sorted() {
                part(IRCParameter(cleaning: IRCMap.channel(channel)), nil, door)
            }
            if door.isHereOpen { part(IRCParameter(cleaning: IRCMap.here), nil, door) }
        case .part(let names, let reason): for name in names { part(name, reason, door) }
        case .topic(let name, let text): topic(name, text, door)
        case .names(let names): self.names(names, door)
        case .list(let request): list(request, door)
        case .invite(let nick, let name): invite(nick, name, door)
        case .kick(let requests, let reason): for request in requests { kick(request, reason, door) }
        default: break
        }
    }

    // MARK: Coming and going

    private func join(_ name: IRCParameter, _ door: IRCDoor) {
        if IRCMap.isSame(name.text, IRCMap.here) { return door.openHere() }
        guard let channel = channel(name) else { return door.reply(.noSuchChannel(name)) }
        change(door, .joining, channel: name) { turn in try channel.join(turn) }
    }

    private func part(_ name: IRCParameter, _ reason: IRCParameter?, _ door: IRCDoor) {
        if IRCMap.isSame(name.text, IRCMap.here) { return door.closeHere(reason) }
        guard let channel = visibleChannel(name, door) else { return door.reply(.noSuchChannel(name)) }
        door.telling(
            { $0.farewell = reason },
            {
                change(door, .leaving, channel: name) { turn in try channel.part(turn) }
            })
    }

    private func invite(_ nick: IRCParameter, _ name: IRCParameter, _ door: IRCDoor) {
        if IRCMap.isSame(name.text, IRCMap.here) {
            return door.reply(.channelOperatorNeeded(name, IRCMap.hereHasNoOperators))
        }
        guard let channel = visibleChannel(name, door) else { return door.reply(.noSuchChannel(name)) }
        guard let person = player(nick) else { return door.reply(.noSuchNick(nick)) }
        let isDone: Void? = act(door, .inviting, channel: name, nick: nick) { turn in try channel.invite(person, turn) }
        guard isDone != nil else { return }
        door.reply(.inviting(IRCParameter(cleaning: person.name), name))
    }

    private func kick(_ request: IRCKickRequest, _ reason: IRCParameter?, _ door: IRCDoor) {
        if IRCMap.isSame(request.channel.text, IRCMap.here) {
            return door.reply(.channelOperatorNeeded(request.channel, IRCMap.hereHasNoOperators))
        }
        guard let channel = visibleChannel(request.channel, door) else {
            return door.reply(.noSuchChannel(request.channel))
        }
        guard let person = player(request.nick) else { return door.reply(.noSuchNick(request.nick)) }
        // Clients send a nick where nothing was said.
        let words = reason.map { $0.text.cleaned.trimmed } ?? ""
        let why = words.folded == person.name.folded ? "" : words
        change(door, .governing, channel: request.channel, nick: request.nick) { turn in
            try channel.kick(person, because: why, turn)
        }
    }

    // MARK: What it is for

    private func topic(_ name: IRCParameter, _ text: IRCParameter?, _ door: IRCDoor) {
        if IRCMap.isSame(name.text, IRCMap.here) {
            if text != nil { return door.reply(.channelOperatorNeeded(name, IRCMap.hereHasNoOperators)) }
            guard door.isHereOpen else { return door.reply(.notOnChannel(name)) }
            return door.reply(.topic(name, door.place.map { IRCParameter(cleaning: IRCMap.topic(of: $0)) }))
        }
        guard let channel = visibleChannel(name, door) else { return door.reply(.noSuchChannel(name)) }
        if let text {
            guard door.channels[channel.thing.id] != nil else { return door.reply(.notOnChannel(name)) }
            return change(door, .governing, channel: name) { turn in
                try channel.setTopic(text.text.cleaned.trimmed, turn)
            }
        }
        if let roster = roster(of: channel.thing.id, for: door) { door.reply(topic(of: roster, always: true)) }
    }

    /// Whether somebody may know that a channel is there: closed ones are for those who may hear them.
    func isVisible(_ channel: Channel, _ door: IRCDoor) -> Bool {
        guard let persona = door.persona else { return false }
        return door.channels[channel.thing.id] != nil || channel.admits(persona, game.role(of: persona))
    }

    /// A channel by its name in IRC, for whoever may know that it is there; to others it is one that is not.
    func visibleChannel(_ name: IRCParameter, _ door: IRCDoor) -> Channel? {
        channel(name).flatMap { isVisible($0, door) ? $0 : nil }
    }

    // MARK: Lists

    private func names(_ names: [IRCParameter], _ door: IRCDoor) {
        // All that can be seen would be a flood; the channels one is on have been told.
        if names.isEmpty { return door.reply(.endOfNames(.star)) }
        for name in names {
            if IRCMap.isSame(name.text, IRCMap.here), door.isHereOpen {
                door.reply(door.hereNames())
            } else if let channel = channel(name), isVisible(channel, door),
                let roster = roster(of: channel.thing.id, for: door)
            {
                door.reply(self.names(of: roster, for: door))
            } else {
                door.reply(.endOfNames(name))
            }
        }
    }

    private func list(_ request: IRCListRequest, _ door: IRCDoor) {
        door.reply(.listStart)
        for channel in Channel.all(in: game.world) where isVisible(channel, door) {
            guard let roster = roster(of: channel.thing.id, for: door) else { continue }
            let name = IRCMap.channel(roster.name)
            let isAsked = request.channels.isEmpty || request.channels.contains { IRCMap.isSame($0.text, name) }
            guard isAsked, request.conditions.allSatisfy({ meets(roster, name, $0) }) else { continue }
            door.reply(
                .list(
                    IRCParameter(cleaning: name), people: roster.members.count,
                    topic: IRCParameter(cleaning: roster.topic)))
        }
        door.reply(.listEnd)
    }

    private func meets(_ roster: ChannelRoster, _ name: String, _ condition: IRCListRequest.Condition) -> Bool {
        switch condition {
        case .matches(let mask): return IRCMask(mask.text).matches(name)
        case .doesNotMatch(let mask): return !IRCMask(mask.text).matches(name)
        case .morePeople(let count): return roster.members.count > count
        case .fewerPeople(let count): return roster.members.count < count
        // Nobody knows when a channel was made: all of them are old.
        case .createdBefore: return true
        case .createdWithin: return false
        case .topicBefore(let minutes): return topicAge(of: roster).map { $0 > minutes } ?? true
        case .topicWithin(let minutes): return topicAge(of: roster).map { $0 < minutes } ?? false
        }
    }

    /// How many minutes ago it was said what a channel is for.
    private func topicAge(of roster: ChannelRoster) -> Int? {
        roster.topicTime.map { (Int(game.wallTime().milliseconds) - $0) / 60_000 }
    }
}
