import IRCWire

/// From what a server says to what has happened.
extension IRCNetworkView {
    /// Takes a message of a registered connection.
    ///
    /// - Parameters:
    ///   - message: Whatever came, but CAP, AUTHENTICATE, BATCH, PING and PONG.
    ///   - isHistory: Whether it tells of the past: it changes nothing then.
    /// - Returns: What has happened; nil when there is nothing to tell.
    /// - Throws: When the server goes beyond the limits.
    mutating func receive(_ message: IRCMessage, isHistory: Bool) throws(IRCClientFailure) -> IRCClientEvent? {
        if let numeric = message.command.numeric { return try numericReceived(numeric, message) }
        guard let who = message.source else { return withoutSource(message) }
        if isOwn(who.name), who.host != nil { source = who }
        switch message.command.name {
        case "PRIVMSG", "NOTICE": return said(message, who, isHistory: isHistory)
        case "FAIL", "WARN", "NOTE": return standardReply(message)
        case "ERROR": return .error(message.text(at: 0) ?? "")
        case _ where isHistory: return .other(message)
        case "JOIN": return try joined(message, who)
        case "PART": return parted(message, who)
        case "KICK": return kicked(message, who)
        case "QUIT":
            let channels = removeEverywhere(who.name)
            return .quit(who: who, reason: message.text(at: 0) ?? "", channels: channels)
        case "NICK": return renamed(message, who)
        case "TOPIC": return topicChanged(message, who)
        case "MODE": return try modesChanged(message, who)
        default: return personChanged(message, who) ?? .other(message)
        }
    }

    private func withoutSource(_ message: IRCMessage) -> IRCClientEvent? {
        switch message.command.name {
        case "ERROR": .error(message.text(at: 0) ?? "")
        case "FAIL", "WARN", "NOTE": standardReply(message)
        // Some servers say something before they have a name to show.
        case "NOTICE", "PRIVMSG": said(message, .server("*"), isHistory: false)
        default: .other(message)
        }
    }

    private func standardReply(_ message: IRCMessage) -> IRCClientEvent {
        guard let reply = IRCSeenReply(message) else { return .other(message) }
        return .reply(reply)
    }

    // MARK: Words

    private func said(_ message: IRCMessage, _ who: IRCSource, isHistory: Bool) -> IRCClientEvent? {
        guard let target = message.text(at: 0), let text = message.text(at: 1) else { return .other(message) }
        let isNotice = message.command.name == "NOTICE"
        let place = channelName(of: target)
        var heard = IRCClientMessage(
            kind: isNotice ? .notice : .message, sender: who, target: target, channel: nil, statusSign: nil,
            text: text, tags: message.tags, isOwn: isOwn(who.name), isHistory: isHistory)
        if let place {
            heard.channel = channel(place.name)?.name ?? place.name
            heard.statusSign = place.statusSign
        }
        guard let query = IRCCTCP(parsing: text) else { return .message(heard) }
        if query.command.name == "ACTION", !isNotice {
            heard.kind = .action
            heard.text = query.arguments
            return .message(heard)
        }
        if isHistory || heard.isOwn { return .other(message) }
        return isNotice ? .queryAnswer(query, from: who) : .query(query, from: who, target: target)
    }

    // MARK: Channels

    private mutating func joined(_ message: IRCMessage, _ who: IRCSource) throws(IRCClientFailure) -> IRCClientEvent? {
        guard let name = message.text(at: 0), !name.isEmpty else { return .other(message) }
        let isOwn = isOwn(who.name)
        if isOwn { try addChannel(name) }
        let account = message.text(at: 1).flatMap { $0 == "*" || $0.isEmpty ? nil : $0 }
        try changeMember(who.name, on: name) { member in
            (member.user, member.host) = (who.user, who.host)
            if let account { member.account = account }
        }
        return .joined(
            channel: channel(name)?.name ?? name, who: who, account: account ?? message.tags["account"], isOwn: isOwn)
    }

