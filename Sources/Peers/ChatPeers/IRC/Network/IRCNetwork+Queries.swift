import Basics
import IRCWire
import ReactorCore

/// WHO, WHOIS, WHOWAS, USERHOST.
///
/// - Source: Modern IRC "User-Based Queries"; IRCv3 WHOX, Bot Mode.
extension IRCNetwork {
    func who(_ user: IRCUser, _ request: IRCWhoRequest) {
        defer { user.reply(.endOfWho(request.mask)) }
        if let channel = channel(request.mask) {
            guard user.maySee(channel) else { return }
            for member in channel.members.prefix(settings.queryLines)
            where user.maySee(member.user) && (!request.operatorsOnly || member.user.isOperator) {
                tell(user, request, of: member.user, in: channel)
            }
            return
        }
        if let other = self.user(request.mask) {
            if !request.operatorsOnly || other.isOperator { tell(user, request, of: other, in: nil) }
            return
        }
        guard
            request.mask.text.utf8.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") })
                || request.mask.text == "0"
        else { return }
        whoMatching(user, request)
    }

    private func whoMatching(_ user: IRCUser, _ request: IRCWhoRequest) {
        let mask = IRCMask(request.mask.text == "0" ? "*" : request.mask.text, mapping: settings.mapping)
        var count = 0
        for other in users.values where user.maySee(other) && (!request.operatorsOnly || other.isOperator) {
            guard
                mask.matches(other.nick.text) || mask.matches(other.host) || mask.matches(other.userName)
                    || mask.matches(other.realName.text)
            else { continue }
            count += 1
            if count > settings.queryLines { return user.reply(.tryAgain(.who)) }
            tell(user, request, of: other, in: nil)
        }
    }

    private func tell(_ user: IRCUser, _ request: IRCWhoRequest, of other: IRCUser, in channel: IRCChannel?) {
        let prefixes = channel?.rank(of: other)?.prefixes(all: user.has(.multiPrefix) || request.fields != nil) ?? ""
        var person = IRCWhoPerson(
            nick: other.nick, user: IRCParameter(cleaning: other.userName), host: IRCParameter(cleaning: other.host),
            server: serverName,
            flags: IRCWhoPerson.flags(
                isAway: other.awayMessage != nil, isOperator: other.isOperator, prefixes: prefixes,
                bot: other.modes.contains(.bot) ? "B" : nil),
            realName: other.realName, account: other.account.map { IRCParameter(cleaning: $0) })
        person.idleSeconds = idle(other)
        let name = channel?.name
        if let fields = request.fields {
            user.reply(.who(person, channel: name, fields: fields))
        } else {
            user.reply(.who(person, channel: name))
        }
    }

    func idle(_ user: IRCUser) -> Int { Int(clamping: user.lastSpokeAt.duration(to: reactor.now).components.seconds) }

    var serverName: IRCParameter { IRCParameter(cleaning: server?.settings.name ?? settings.network) }

    func whois(_ user: IRCUser, _ nick: IRCParameter) {
        guard let other = self.user(nick) else {
            let shown = nick.isMiddle ? nick : .star
            return user.reply([.noSuchNick(shown), .endOfWhois(shown)])
        }
        var person = IRCWhoisPerson(
            nick: other.nick, user: IRCParameter(cleaning: other.userName), host: IRCParameter(cleaning: other.host),
            realName: other.realName, server: serverName,
            serverDescription: IRCParameter(cleaning: "\(settings.network) server"))
        person.account = other.account.map { IRCParameter(cleaning: $0) }
        person.isNickOwner = other.account.map { settings.mapping.isSame($0, other.nick.text) } ?? false
        person.channels = other.channels.filter(user.maySee).compactMap { channel in
            let prefixes = channel.rank(of: other)?.prefixes(all: user.has(.multiPrefix)) ?? ""
            return IRCParameter(cleaning: prefixes + channel.name.text)
        }
        person.awayText = other.awayMessage
        (person.isOperator, person.isBot) = (other.isOperator, other.modes.contains(.bot))
        person.isSecure = other.connection.security != nil
        (person.idle, person.signedOn) = (idle(other), other.signedOnAt)
        if other === user || user.isOperator {
            person.certificateFingerprint =
                other.connection.security?.certificateFingerprint.map { IRCParameter(cleaning: $0) }
            person.realHost = IRCParameter(cleaning: "\(other.userName)@\(other.host)")
            person.modes = other.modes.parameter
        }
        user.reply(IRCReply.whois(person, asked: nick))
    }

    func whowas(_ user: IRCUser, _ nick: IRCParameter, _ count: Int?) {
        let most = count.map { $0 > 0 ? $0 : .max } ?? .max
        let found = departed.entries(of: key(nick), atMost: min(most, settings.queryLines))
        if found.isEmpty { user.reply(.wasNoSuchNick(nick)) }
        for entry in found {
            user.reply(
                IRCReply.whowas(
                    nick: entry.nick, user: IRCParameter(cleaning: entry.user),
                    host: IRCParameter(cleaning: entry.host),
                    realName: entry.realName, server: serverName, left: entry.leftAt))
        }
        user.reply(.endOfWhowas(nick))
    }

    func userHost(_ user: IRCUser, _ nicks: [IRCParameter]) {
        user.reply(
            .userHost(
                nicks.compactMap { self.user($0) }.map { other in
                    IRCUserHost(
                        nick: other.nick.text, isOperator: other.isOperator, isAway: other.awayMessage != nil,
                        userHost: "\(other.userName)@\(other.host)")
                }))
    }
}
