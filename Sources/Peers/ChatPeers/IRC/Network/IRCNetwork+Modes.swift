import IRCWire

/// MODE.
///
/// - Source: Modern IRC "MODE message", "Channel Modes", "User Modes".
extension IRCNetwork {
    /// The modes of channels.
    static let channelModes = IRCModeSet(
        list: "beI", always: "k", whenSet: "l", never: String(IRCChannelModes.letters.map(\.letter)),
        ranks: IRCRank.rows.map { IRCModeSet.Rank($0.letter, Character(UnicodeScalar($0.prefix))) })
    /// The modes of users.
    static let userModes = IRCModeSet(never: String(IRCUserModes.letters.map(\.letter)))

    func mode(_ user: IRCUser, _ target: IRCParameter, _ modes: IRCParameter?, _ arguments: [IRCParameter]) {
        if let channel = channel(target) {
            guard user.maySee(channel) else { return user.reply(.noSuchChannel(target)) }
            guard let modes else { return tellModes(of: channel, to: user) }
            change(channel, by: user, modes, arguments)
        } else if IRCChannelName(target.text, rules: settings.channels) != nil {
            user.reply(.noSuchChannel(target))
        } else if let other = self.user(target) {
            guard other === user else { return user.reply(.usersDontMatch) }
            guard let modes else { return user.reply(.userModes(user.modes.parameter)) }
            change(user, modes)
        } else {
            user.reply(.noSuchNick(target.isMiddle ? target : .star))
        }
    }

    // MARK: Channels

    private func tellModes(of channel: IRCChannel, to user: IRCUser) {
        var letters = "+" + channel.modes.text
        var parameters: [IRCParameter] = []
        if let password = channel.password {
            letters += "k"
            parameters.append(user.isIn(channel) ? password : "*")
        }
        if let limit = channel.memberLimit {
            letters += "l"
            parameters.append(IRCParameter(limit))
        }
        user.reply(.channelModes(channel.name, [IRCParameter(cleaning: letters)] + parameters))
        user.reply(.creationTime(channel.name, channel.createdAt))
    }

    private func change(
        _ channel: IRCChannel, by user: IRCUser, _ modes: IRCParameter, _ arguments: [IRCParameter]
    ) {
        let rank = channel.rank(of: user) ?? []
        var changes: [IRCModeChange] = []
        var isDenied = false
        for wish in Self.channelModes.wishes(modes, arguments) {
            switch wish {
            case .show(let letter): show(letter, of: channel, to: user, rank)
            case .unknown(let letter): user.reply(.unknownMode(IRCParameter(cleaning: String(letter))))
            case .incomplete(let letter, _):
                user.reply(
                    .invalidModeParameter(
                        channel.name, mode: IRCParameter(cleaning: String(letter)), parameter: .star,
                        "You must specify a parameter"))
            case .change(let wanted):
                if rank.isOperating {
                    if let done = apply(wanted, to: channel, by: user, rank) { changes.append(done) }
                } else if !isDenied {
                    isDenied = true
                    user.reply(.channelOperatorNeeded(channel.name))
                }
            }
        }
        for words in IRCModeSet.composed(changes) {
            let id = nextMessageID()
            let line = IRCLine(.mode(target: channel.name, words), from: user.source, tags: tags(of: user, id: id))
            tell(channel, line)
            channel.history.add(IRCHistory.Entry(id: id, line: line, isMessage: false))
        }
    }

    /// What is on a list: bans are for all who see the channel, exceptions for those who run it.
    private func show(_ letter: Character, of channel: IRCChannel, to user: IRCUser, _ rank: IRCRank) {
        guard let list = IRCMaskList(rawValue: letter) else { return }
        if list != .bans, !rank.isOperating { return user.reply(.channelOperatorNeeded(channel.name)) }
        for entry in channel.lists[list] ?? [] {
            user.reply(
                .mask(
                    list, channel.name,
                    IRCMaskEntry(
                        mask: IRCParameter(cleaning: entry.mask.text), setter: entry.setter, time: entry.setAt)))
        }
        user.reply(.endOfMasks(list, channel.name))
    }

    /// Makes one change.
    ///
    /// - Returns: What was changed, as others are told; nil when nothing was.
    private func apply(
        _ change: IRCModeChange, to channel: IRCChannel, by user: IRCUser, _ rank: IRCRank
    ) -> IRCModeChange? {
        if let mode = IRCChannelModes(letter: change.mode) {
            guard channel.modes.contains(mode) != change.isOn else { return nil }
            if change.isOn { channel.modes.insert(mode) } else { channel.modes.remove(mode) }
            return change
        }
        if let given = IRCRank(letter: change.mode) { return apply(change, given, to: channel, by: user, rank) }
        if let list = IRCMaskList(rawValue: change.mode) { return apply(change, on: list, of: channel, by: user) }
        return change.mode == "k"
            ? applyKey(change, to: channel, by: user) : applyLimit(change, to: channel, by: user)
    }

