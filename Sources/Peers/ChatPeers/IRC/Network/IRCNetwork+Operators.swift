import Basics
import CredentialCore
import IRCWire
import ReactorCore
import Transports

/// Somebody, or some place, that is kept out.
struct IRCServerBan {
    let mask: IRCMask
    let reason: IRCParameter
    let setter: IRCParameter
    /// When it is over; nil for never.
    let endsAt: MonotonicInstant?
}

/// OPER, KILL, KLINE, UNKLINE, WALLOPS.
///
/// - Source: Modern IRC "Operator Messages"; KLINE as other servers have it.
extension IRCNetwork {
    func oper(_ user: IRCUser, _ name: IRCParameter, _ password: IRCParameter) {
        if settings.operators.isEmpty { return user.reply(.noOperatorHost()) }
        let found = settings.operators.first { settings.mapping.isSame($0.name, name.text) }
        let response = user.connection.deferResponse()
        // Guesses count apart from those at the account of that name.
        desk.verify(
            password.text, against: found?.storedPassword, account: "oper \(name.text)",
            source: user.connection.peer.host, now: reactor.now
        ) { [weak self] verdict in
            defer { response.end() }
            guard let self, user.connection.isRegistered else { return }
            guard case .accepted = verdict else {
                self.server?.log("irc: \(user.source.text) is no operator “\(name.text)”")
                return response.reply(.passwordMismatch)
            }
            self.server?.log("irc: \(user.source.text) is operator “\(name.text)” now")
            set(.operator, true, of: user)
            response.reply(.youAreOperator)
            response.send(IRCLine(.mode(target: user.nick, ["+o"]), from: user.source))
        }
    }

    private func isOperator(_ user: IRCUser) -> Bool {
        if !user.isOperator { user.reply(.noPrivileges()) }
        return user.isOperator
    }

    func kill(_ user: IRCUser, _ nick: IRCParameter, _ reason: IRCParameter) {
        guard isOperator(user) else { return }
        guard let target = self.user(nick) else {
            return user.reply(
                settings.mapping.isSame(nick.text, serverName.text) ? .cannotKillServer : .noSuchNick(nick))
        }
        server?.log("irc: \(user.nick) kills \(target.source.text): \(reason)")
        target.connection.send(IRCLine(.kill(nick: target.nick, reason: reason), from: user.source))
        target.connection.close("Killed (\(user.nick) (\(reason)))")
    }

    func ban(_ user: IRCUser, _ request: IRCBanRequest) {
        guard isOperator(user) else { return }
        dropEndedBans()
        guard bans.count < settings.bans else { return tell(user, "There are too many bans.") }
        let mask = Self.userMask(request.mask, settings.mapping)
        let ends = request.minutes.map {
            reactor.now.advanced(by: .seconds(60) * min(max(0, $0), Self.longestBan))
        }
        let reason = request.reason ?? "No reason given"
        bans.removeAll { $0.mask.text == mask.text }
        bans.append(
            IRCServerBan(
                mask: mask, reason: reason, setter: user.nick, endsAt: ends))
        server?.log("irc: \(user.nick) bans \(mask.text): \(reason)")
        tell(user, "Banned \(mask.text).")
        for other in users.values where other !== user && mask.matches("\(other.userName)@\(other.host)") {
            other.reply(.banned(IRCParameter(cleaning: "You are banned: \(reason)")))
            other.connection.close("Banned (\(reason))")
        }
    }

    func unban(_ user: IRCUser, _ text: IRCParameter) {
        guard isOperator(user) else { return }
        let mask = Self.userMask(text, settings.mapping)
        let count = bans.count
        bans.removeAll { settings.mapping.isSame($0.mask.text, mask.text) }
        tell(user, bans.count < count ? "No longer banned: \(mask.text)." : "There is no such ban.")
    }

    /// Minutes of the longest ban that ends: ten years.
    private static let longestBan = 5_256_000

    private static func userMask(_ text: IRCParameter, _ mapping: IRCCaseMapping) -> IRCMask {
        IRCMask(text.text.contains("@") ? text.text : "*@" + text.text, mapping: mapping)
    }

    private func dropEndedBans() {
        let now = reactor.now
        bans.removeAll { ban in ban.endsAt.map { $0 <= now } ?? false }
    }

    /// The ban that keeps somebody out, if there is one.
    func ban(of userName: String, at host: String) -> IRCServerBan? {
        if bans.isEmpty { return nil }
        dropEndedBans()
        return bans.first { $0.mask.matches("\(userName)@\(host)") }
    }

    var bansOnStats: [IRCReply] {
        dropEndedBans()
        return bans.map { IRCReply(.statsKLine, ["K", IRCParameter(cleaning: $0.mask.text), $0.setter], $0.reason) }
    }

    func wallops(_ user: IRCUser, _ text: IRCParameter) {
        guard isOperator(user) else { return }
        let line = IRCLine(.wallops(text), from: user.source, tags: tags(of: user))
        for other in users.values where other.modes.contains(.wallops) || other.isOperator {
            other.connection.send(line)
        }
    }

    private func tell(_ user: IRCUser, _ text: IRCParameter) {
        user.connection.send(
            IRCLine(
                .message(.notice, target: user.nick, text: text), from: user.connection.server.source,
                tags: IRCLine.Tags(time: now())))
    }
}
