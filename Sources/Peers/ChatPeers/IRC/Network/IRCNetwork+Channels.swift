import Basics
import IRCWire

/// JOIN, PART, KICK, INVITE, TOPIC.
///
/// - Source: Modern IRC "Channel Operations"; IRCv3 `extended-join`, `away-notify`, `invite-notify`.
extension IRCNetwork {
    func join(_ user: IRCUser, _ wishes: [IRCJoinRequest]) {
        for wish in wishes { join(user, wish.channel, key: wish.key) }
    }

    private func join(_ user: IRCUser, _ text: IRCParameter, key given: IRCParameter?) {
        guard let name = IRCChannelName(text.text, rules: settings.channels) else {
            return user.reply(.noSuchChannel(text.isMiddle ? text : .star))
        }
        let key = key(text)
        let channel = channels[key]
        if let channel, user.isIn(channel) { return }
        if user.channels.count >= settings.channelsPerUser { return user.reply(.tooManyChannels(text)) }
        if let channel {
            if let refusal = refusal(of: user, at: channel, key: given) { return user.reply(refusal) }
            enter(channel, user, rank: [])
        } else if channels.count >= settings.channelCount {
            user.reply(.tooManyChannels(text))
        } else {
            enter(makeChannel(name, key: key), user, rank: .operator)
        }
    }

    /// Why somebody may not come in; nil when they may.
    private func refusal(of user: IRCUser, at channel: IRCChannel, key: IRCParameter?) -> IRCReply? {
        // Whom an operator invited comes in whatever stands in the way.
        if user.isInvited(to: channel) { return nil }
        if let password = channel.password, key != password { return .badChannelKey(channel.name) }
        let isExcepted = channel.has(user, on: .inviteExceptions)
        if channel.modes.contains(.inviteOnly), !isExcepted { return .inviteOnly(channel.name) }
        if channel.bans(user), !isExcepted { return .bannedFromChannel(channel.name) }
        if let limit = channel.memberLimit, channel.members.count >= limit { return .channelIsFull(channel.name) }
        if channel.modes.contains(.accountsOnly), user.account == nil { return .needRegisteredNick(channel.name) }
        return nil
    }

    private func enter(_ channel: IRCChannel, _ user: IRCUser, rank: IRCRank) {
        channel.add(user, rank: rank)
        user.enter(channel)
        let id = nextMessageID()
        let tags = tags(of: user, id: id)
        let plain = IRCLine(.join(channel: channel.name, extended: nil), from: user.source, tags: tags)
        let person = IRCExtendedJoin(account: user.account.map(IRCParameter.init(cleaning:)), realName: user.realName)
        let extended = IRCLine(.join(channel: channel.name, extended: person), from: user.source, tags: tags)
        let away = user.awayMessage.map { IRCLine(.away($0), from: user.source, tags: self.tags(of: user)) }
        for member in channel.members {
            let other = member.user
            other.connection.send(other.has(.extendedJoin) ? extended : plain)
            if let away, other !== user, other.has(.awayNotify) { other.connection.send(away) }
        }
        channel.history.add(IRCHistory.Entry(id: id, line: plain, isMessage: false))
        if channel.topic != nil { tellTopic(of: channel, to: user) }
        tellReadMarker(of: channel.name, key: channel.key, to: user)
        tellNames(of: channel, to: user)
    }

    // MARK: Leaving

    func part(_ user: IRCUser, _ names: [IRCParameter], reason: IRCParameter?) {
        for name in names {
            guard let (channel, _) = membership(of: user, in: name) else { continue }
            part(user, from: channel, reason: reason)
        }
    }

    func part(_ user: IRCUser, from channel: IRCChannel, reason: IRCParameter?) {
        let id = nextMessageID()
        let reason = reason.flatMap { $0.isEmpty ? nil : $0 }
        let line = IRCLine(
            .part(channel: channel.name, reason: reason), from: user.source, tags: tags(of: user, id: id))
        tell(channel, line)
        channel.history.add(IRCHistory.Entry(id: id, line: line, isMessage: false))
        leave(channel, user)
    }

    /// Takes somebody out of a channel, which is gone with its last member.
    func leave(_ channel: IRCChannel, _ user: IRCUser) {
        channel.remove(user)
        user.leave(channel)
        if channel.isEmpty { channels[channel.key] = nil }
    }