    private mutating func parted(_ message: IRCMessage, _ who: IRCSource) -> IRCClientEvent? {
        guard let name = message.text(at: 0) else { return .other(message) }
        let (shown, isOwn) = (channel(name)?.name ?? name, isOwn(who.name))
        if isOwn { removeChannel(name) } else { removeMember(who.name, from: name) }
        return .parted(channel: shown, who: who, reason: message.text(at: 1) ?? "", isOwn: isOwn)
    }

    private mutating func kicked(_ message: IRCMessage, _ who: IRCSource) -> IRCClientEvent? {
        guard let name = message.text(at: 0), let nick = message.text(at: 1) else { return .other(message) }
        let (shown, isOwn) = (channel(name)?.name ?? name, isOwn(nick))
        if isOwn { removeChannel(name) } else { removeMember(nick, from: name) }
        return .kicked(channel: shown, nick: nick, by: who, reason: message.text(at: 2) ?? "", isOwn: isOwn)
    }

    private mutating func topicChanged(_ message: IRCMessage, _ who: IRCSource) -> IRCClientEvent? {
        guard let name = message.text(at: 0) else { return .other(message) }
        let text = message.text(at: 1).flatMap { $0.isEmpty ? nil : $0 }
        changeChannel(name) { channel in
            (channel.topic, channel.topicSetter) = (text, text == nil ? nil : who.text)
        }
        return .topic(channel: channel(name)?.name ?? name, text: text, by: who)
    }

    private mutating func modesChanged(
        _ message: IRCMessage, _ who: IRCSource?
    ) throws(IRCClientFailure) -> IRCClientEvent? {
        guard let target = message.text(at: 0) else { return .other(message) }
        let isChannel = support.isChannel(target)
        // A user's modes have no parameters.
        let modes = isChannel ? IRCModeSet(support) : IRCModeSet(never: message.text(at: 1) ?? "")
        let changes = modes.changes(in: message.parameters.dropFirst())
        if isChannel { for change in changes { try apply(change, to: target) } }
        return .modes(target: channel(target)?.name ?? target, changes: changes, by: who)
    }

    // MARK: People

    private mutating func renamed(_ message: IRCMessage, _ who: IRCSource) -> IRCClientEvent? {
        guard let new = message.text(at: 0), !new.isEmpty else { return .other(message) }
        let isOwn = isOwn(who.name)
        if isOwn {
            nick = new
            source = IRCSource(new, user: who.user ?? source.user, host: who.host ?? source.host)
        }
        rename(who.name, to: new)
        return .nickChanged(who: who, to: new, isOwn: isOwn)
    }

    private mutating func personChanged(_ message: IRCMessage, _ who: IRCSource) -> IRCClientEvent? {
        let first = message.text(at: 0)
        switch message.command.name {
        case "AWAY":
            let text = first.flatMap { $0.isEmpty ? nil : $0 }
            changeEverywhere(who.name) { $0.isAway = text != nil }
            return .away(who: who, text: text)
        case "ACCOUNT":
            let account = first.flatMap { $0 == "*" || $0.isEmpty ? nil : $0 }
            if isOwn(who.name) { self.account = account }
            changeEverywhere(who.name) { $0.account = account }
            return .account(who: who, account: account)
        case "CHGHOST":
            guard let user = first, let host = message.text(at: 1) else { return nil }
            if isOwn(who.name) { source = IRCSource(who.name, user: user, host: host) }
            changeEverywhere(who.name) { ($0.user, $0.host) = (user, host) }
            return .host(who: who, user: user, host: host)
        case "SETNAME": return .realName(who: who, text: first ?? "")
        case "INVITE":
            guard let nick = first, let channel = message.text(at: 1) else { return nil }
            return .invited(nick: nick, channel: channel, by: who)
        default: return nil
        }
    }
}

extension IRCSeenReply {
    /// Reads a `FAIL`, `WARN` or `NOTE`; nil for anything else.
    init?(_ message: IRCMessage) {
        guard let kind = Kind(rawValue: message.command.name), message.parameters.count >= 3 else { return nil }
        let words = message.parameters.map(\.text)
        self.init(
            kind: kind, command: words[0], code: words[1], context: Array(words[2..<(words.count - 1)]),
            text: words[words.count - 1])
    }
}
