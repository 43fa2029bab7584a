import IRCWire

/// What a server tells of its channels when it is asked or somebody joins, and its modes.
extension IRCNetworkView {
    mutating func numericReceived(
        _ numeric: IRCNumeric, _ message: IRCMessage
    ) throws(IRCClientFailure) -> IRCClientEvent? {
        let name = message.text(at: 1) ?? ""
        switch numeric {
        case .iSupport:
            // Between the nick and the words at the end.
            learnSupport(message.parameters.dropFirst().dropLast().map(\.text))
            return nil
        case .topic, .noTopic:
            let text = numeric == .topic ? message.text(at: 2) : nil
            changeChannel(name) { $0.topic = text }
            return .topic(channel: channel(name)?.name ?? name, text: text, by: nil)
        case .topicWhoTime:
            changeChannel(name) { $0.topicSetter = message.text(at: 2) }
            return nil
        case .nameReply:
            try namesReceived(message)
            return nil
        case .endOfNames:
            guard let known = channel(name), !known.isComplete else { return nil }
            changeChannel(name) { $0.isComplete = true }
            return .complete(channel: known.name)
        case .channelModeIs:
            changeChannel(name) { $0.modes = [:] }
            for change in IRCModeSet(support).changes(in: message.parameters.dropFirst(2)) {
                try apply(change, to: name)
            }
            return nil
        case .visibleHost:
            source = IRCSource(nick, user: source.user, host: name)
            return nil
        // The connection tells of these.
        case .welcome, .monitorOnline, .monitorOffline: return nil
        case .endOfMotd, .noMotd: return .ready
        default: return .other(message)
        }
    }

    /// Whom a reply to MONITOR tells of.
    func presences(_ message: IRCMessage) -> [IRCClientEvent] {
        let isOnline = message.command.numeric == .monitorOnline
        return (message.text(at: 1) ?? "").split(separator: ",").map {
            .presence(nick: IRCSource(parsing: String($0)).name, isOnline: isOnline)
        }
    }

    /// Takes one line of NAMES: signs of all modes of a member (`multi-prefix`), nick, perhaps user name and host.
    private mutating func namesReceived(_ message: IRCMessage) throws(IRCClientFailure) {
        guard let channel = message.text(at: 2), let names = message.text(at: 3) else { return }
        let signs = support.prefixes
        for word in names.split(separator: " ") {
            var (rest, modes) = (word, "")
            while let sign = rest.first, let known = signs.first(where: { $0.sign == sign }) {
                modes.append(known.mode)
                rest = rest.dropFirst()
            }
            if rest.isEmpty { continue }
            let who = IRCSource(parsing: String(rest))
            try changeMember(who.name, on: channel) { member in
                member.modes = modes
                if who.host != nil { (member.user, member.host) = (who.user, who.host) }
            }
        }
    }

    // MARK: Modes

    mutating func apply(_ change: IRCModeChange, to name: String) throws(IRCClientFailure) {
        let order = support.prefixes.map(\.mode)
        if order.contains(change.mode) {
            guard let nick = change.parameter?.text, member(nick, on: name) != nil else { return }
            try changeMember(nick, on: name) { member in
                member.modes = String(
                    order.filter { $0 == change.mode ? change.isOn : member.modes.contains($0) })
            }
            return
        }
        if support.channelModes.list.contains(change.mode) { return }
        changeChannel(name) { channel in
            if !change.isOn {
                channel.modes[change.mode] = nil
            } else if channel.modes.count < Self.mostModes || channel.modes[change.mode] != nil {
                channel.modes[change.mode] = change.parameter?.text ?? ""
            }
        }
    }
}
