import Basics
import IRCWire

/// CHATHISTORY and MARKREAD.
///
/// - Source: IRCv3 `draft/chathistory`, `draft/event-playback`, `draft/read-marker`.
extension IRCNetwork {
    func history(_ user: IRCUser, _ request: IRCHistoryRequest) {
        let events = user.has(.eventPlayback)
        switch request {
        case .targets(let from, let to, let limit): tellTargets(to: user, from: from, to: to, limit)
        case .latest(let target, let place, let limit):
            let place = place.map(IRCHistory.Place.init)
            tell(user, "LATEST", target) { $0.latest(after: place, self.count(limit), events: events) }
        case .before(let target, let place, let limit):
            tell(user, "BEFORE", target) { $0.before(.init(place), self.count(limit), events: events) }
        case .after(let target, let place, let limit):
            tell(user, "AFTER", target) { $0.after(.init(place), self.count(limit), events: events) }
        case .around(let target, let place, let limit):
            tell(user, "AROUND", target) { $0.around(.init(place), self.count(limit), events: events) }
        case .between(let target, let from, let to, let limit):
            tell(user, "BETWEEN", target) { $0.between(.init(from), .init(to), self.count(limit), events: events) }
        }
    }

    private func count(_ limit: Int) -> Int {
        limit > 0 ? min(limit, settings.historyPerRequest) : settings.historyPerRequest
    }

    /// What was said in a place, if somebody may know it.
    private func history(of target: IRCParameter, for user: IRCUser) -> (history: IRCHistory?, target: IRCParameter)? {
        if let channel = channel(target) { return user.isIn(channel) ? (channel.history, channel.name) : nil }
        guard IRCNick(target.text, rules: settings.nicks) != nil, let account = user.account else { return nil }
        let other = self.user(target)?.account ?? target.text
        let mapping = settings.mapping
        let found = conversations.history(of: mapping.folded(account), with: mapping.folded(other))
        return (found, target)
    }

    private func tell(
        _ user: IRCUser, _ subcommand: IRCParameter, _ target: IRCParameter,
        _ select: (IRCHistory) -> [IRCHistory.Entry]
    ) {
        guard let (history, name) = history(of: target, for: user) else {
            return user.reply(
                .fail(
                    .chathistory, .invalidTarget, [subcommand, target.isMiddle ? target : .star],
                    "There are no messages of that target for you."))
        }
        inBatch(to: user, "chathistory", [name]) { batch in
            (history.map(select) ?? []).flatMap { entry in
                // What stands in a batch of its own already stays there; that batch stands in this one.
                entry.lines(for: user).enumerated().map { place, line in
                    line.tags.batch == nil && (place == 0 || line.batchMark == nil) ? line.inBatch(batch) : line
                }
            }
        }
    }

    /// Sends lines in a batch; without the capability they come one by one.
    private func inBatch(
        to user: IRCUser, _ type: IRCParameter, _ parameters: [IRCParameter], _ lines: (String) -> [IRCLine]
    ) {
        let name = user.connection.makeBatchName()
        let (reference, server) = (IRCParameter(cleaning: name), user.connection.server.source)
        user.connection.send(
            IRCLine(.batchStart(reference: reference, type: type, parameters: parameters), from: server))
        for line in lines(name) { user.connection.send(line) }
        user.connection.send(IRCLine(.batchEnd(reference: reference), from: server))
    }

    /// In which places something was said between two moments.
    private func tellTargets(to user: IRCUser, from: WallInstant, to: WallInstant, _ limit: Int) {
        let (early, late) = (min(from, to), max(from, to))
        var found = user.channels.compactMap { channel in
            channel.history.last.map { (name: channel.name.text, last: $0.time) }
        }
        if let account = user.account { found += conversations.partners(of: settings.mapping.folded(account)) }
        found = found.filter { $0.last > early && $0.last < late }.sorted { $0.last < $1.last }
        let chosen = from <= to ? found.prefix(count(limit)) : found.suffix(count(limit))
        let server = user.connection.server.source
        inBatch(to: user, "draft/chathistory-targets", []) { batch in
            chosen.map { target in
                IRCLine(
                    .historyTarget(IRCParameter(cleaning: target.name), time: target.last), from: server,
                    tags: IRCLine.Tags(batch: batch))
            }
        }
    }

    // MARK: Read markers

    /// Marks kept for an account.
    private static let markersPerAccount = 1000

    /// Moves the mark up to which an account has read, and tells all its clients; it never goes back.
    func markRead(_ user: IRCUser, _ target: IRCParameter, _ time: WallInstant?) {
        let shown = target.isMiddle ? target : .star
        guard
            IRCChannelName(target.text, rules: settings.channels) != nil
                || IRCNick(target.text, rules: settings.nicks) != nil
        else { return user.reply(.fail(.markread, .invalidParameters, [shown], "That is no channel and no nick.")) }
        let key = key(target)
        guard let account = user.account.map(settings.mapping.folded) else {
            if time == nil { return tellReadMarker(of: target, key: key, to: user) }
            return user.reply(.fail(.markread, .accountRequired, [shown], "Log in first."))
        }
        let marked = readMarkers[account]?[key]
        guard let time, marked.map({ $0 < time }) ?? true else {
            return tellReadMarker(of: target, key: key, to: user)
        }
        if marked == nil, readMarkers[account]?.count ?? 0 >= Self.markersPerAccount {
            return user.reply(.fail(.markread, .internalError, [shown], "There are too many marks."))
        }
        readMarkers[account, default: [:]][key] = time
        for other in users.values where other.account.map(settings.mapping.folded) == account {
            tellReadMarker(of: target, key: key, to: other)
        }
    }

    func tellReadMarker(of target: IRCParameter, key: String, to user: IRCUser) {
        guard user.has(.readMarker) else { return }
        let time = user.account.flatMap { readMarkers[settings.mapping.folded($0)]?[key] }
        user.connection.send(IRCLine(.markRead(target: target, time: time), from: user.connection.server.source))
    }
}

extension IRCHistory.Place {
    /// A message that there never was counts as one before all others.
    init(_ point: IRCHistoryPoint) {
        switch point {
        case .time(let time): self = .time(time)
        case .message(let id): self = .message(IRCMessageID(id.text) ?? IRCMessageID(number: 0))
        }
    }
}