    func kick(_ user: IRCUser, _ wishes: [IRCKickRequest], reason: IRCParameter?) {
        for wish in wishes {
            guard let (channel, rank) = membership(of: user, in: wish.channel) else { continue }
            guard rank.isOperating else {
                user.reply(.channelOperatorNeeded(channel.name))
                continue
            }
            guard let target = self.user(wish.nick) else {
                user.reply(.noSuchNick(wish.nick))
                continue
            }
            guard let targetRank = channel.rank(of: target) else {
                user.reply(.userNotInChannel(target.nick, channel.name))
                continue
            }
            guard rank.mayRule(over: targetRank) else {
                user.reply(.channelOperatorNeeded(channel.name))
                continue
            }
            kick(target, from: channel, by: user, (reason ?? user.nick).cut(to: settings.kickOctets))
        }
    }

    private func kick(_ target: IRCUser, from channel: IRCChannel, by user: IRCUser, _ words: IRCParameter) {
        let id = nextMessageID()
        let line = IRCLine(
            .kick(channel: channel.name, nick: target.nick, reason: words), from: user.source,
            tags: tags(of: user, id: id))
        tell(channel, line)
        channel.history.add(IRCHistory.Entry(id: id, line: line, isMessage: false))
        leave(channel, target)
    }

    // MARK: Inviting

    func invite(_ user: IRCUser, _ nick: IRCParameter, to name: IRCParameter) {
        guard let target = self.user(nick) else { return user.reply(.noSuchNick(nick)) }
        guard let (channel, rank) = membership(of: user, in: name) else { return }
        if target.isIn(channel) { return user.reply(.userOnChannel(target.nick, channel.name)) }
        if channel.modes.contains(.inviteOnly), !rank.isOperating {
            return user.reply(.channelOperatorNeeded(channel.name))
        }
        // Any member may tell of an open channel; the doors that operators shut, they open.
        if rank.isOperating { target.noteInvitation(to: channel, atMost: settings.channelsPerUser) }
        user.reply(.inviting(target.nick, channel.name))
        if let text = target.awayMessage { user.reply(.away(target.nick, text)) }
        let line = IRCLine(
            .invite(nick: target.nick, channel: channel.name), from: user.source, tags: tags(of: user))
        target.connection.send(line)
        for member in channel.members where member.user !== user && member.user.has(.inviteNotify) {
            member.user.connection.send(line)
        }
    }

    // MARK: Topics

    func topic(_ user: IRCUser, of name: IRCParameter, _ wanted: IRCParameter?) {
        guard let wanted else {
            guard let channel = channel(name), user.maySee(channel) else { return user.reply(.noSuchChannel(name)) }
            return tellTopic(of: channel, to: user)
        }
        guard let (channel, rank) = membership(of: user, in: name) else { return }
        if channel.modes.contains(.protectedTopic), !rank.isOperating {
            return user.reply(.channelOperatorNeeded(channel.name))
        }
        let text = wanted.cut(to: settings.topicOctets)
        channel.topic =
            text.isEmpty
            ? nil : IRCChannel.Topic(text: text, setter: IRCParameter(cleaning: user.source.text), setAt: now())
        let id = nextMessageID()
        let line = IRCLine(.topic(channel: channel.name, text), from: user.source, tags: tags(of: user, id: id))
        tell(channel, line)
        channel.history.add(IRCHistory.Entry(id: id, line: line, isMessage: false))
    }

    private func tellTopic(of channel: IRCChannel, to user: IRCUser) {
        user.reply(.topic(channel.name, channel.topic?.text))
        if let topic = channel.topic { user.reply(.topicSetter(channel.name, topic.setter, topic.setAt)) }
    }

    // MARK: Who may

    /// A channel that somebody is in, and what they are there; they are told when there is none, or they are not.
    func membership(of user: IRCUser, in name: IRCParameter) -> (channel: IRCChannel, rank: IRCRank)? {
        guard let channel = channel(name) else {
            user.reply(.noSuchChannel(name.isMiddle ? name : .star))
            return nil
        }
        guard let rank = channel.rank(of: user) else {
            user.reply(.notOnChannel(channel.name))
            return nil
        }
        return (channel, rank)
    }
}

extension IRCParameter {
    /// As many whole characters as fit into so many octets.
    func cut(to octets: Int) -> IRCParameter {
        let octet = text.utf8
        if octet.count <= octets { return self }
        var end = octet.index(octet.startIndex, offsetBy: max(0, octets))
        while end > octet.startIndex, UTF8.isContinuation(octet[end]) { end = octet.index(before: end) }
        return IRCParameter(cleaning: String(text[..<end]))
    }
}
