import AuditCore
import Basics
import ChatPeers
import GatewayCore
import IRCWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// What the server tells of itself, and what those do who run the game.
extension GameHouse {
    /// All connections of the door.
    func connections() -> [IRCServerConnection] { listener?.connections ?? [] }

    func takeOfServer(_ request: IRCRequest, _ door: IRCDoor) {
        switch request {
        case .motd(let name): if isOwn(name, door) { door.reply(motd()) }
        case .version(let name):
            guard isOwn(name, door) else { return }
            door.reply(.version(IRCParameter(cleaning: settings.version), server: nameParameter, "A game"))
            door.reply(IRCReply.support(facts.support))
        case .admin(let name): if isOwn(name, door) { door.reply(admin()) }
        case .lusers: door.reply(users())
        case .time(let name):
            guard isOwn(name, door) else { return }
            let now = game.wallTime()
            door.reply(
                .time(server: nameParameter, seconds: Int(now.milliseconds / 1000), IRCParameter(cleaning: now.stamp)))
        case .stats(let query, let name): if isOwn(name, door) { stats(query, door) }
        case .help(let subject): help(subject, door)
        case .info(let name): if isOwn(name, door) { door.reply(info()) }
        case .links: door.reply(IRCReply.links(server: nameParameter, IRCParameter(cleaning: game.title)))
        default: break
        }
    }

    private var nameParameter: IRCParameter { IRCParameter(cleaning: settings.name) }

    private func isOwn(_ name: IRCParameter?, _ door: IRCDoor) -> Bool {
        guard let name, !IRCMask(name.text).matches(settings.name), player(name) == nil else { return true }
        door.reply(.noSuchServer(name))
        return false
    }

    func motd() -> [IRCReply] {
        let text = [game.title, game.welcome].filter { !$0.isEmpty }.joined(separator: "\n")
        let voice = IRCMap.game
        let hints =
            "\(IRCMap.here) is the room you stand in; what you write to \(voice) is played: /msg \(voice) help irc"
        let splitter = IRCMessageSplitter(limit: IRCMap.motdWidth)
        return IRCReply.motd(splitter.split(text + "\n" + hints), server: nameParameter)
    }

    func users() -> [IRCReply] {
        let people = game.connected
        most = max(most, people.count)
        return IRCReply.users(
            IRCUserCounts(
                visible: people.count, operators: people.count { game.role(of: $0) >= .admin },
                unregistered: connections().count { !$0.isRegistered },
                channels: Channel.all(in: game.world).count, most: most))
    }

    private func admin() -> [IRCReply] {
        let listing = game.settings.listing
        return IRCReply.admin(
            server: nameParameter, IRCParameter(cleaning: listing.location ?? game.title),
            IRCParameter(cleaning: listing.website ?? "No web page is told of"),
            email: IRCParameter(cleaning: listing.contact ?? "Ask whoever runs the game within it"))
    }

    private func info() -> [IRCReply] {
        let census = game.census
        return IRCReply.info([
            IRCParameter(cleaning: game.title),
            "\(census.rooms) rooms, \(census.creatures) creatures, \(census.objects) things",
            IRCParameter(cleaning: settings.version),
        ])
    }

    private func stats(_ query: IRCParameter?, _ door: IRCDoor) {
        let letter = query ?? .star
        if letter.text == "u" {
            door.reply(.uptime(seconds: Int(game.uptime.components.seconds)))
        } else if let persona = door.persona, game.role(of: persona) >= .admin {
            if letter.text.lowercased() == "k" {
                showBans(door)
            } else {
                for line in counts() { door.reply(IRCReply(.statsDebug, [letter], line)) }
            }
        } else {
            door.reply(.noPrivileges(door.text("Only those who run the game see that")))
        }
        door.reply(.endOfStats(letter))
    }

    /// What those see who run the game, whatever other letter they ask for.
    private func counts() -> [IRCParameter] {
        let traffic = game.traffic(of: IRCDoor.title)
        return [
            "connections \(connections().count), in play \(game.connected.count), most \(most)",
            "admitted \(traffic.admitted), refused \(traffic.refused)",
            "octets received \(traffic.received), sent \(traffic.sent)",
        ]
    }

    private func help(_ subject: IRCParameter?, _ door: IRCDoor) {
        let wanted = subject?.text.uppercased() ?? ""
        let acts = IRCMap.acts.filter { wanted.isEmpty || $0.command.uppercased().contains(wanted) }
        if acts.isEmpty, let subject, !door.takesLines, hasPage(subject.text) {
            door.stage = .query
            perform("help \(subject.text)", door)
            return
        }
        var lines = acts.map { act in
            act.remark.isEmpty
                ? door.text("\(plain: act.command) is: \(plain: act.deed)")
                : door.text("\(plain: act.command) is: \(plain: act.deed) (\(Sentence(message: act.remark)))")
        }
        if wanted == "MODE" {
            lines += IRCMap.channelModes.map { mode in
                door.text("\(plain: String(mode.letter)) means: \(Sentence(message: mode.meaning))")
            }
        }
        let mark = String(IRCMap.mark)
        let head: [IRCParameter] =
            wanted.isEmpty
            ? [
                door.text("What you do here is done in the game."),
                door.text(
                    "In \(plain: IRCMap.here) a line that begins with \(plain: mark) is a command: \(plain: mark)look"),
            ] : []
        door.reply(IRCReply.help(subject ?? .star, acts.isEmpty ? [] : head + lines))
    }

    /// Whether the game itself has a page of help of that name.
    private func hasPage(_ topic: String) -> Bool {
        game.interpreter.help.entry(topic.folded) != nil || game.interpreter.verbs.verb(exactly: topic.folded) != nil
    }

    // MARK: Those who run the game

    func takeOfOperators(_ request: IRCRequest, _ door: IRCDoor) {
        if case .oper = request {
            return door.reply(.noOperatorHost(door.text("Who runs the game does so by the role of their account")))
        }
        guard let persona = door.persona, game.role(of: persona) >= .admin else { return door.reply(.noPrivileges()) }
        switch request {
        case .kill(let nick, let reason): kill(nick, reason, door, persona)
        case .wallops(let text):
            let words = text.text.cleaned.trimmed
            if !words.isEmpty { game.broadcast(words) }
            note("WALLOPS :\(words)", persona, door)
        case .kline(let request): ban(request, door, persona)
        case .unkline(let mask): unban(mask, door, persona)
        case .administer(let command):
            door.reply(.unknownError(IRCParameter(cleaning: command.rawValue), door.text("That is for mud-admin")))
        default: break
        }
    }

    private func kill(_ nick: IRCParameter, _ reason: IRCParameter, _ door: IRCDoor, _ persona: Thing) {
        if IRCMap.isSame(nick.text, settings.name) || IRCMap.isSame(nick.text, IRCMap.game) {
            return door.reply(.cannotKillServer)
        }
        guard let person = player(nick), game.isPresent(person) else { return door.reply(.noSuchNick(nick)) }
        // Nobody sends away who has as much to say.
        guard game.role(of: person) < game.role(of: persona) || person === persona else {
            return door.reply(.noPrivileges(door.text("\(plain: person.name) runs the game too")))
        }
        let words = reason.text.cleaned.trimmed
        note("KILL :\(words)", persona, door, subject: person.name)
        _ = game.kick(person.name, reason: words)
        door.gather { door.session?.tellFactsNow() }
    }

    private func note(_ deed: String, _ persona: Thing, _ door: IRCDoor, subject: String = "") {
        game.audit(AuditEvent(.administer, actor: persona.name, origin: door.origin, subject: subject, detail: deed))
    }
}
