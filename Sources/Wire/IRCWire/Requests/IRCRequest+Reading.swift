import Basics

extension IRCRequest {
    /// Reads a client's message as a request.
    ///
    /// - Parameters:
    ///   - message: The message; its source is ignored.
    ///   - limits: How many targets each command may name; more of them are refused with 407.
    /// - Throws: What to answer: 421 for an unknown command, 461 for too few parameters, and the command's own numerics.
    public init(_ message: IRCMessage, limits: IRCTargetLimits = IRCTargetLimits()) throws(IRCRequestFailure) {
        guard let command = IRCClientCommand(message.command) else {
            throw IRCRequestFailure(.unknownCommand(IRCParameter(checked: message.command.name)))
        }
        let words = message.parameters
        guard words.count >= command.minimumParameters else { throw IRCRequestFailure(.needMoreParameters(command)) }
        switch command {
        case .cap, .authenticate, .pass, .nick, .user, .ping, .pong, .oper, .quit, .error, .register, .verify:
            self = try Self.connection(command, words)
        case .join, .part, .topic, .names, .list, .invite, .kick, .mode:
            self = try Self.channel(command, words, limits)
        case .privmsg: self = .message(try IRCMessageRequest(.privmsg, words, message.tags, limits))
        case .notice: self = .message(try IRCMessageRequest(.notice, words, message.tags, limits))
        case .tagmsg: self = .message(try IRCMessageRequest(.tagmsg, words, message.tags, limits))
        case .batch: self = .batch(try IRCBatchRequest(words, tags: message.tags))
        case .chathistory: self = .history(try IRCHistoryRequest(words))
        case .markread: self = try Self.markRead(words)
        case .who, .whois, .whowas, .away, .userhost, .ison, .setname, .monitor:
            self = try Self.user(command, words, limits)
        case .motd, .version, .admin, .lusers, .time, .stats, .help, .info, .links:
            self = Self.server(command, words)
        case .kill, .kline, .unkline, .wallops, .rehash, .restart, .connect, .squit:
            self = try Self.operator(command, words)
        }
    }

    // Each of the following is called with as many parameters as its commands need.

    private static func connection(
        _ command: IRCClientCommand, _ words: [IRCParameter]
    ) throws(IRCRequestFailure) -> IRCRequest {
        switch command {
        case .cap: return .capability(try IRCCapabilityRequest(words))
        case .authenticate: return .authenticate(words[0])
        // Clients write a password with spaces as it was typed, without a colon before it.
        case .pass:
            return .pass(words.count == 1 ? words[0] : IRCParameter(cleaning: words.map(\.text).joined(separator: " ")))
        case .nick:
            guard let nick = words.first, !nick.isEmpty else { throw IRCRequestFailure(.noNickGiven) }
            return .nick(nick)
        case .user:
            guard !words[0].isEmpty, !words[3].isEmpty else { throw IRCRequestFailure(.needMoreParameters(.user)) }
            return .user(name: words[0], realName: words[3])
        case .ping:
            // The modern document has 461 for a missing token, the old one 409; clients know both.
            guard let token = words.first else { throw IRCRequestFailure(.needMoreParameters(.ping)) }
            if token.isEmpty { throw IRCRequestFailure(.noOrigin) }
            return .ping(token: token)
        case .pong: return .pong(token: words.last)
        case .oper: return .oper(name: words[0], password: words[1])
        case .quit: return .quit(reason: words.first)
        case .register:
            return .register(
                account: words[0] == .star ? nil : words[0], email: words[1] == .star ? nil : words[1],
                password: words[2])
        case .verify: return .verify(account: words[0], code: words[1])
        default: return .error
        }
    }

    private static func channel(
        _ command: IRCClientCommand, _ words: [IRCParameter], _ limits: IRCTargetLimits
    ) throws(IRCRequestFailure) -> IRCRequest {
        switch command {
        case .join:
            if words[0].text == "0" { return .partAll }
            let channels = try targets(words[0], of: command, limit: limits.channels)
            let keys = words.count > 1 ? items(words[1], keepsEmpty: true) : []
            return .join(
                channels.enumerated().map { place, channel in
                    let key = place < keys.count && !keys[place].isEmpty ? keys[place] : nil
                    return IRCJoinRequest(channel: channel, key: key)
                })
        case .part:
            return .part(
                try targets(words[0], of: command, limit: limits.channels), reason: words.count > 1 ? words[1] : nil)
        case .topic: return .topic(channel: words[0], words.count > 1 ? words[1] : nil)
        case .names:
            guard let first = words.first, !first.isEmpty else { return .names([]) }
            return .names(try targets(first, of: command, limit: limits.channels))
        case .list: return .list(try IRCListRequest(words, limits))
        case .invite: return .invite(nick: words[0], channel: words[1])
        case .kick: return try kick(words, limits)
        default:
            return .mode(
                target: words[0], modes: words.count > 1 ? words[1] : nil, arguments: Array(words.dropFirst(2)))
        }
    }

