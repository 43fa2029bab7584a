import IRCWire

/// MONITOR: who wants to know when somebody comes and goes.
///
/// - Source: IRCv3 Monitor.
extension IRCNetwork {
    func monitor(_ user: IRCUser, _ request: IRCMonitorRequest) {
        switch request {
        case .add(let nicks): watch(user, nicks)
        case .remove(let nicks): for nick in nicks { unwatch(user, key(nick)) }
        case .clear: unwatchAll(user)
        case .list: user.reply(IRCReply.monitorList(user.monitored.values.sorted { $0.text < $1.text }))
        case .status: tellStatus(of: user.monitored.values.sorted { $0.text < $1.text }, to: user)
        }
    }

    private func watch(_ user: IRCUser, _ nicks: [IRCParameter]) {
        var added: [IRCParameter] = []
        for (index, nick) in nicks.enumerated() where IRCNick(nick.text, rules: settings.nicks) != nil {
            let key = key(nick)
            if user.monitored[key] == nil, user.monitored.count >= settings.monitored {
                user.reply(.monitorListFull(limit: settings.monitored, nicks: Array(nicks[index...])))
                break
            }
            user.monitored[key] = nick
            watchers[key, default: [:]][ObjectIdentifier(user)] = user
            added.append(nick)
        }
        tellStatus(of: added, to: user)
    }

    private func tellStatus(of nicks: [IRCParameter], to user: IRCUser) {
        let here = nicks.compactMap { self.user($0)?.source }
        let gone = nicks.filter { self.user($0) == nil }
        if !here.isEmpty { user.reply(IRCReply.monitorOnline(here)) }
        if !gone.isEmpty { user.reply(IRCReply.monitorOffline(gone)) }
    }

    private func unwatch(_ user: IRCUser, _ key: String) {
        guard user.monitored.removeValue(forKey: key) != nil else { return }
        watchers[key]?[ObjectIdentifier(user)] = nil
        if watchers[key]?.isEmpty ?? false { watchers[key] = nil }
    }

    func unwatchAll(_ user: IRCUser) {
        for key in Array(user.monitored.keys) { unwatch(user, key) }
    }

    func tellWatchers(ofKey key: String, _ replies: @autoclosure () -> [IRCReply]) {
        guard let watching = watchers[key] else { return }
        let replies = replies()
        for watcher in watching.values { watcher.reply(replies) }
    }
}
