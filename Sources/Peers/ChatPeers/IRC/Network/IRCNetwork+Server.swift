import Basics
import IRCWire
import ReactorCore

/// MOTD, LUSERS, VERSION, TIME, ADMIN, INFO, STATS, HELP, LINKS, and what operators do.
///
/// - Source: Modern IRC "Server Queries and Commands".
extension IRCNetwork {
    func serve(_ user: IRCUser, _ request: IRCRequest) {
        switch request {
        case .lusers: user.reply(IRCReply.users(counts))
        case .links:
            user.reply(IRCReply.links(server: serverName, IRCParameter(cleaning: "\(settings.network) server")))
        case .help(let subject): help(user, subject)
        case .motd(let server): if isOurs(server, user) { tellMotd(to: user) }
        case .version(let server): if isOurs(server, user) { tellVersion(to: user) }
        case .time(let server):
            guard isOurs(server, user) else { return }
            let time = now()
            user.reply(
                .time(
                    server: serverName, seconds: Int(time.milliseconds / 1000), IRCParameter(cleaning: time.description)
                ))
        case .admin(let server): if isOurs(server, user) { tellAdministration(to: user) }
        case .info(let server):
            if isOurs(server, user) {
                user.reply(
                    IRCReply.info([
                        IRCParameter(cleaning: facts.version),
                        IRCParameter(cleaning: "Running since \(startedAt.description)"),
                    ]))
            }
        case .stats(let query, let server): if isOurs(server, user) { stats(user, query) }
        case .oper(let name, let password): oper(user, name, password)
        case .kill(let nick, let reason): kill(user, nick, reason)
        case .kline(let request): ban(user, request)
        case .unkline(let mask): unban(user, mask)
        case .wallops(let text): wallops(user, text)
        case .administer(let command):
            user.reply(
                user.isOperator ? .noPrivilege(IRCParameter(cleaning: command.rawValue.lowercased())) : .noPrivileges())
        default: break
        }
    }

    /// Whether a server that is asked for is this one; they are told when it isn't.
    private func isOurs(_ server: IRCParameter?, _ user: IRCUser) -> Bool {
        guard let server else { return true }
        if IRCMask(server.text).matches(serverName.text) || self.user(server) != nil { return true }
        user.reply(.noSuchServer(server.isMiddle ? server : .star))
        return false
    }

    var counts: IRCUserCounts {
        IRCUserCounts(
            visible: users.count - invisibleCount, invisible: invisibleCount, operators: operatorCount,
            unregistered: max(0, (server?.connections.count ?? 0) - users.count), channels: channels.count,
            most: mostUsers)
    }

    func tellMotd(to user: IRCUser) {
        user.reply(IRCReply.motd(settings.motd.map { IRCParameter(cleaning: $0) }, server: serverName))
    }

    private func tellVersion(to user: IRCUser) {
        user.reply(
            .version(
                IRCParameter(cleaning: facts.version), server: serverName, IRCParameter(cleaning: settings.network)))
        user.reply(IRCReply.support(facts.support))
    }

    private func tellAdministration(to user: IRCUser) {
        let lines = settings.administration.map { IRCParameter(cleaning: $0) }
        func line(_ index: Int) -> IRCParameter { index < lines.count ? lines[index] : "-" }
        user.reply(IRCReply.admin(server: serverName, line(0), line(1), email: line(2)))
    }

    private func stats(_ user: IRCUser, _ query: IRCParameter?) {
        let letter = query?.text.first
        switch letter {
        case "u"?:
            let seconds = startedTicking.duration(to: reactor.now).components.seconds
            user.reply(.uptime(seconds: Int(clamping: seconds)))
        case "k"?, "o"?:
            guard user.isOperator else {
                user.reply(.noPrivileges())
                break
            }
            user.reply(letter == "k" ? bansOnStats : operatorsOnStats)
        default: break
        }
        user.reply(.endOfStats(letter.map { IRCParameter(cleaning: String($0)) } ?? .star))
    }

    private var operatorsOnStats: [IRCReply] {
        settings.operators.map { IRCReply(.statsOLine, ["O", "*", "*", IRCParameter(cleaning: $0.name)]) }
    }

    private func help(_ user: IRCUser, _ subject: IRCParameter?) {
        let asked = subject?.text.uppercased() ?? ""
        if asked.isEmpty {
            let commands = IRCClientCommand.allCases.map(\.rawValue).joined(separator: " ")
            return user.reply(
                IRCReply.help(.star, ["Commands of this server:", IRCParameter(cleaning: commands)]))
        }
        let shown = subject.map { $0.isMiddle ? $0 : .star } ?? .star
        guard let command = IRCCommand(asked).flatMap({ IRCClientCommand($0) }) else {
            return user.reply(.helpNotFound(shown))
        }
        user.reply(
            IRCReply.help(
                shown,
                [
                    IRCParameter(cleaning: command.rawValue),
                    "See https://modern.ircdocs.horse/ for what it does and takes.",
                ]))
    }
}