    private static func kick(_ words: [IRCParameter], _ limits: IRCTargetLimits) throws(IRCRequestFailure) -> IRCRequest
    {
        let channels = try targets(words[0], of: .kick, limit: limits.kick)
        let nicks = try targets(words[1], of: .kick, limit: limits.kick)
        let reason = words.count > 2 && !words[2].isEmpty ? words[2] : nil
        if channels.count == 1 {
            return .kick(nicks.map { IRCKickRequest(channel: channels[0], nick: $0) }, reason: reason)
        }
        guard channels.count == nicks.count else { throw IRCRequestFailure(.needMoreParameters(.kick)) }
        return .kick(zip(channels, nicks).map { IRCKickRequest(channel: $0, nick: $1) }, reason: reason)
    }

    private static func user(
        _ command: IRCClientCommand, _ words: [IRCParameter], _ limits: IRCTargetLimits
    ) throws(IRCRequestFailure) -> IRCRequest {
        switch command {
        case .who: return .who(IRCWhoRequest(words))
        case .whois:
            // With two parameters the first is the server that should answer; there is only this one.
            guard let nicks = words.count > 1 ? words[1] : words.first, !nicks.isEmpty else {
                throw IRCRequestFailure(.noNickGiven)
            }
            return .whois(try targets(nicks, of: command, limit: limits.whois))
        case .whowas:
            guard let nick = items(words[0]).first else { throw IRCRequestFailure(.noNickGiven) }
            return .whowas(nick: nick, count: words.count > 1 ? Int(words[1].text) : nil)
        case .away: return .away(words.first.flatMap { $0.isEmpty ? nil : $0 })
        case .userhost: return .userHost(Array(spaced(words).prefix(limits.userHost)))
        case .ison: return .isOn(Array(spaced(words).prefix(limits.people)))
        case .setname: return .setName(words[0])
        default: return .monitor(try IRCMonitorRequest(words, limits))
        }
    }

    private static func server(_ command: IRCClientCommand, _ words: [IRCParameter]) -> IRCRequest {
        let first = words.first.flatMap { $0.isEmpty ? nil : $0 }
        switch command {
        case .motd: return .motd(server: first)
        case .version: return .version(server: first)
        case .admin: return .admin(server: first)
        case .lusers: return .lusers
        case .time: return .time(server: first)
        case .stats: return .stats(query: first, server: words.count > 1 ? words[1] : nil)
        case .help: return .help(subject: first)
        case .info: return .info(server: first)
        default: return .links
        }
    }

    private static func `operator`(
        _ command: IRCClientCommand, _ words: [IRCParameter]
    ) throws(IRCRequestFailure) -> IRCRequest {
        switch command {
        case .kill: return .kill(nick: words[0], reason: words[1])
        case .kline: return .kline(try IRCBanRequest(words))
        case .unkline: return .unkline(mask: words[0])
        case .wallops:
            if words[0].isEmpty { throw IRCRequestFailure(.needMoreParameters(.wallops)) }
            return .wallops(words[0])
        default: return .administer(command)
        }
    }

    private static func markRead(_ words: [IRCParameter]) throws(IRCRequestFailure) -> IRCRequest {
        guard let target = words.first, !target.isEmpty else {
            throw IRCRequestFailure(.fail(.markread, .needMoreParameters, [], "Name a channel or nick."))
        }
        guard words.count > 1 else { return .markRead(target: target, time: nil) }
        guard words[1].text.hasPrefix("timestamp="),
            let time = WallInstant(ircTime: words[1].text.dropFirst(10))
        else {
            throw IRCRequestFailure(.fail(.markread, .invalidParameters, [target], "A time is timestamp=…Z."))
        }
        return .markRead(target: target, time: time)
    }
}