    private func apply(
        _ change: IRCModeChange, _ given: IRCRank, to channel: IRCChannel, by user: IRCUser, _ rank: IRCRank
    ) -> IRCModeChange? {
        guard let nick = change.parameter, let target = self.user(nick) else {
            user.reply(.noSuchNick(change.parameter ?? .star))
            return nil
        }
        guard let old = channel.rank(of: target) else {
            user.reply(.userNotInChannel(target.nick, channel.name))
            return nil
        }
        // A half-operator gives and takes voice; all may give up what they are.
        guard rank.contains(.operator) || given == .voice || target === user && !change.isOn else {
            user.reply(.channelOperatorNeeded(channel.name))
            return nil
        }
        let new = change.isOn ? old.union(given) : old.subtracting(given)
        if new == old { return nil }
        channel.setRank(new, of: target)
        return IRCModeChange(change.mode, isOn: change.isOn, target.nick)
    }

    private func apply(
        _ change: IRCModeChange, on list: IRCMaskList, of channel: IRCChannel, by user: IRCUser
    ) -> IRCModeChange? {
        guard let text = change.parameter, text.isMiddle else { return nil }
        let mask = IRCMask(completing: text.text, mapping: settings.mapping)
        var shown = IRCParameter(cleaning: mask.text)
        var entries = channel.lists[list] ?? []
        let place = entries.firstIndex { settings.mapping.isSame($0.mask.text, mask.text) }
        if change.isOn {
            if place != nil { return nil }
            guard entries.count < settings.listEntries else {
                user.reply(.banListFull(channel.name, mode: shown))
                return nil
            }
            let setter = IRCParameter(cleaning: user.source.text)
            entries.append(IRCChannel.Entry(mask: mask, setter: setter, setAt: now()))
        } else {
            guard let place else { return nil }
            shown = IRCParameter(cleaning: entries.remove(at: place).mask.text)
        }
        channel.lists[list] = entries
        return IRCModeChange(change.mode, isOn: change.isOn, shown)
    }

    private func applyKey(_ change: IRCModeChange, to channel: IRCChannel, by user: IRCUser) -> IRCModeChange? {
        guard change.isOn else {
            guard let old = channel.password else { return nil }
            channel.password = nil
            return IRCModeChange("k", isOn: false, old)
        }
        guard let key = change.parameter, key.isMiddle, key.text.utf8.count <= settings.keyOctets,
            !key.text.utf8.contains(UInt8(ascii: ","))
        else {
            user.reply(.invalidKey(channel.name))
            return nil
        }
        if channel.password == key { return nil }
        channel.password = key
        return change
    }

    private func applyLimit(_ change: IRCModeChange, to channel: IRCChannel, by user: IRCUser) -> IRCModeChange? {
        guard change.isOn else {
            defer { channel.memberLimit = nil }
            return channel.memberLimit == nil ? nil : change
        }
        let given = change.parameter ?? .star
        guard let limit = Int(given.text), limit > 0 else {
            user.reply(
                .invalidModeParameter(channel.name, mode: "l", parameter: given, "The limit is a number above 0"))
            return nil
        }
        if channel.memberLimit == limit { return nil }
        channel.memberLimit = limit
        return IRCModeChange("l", isOn: true, IRCParameter(limit))
    }

    // MARK: Users

    private func change(_ user: IRCUser, _ modes: IRCParameter) {
        var changes: [IRCModeChange] = []
        var isUnknown = false
        for wish in Self.userModes.wishes(modes, []) {
            guard case .change(let change) = wish, let mode = IRCUserModes(letter: change.mode) else {
                isUnknown = true
                continue
            }
            // Who is an operator is not for the user to say, but who is none any more.
            if user.modes.contains(mode) == change.isOn || mode == .operator && change.isOn { continue }
            set(mode, change.isOn, of: user)
            changes.append(change)
        }
        if isUnknown { user.reply(.unknownUserMode) }
        tell(user, changes)
    }

    /// Tells somebody what has changed of their modes.
    func tell(_ user: IRCUser, _ changes: [IRCModeChange]) {
        for words in IRCModeSet.composed(changes) {
            user.connection.send(IRCLine(.mode(target: user.nick, words), from: user.source, tags: tags(of: user)))
        }
    }

    func set(_ mode: IRCUserModes, _ isOn: Bool, of user: IRCUser) {
        guard user.modes.contains(mode) != isOn else { return }
        if isOn { user.modes.insert(mode) } else { user.modes.remove(mode) }
        if mode == .invisible { invisibleCount += isOn ? 1 : -1 }
        if mode == .operator {
            operatorCount += isOn ? 1 : -1
            user.connection.isExemptFromPace = isOn
        }
    }
}
