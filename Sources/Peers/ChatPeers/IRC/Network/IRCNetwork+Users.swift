import IRCWire

/// NICK, AWAY, SETNAME.
///
/// - Source: Modern IRC "NICK message", "AWAY message"; IRCv3 `away-notify`, `setname`.
extension IRCNetwork {
    /// Why somebody may not have a nick; nil when they may.
    func refusal(ofNick text: IRCParameter, for connection: IRCServerConnection) -> IRCReply? {
        let shown = text.isMiddle ? text : .star
        guard let nick = IRCNick(text.text, rules: settings.nicks) else { return .erroneousNick(shown) }
        if isReserved(nick.text) { return .erroneousNick(shown) }
        if let other = users[key(text)], other.connection !== connection { return .nickInUse(shown) }
        guard settings.nicks.allowsUnicode else { return nil }
        if let other = lookalikes[IRCSkeleton.of(nick.text)], other.connection !== connection {
            return .nickInUse(shown, "Nickname looks like one that is in use")
        }
        return nil
    }

    /// Nobody may pass for the server, the network, or a service, such as NickServ, to which people send passwords.
    private func isReserved(_ nick: String) -> Bool {
        let mapping = settings.mapping
        return mapping.folded(nick).hasSuffix("serv") || mapping.isSame(nick, settings.network)
            || mapping.isSame(nick, serverName.text)
    }

    func rename(_ user: IRCUser, _ text: IRCParameter) {
        if let refusal = refusal(ofNick: text, for: user.connection) { return user.reply(refusal) }
        guard let nick = IRCNick(text.text, rules: settings.nicks), nick.parameter != user.nick else { return }
        // Whom a ban silences does not speak again under a name that it is not meant for.
        if let channel = user.channels.first(where: { $0.rank(of: user)?.isEmpty ?? true && $0.bans(user) }) {
            return user.reply(.bannedNickChange(nick.parameter, channel.name))
        }
        let (oldNick, oldKey, newKey) = (user.nick, user.key, key(text))
        let id = nextMessageID()
        let line = IRCLine(.nick(nick.parameter), from: user.source, tags: tags(of: user, id: id))
        if oldKey != newKey { remember(user) }
        forget(user)
        user.rename(to: nick, key: newKey)
        enlist(user)
        user.connection.send(line)
        forEachNeighbour(of: user) { $0.connection.send(line) }
        for channel in user.channels {
            channel.namesChanged()
            channel.history.add(IRCHistory.Entry(id: id, line: line, isMessage: false))
        }
        if oldKey != newKey {
            tellWatchers(ofKey: oldKey, IRCReply.monitorOffline([oldNick]))
            tellWatchers(ofKey: newKey, IRCReply.monitorOnline([user.source]))
        }
    }

    func enlist(_ user: IRCUser) {
        users[user.key] = user
        if settings.nicks.allowsUnicode { lookalikes[IRCSkeleton.of(user.nick.text)] = user }
    }

    func forget(_ user: IRCUser) {
        users[user.key] = nil
        if settings.nicks.allowsUnicode { lookalikes[IRCSkeleton.of(user.nick.text)] = nil }
    }

    /// Keeps who somebody was, for WHOWAS.
    func remember(_ user: IRCUser) {
        departed.add(
            IRCWhowas.Entry(
                nick: user.nick, user: user.userName, host: user.host, realName: user.realName, account: user.account,
                leftAt: now()),
            key: user.key)
    }

    func away(_ user: IRCUser, _ text: IRCParameter?) {
        let text = text?.cut(to: settings.awayOctets)
        if user.awayMessage == nil, text == nil { return user.reply(.unaway) }
        user.awayMessage = text
        user.reply(text == nil ? .unaway : .nowAway)
        notify(IRCLine(.away(text), from: user.source, tags: tags(of: user)), about: user, agreedBy: .awayNotify)
    }

    func setName(_ user: IRCUser, _ name: IRCParameter) {
        guard !name.isEmpty, name.text.utf8.count <= settings.realNameOctets else {
            return user.reply(.fail(.setname, .invalidRealName, [], "Realname is not valid"))
        }
        user.realName = name
        let line = IRCLine(.setName(name), from: user.source, tags: tags(of: user))
        if user.has(.setname) { user.connection.send(line) }
        notify(line, about: user, agreedBy: .setname)
    }
}
