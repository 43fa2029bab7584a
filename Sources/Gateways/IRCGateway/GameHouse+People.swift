import Basics
import ChatPeers
import GatewayCore
import IRCWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// `WHO`, `WHOIS`, `WHOWAS`, `AWAY`, `NICK`, and who is here.
extension GameHouse {
    func takeOfPeople(_ request: IRCRequest, _ door: IRCDoor) {
        switch request {
        case .who(let request): who(request, door)
        case .whois(let nicks): for nick in nicks { whois(nick, door) }
        case .whowas(let nick, _): whowas(nick, door)
        case .away(let text): away(text, door)
        case .userHost(let nicks):
            let people = connected(nicks, door).map { person in
                let source = source(of: person)
                return IRCUserHost(
                    nick: person.name, isOperator: person.role >= .admin, isAway: person.awayText != nil,
                    userHost: "\(source.user ?? "*")@\(source.host ?? "*")")
            }
            door.reply(.userHost(people))
        case .isOn(let nicks): door.reply(.isOn(connected(nicks, door).map { IRCParameter(cleaning: $0.name) }))
        case .setName(let name): setName(name, door)
        case .monitor(let request): monitor(request, door)
        case .nick(let nick): changeNick(nick, door)
        default: break
        }
    }

    /// Those of some nicks who are connected, in their order.
    private func connected(_ nicks: [IRCParameter], _ door: IRCDoor) -> [PersonPresence] {
        let people = Dictionary(presences(for: door).map { ($0.name.folded, $0) }) { first, _ in first }
        return nicks.compactMap { people[$0.text.folded] }
    }

    // MARK: Who

    private func who(_ request: IRCWhoRequest, _ door: IRCDoor) {
        let mask = request.mask
        if mask.text.first == "#" {
            if IRCMap.isSame(mask.text, IRCMap.here) {
                whoIsHere(request, door)
            } else if let channel = channel(mask), isVisible(channel, door),
                let roster = roster(of: channel.thing.id, for: door)
            {
                for member in roster.members where !request.operatorsOnly || member.person.role >= .admin {
                    let signs = IRCMap.signs(of: member, isWhole: door.wants(.multiPrefix))
                    show(member.person, IRCParameter(cleaning: IRCMap.channel(roster.name)), signs, request, door)
                }
            }
        } else {
            let pattern = IRCMask(mask.text == "0" ? "*" : mask.text)
            for person in presences(for: door) where !request.operatorsOnly || person.role >= .admin {
                let source = source(of: person)
                let names = [source.name, source.user ?? "", source.host ?? "", source.text]
                if names.contains(where: pattern.matches) { show(person, nil, "", request, door) }
            }
        }
        door.reply(.endOfWho(mask))
    }

    /// Who is where the player is, as far as they know them.
    private func whoIsHere(_ request: IRCWhoRequest, _ door: IRCDoor) {
        guard door.isHereOpen else { return }
        let known = Set(door.company.keys).union([door.ownNumber.number])
        for person in presences(for: door) where known.contains(person.number.number) {
            show(person, request.mask, "", request, door)
        }
    }

    private func show(
        _ person: PersonPresence, _ channel: IRCParameter?, _ signs: String, _ request: IRCWhoRequest, _ door: IRCDoor
    ) {
        let source = source(of: person)
        var shown = IRCWhoPerson(
            nick: IRCParameter(cleaning: source.name), user: IRCParameter(cleaning: source.user ?? "*"),
            host: IRCParameter(cleaning: source.host ?? "*"), server: IRCParameter(cleaning: settings.name),
            flags: IRCWhoPerson.flags(
                isAway: person.awayText != nil, isOperator: person.role >= .admin, prefixes: signs),
            realName: IRCParameter(cleaning: realName(of: person.number)),
            account: person.account.isEmpty ? nil : IRCParameter(cleaning: person.account.folded))
        if let persona = game.world[person.number], request.fields?.fields.contains(.idle) == true {
            shown.idleSeconds = Int(game.idle(of: persona)?.components.seconds ?? 0)
        }
        door.reply(
            request.fields.map { .who(shown, channel: channel, fields: $0) } ?? .who(shown, channel: channel))
    }

    // MARK: One person

    private func whois(_ nick: IRCParameter, _ door: IRCDoor) {
        if IRCMap.isSame(nick.text, IRCMap.game) {
            var shown = whoisPerson(voice, door.text("The game itself; what you write to it is played").text)
            shown.isBot = true
            return door.reply(IRCReply.whois(shown, asked: nick))
        }
        guard let person = player(nick), let presence = connected([nick], door).first else {
            if let person = player(nick), !person[.isGuest] {
                door.reply(IRCReply(.noSuchNick, [nick], door.text("Is not connected; WHOWAS tells when they were")))
            } else {
                door.reply(unknown(nick, door))
            }
            return door.reply(.endOfWhois(nick))
        }
        var shown = whoisPerson(source(of: presence), realName(of: person.id))
        shown.account = presence.account.isEmpty ? nil : IRCParameter(cleaning: presence.account.folded)
        shown.awayText = presence.awayText.map { IRCParameter(cleaning: $0) }
        shown.isOperator = presence.role >= .admin
        shown.channels = channels(of: person.id, for: door)
        shown.idle = game.idle(of: person).map { Int($0.components.seconds) }
        shown.signedOn = game.arrival(of: person)
        let modes = userModes(of: door)
        if person === door.persona, modes.text != "+" { shown.modes = modes }
        door.reply(IRCReply.whois(shown, asked: nick))
    }

    /// That nobody who plays has that nick, and how those are spoken to who have such ones.
    func unknown(_ nick: IRCParameter, _ door: IRCDoor) -> IRCReply {
        if IRCMap.isOutside(nick.text) {
            return IRCReply(
                .noSuchNick, [nick], door.text("Is of another network, and only words of the channel go there"))
        }
        let example = "\(IRCMap.mark)ask NAME about SOMETHING"
        return IRCReply(
            .noSuchNick, [nick],
            door.text(
                """
                No such player; whoever lives in the world is spoken to in \(plain: IRCMap.here): \(plain: example)
                """))
    }

    private func whoisPerson(_ source: IRCSource, _ realName: String) -> IRCWhoisPerson {
        IRCWhoisPerson(
            nick: IRCParameter(cleaning: source.name), user: IRCParameter(cleaning: source.user ?? "*"),
            host: IRCParameter(cleaning: source.host ?? "*"), realName: IRCParameter(cleaning: realName),
            server: IRCParameter(cleaning: settings.name), serverDescription: IRCParameter(cleaning: game.title))
    }

    /// The channels that somebody hears, of those that the one who asks may see, with what they may do there.
    private func channels(of person: ThingID, for door: IRCDoor) -> [IRCParameter] {
        Channel.all(in: game.world).filter { isVisible($0, door) }.compactMap { channel in
            guard let roster = roster(of: channel.thing.id, for: door),
                let member = roster.members.first(where: { $0.person.number == person })
            else { return nil }
            let signs = IRCMap.signs(of: member, isWhole: door.wants(.multiPrefix))
            return IRCParameter(cleaning: signs + IRCMap.channel(roster.name))
        }
    }

    private func whowas(_ nick: IRCParameter, _ door: IRCDoor) {
        if let person = player(nick), !person[.isGuest], person[.lastSeen] > 0, game.tellsLastSeen(of: person) {
            let source = source(of: person)
            door.reply(
                IRCReply.whowas(
                    nick: IRCParameter(cleaning: person.name), user: IRCParameter(cleaning: source.user ?? "*"),
                    host: IRCParameter(cleaning: source.host ?? "*"),
                    realName: IRCParameter(cleaning: realName(of: person.id)),
                    server: IRCParameter(cleaning: settings.name),
                    left: WallInstant(milliseconds: Int64(person[.lastSeen]))))
        } else {
            door.reply(.wasNoSuchNick(nick))
        }
        door.reply(.endOfWhowas(nick))
    }

    // MARK: Oneself

    private func away(_ text: IRCParameter?, _ door: IRCDoor) {
        let words = text?.text.cleaned.trimmed ?? ""
        if (door.persona?[.away] ?? "") == words { return door.reply(words.isEmpty ? .unaway : .nowAway) }
        change(door, .asking) { turn in try AwayWords.set(words.isEmpty ? nil : words, turn) }
    }

    private func setName(_ name: IRCParameter, _ door: IRCDoor) {
        let words = name.text.cleaned.trimmed
        if words.isEmpty || words.count > Plan.longest {
            let words = door.text("It has 1 to \(plain: String(Plan.longest)) characters")
            return door.reply(.fail(.setname, .invalidRealName, [], words))
        }
        if door.persona?[.isGuest] != false {
            return door.reply(.fail(.setname, .cannotChangeRealName, [], door.text("A guest has no plan")))
        }
        change(door, .asking) { turn in try Plan.set(words, turn) }
    }

    /// Goes on as another character of the same account.
    private func changeNick(_ nick: IRCParameter, _ door: IRCDoor) {
        // As the game spells it, whatever the client would have.
        if IRCMap.isSame(nick.text, door.connection.nick) { return }
        guard IRCNick(nick.text) != nil else { return door.reply(.erroneousNick(nick)) }
        guard let persona = door.persona, let account = game.world.thing(persona, .account), let other = player(nick),
            game.world.thing(other, .account) === account
        else {
            if player(nick) != nil { return door.reply(.nickInUse(nick, door.text("Somebody else is called that"))) }
            return door.reply(.erroneousNick(nick, door.text("A nick is the name of one of your characters")))
        }
        guard let session = door.session, !session.isInDialogue else {
            return door.reply(.erroneousNick(nick, door.text("Answer first what the game asks you")))
        }
        door.stage = .query
        door.next = game.interpreter.readOnlyReason == nil ? other : nil
        door.gather { game.play(other, at: session, insteadOf: persona) }
        door.next = nil
        door.gather { door.session?.tellFactsNow() }
    }

    // MARK: Watching

    private func monitor(_ request: IRCMonitorRequest, _ door: IRCDoor) {
        switch request {
        case .add(let nicks):
            let new = nicks.filter { !door.watched.contains($0.text.folded) }
            let room = IRCMap.mostWatched - door.watched.count
            for nick in new.prefix(max(room, 0)) { door.watched.insert(nick.text.folded) }
            tellState(of: Array(new.prefix(max(room, 0))), door)
            if new.count > room {
                door.reply(.monitorListFull(limit: IRCMap.mostWatched, nicks: Array(new.dropFirst(max(room, 0)))))
            }
        case .remove(let nicks): for nick in nicks { door.watched.remove(nick.text.folded) }
        case .clear: door.watched = []
        case .list:
            door.reply(IRCReply.monitorList(door.watched.sorted().map { IRCParameter(cleaning: $0) }))
        case .status: tellState(of: door.watched.sorted().map { IRCParameter(cleaning: $0) }, door)
        }
    }

    private func tellState(of nicks: [IRCParameter], _ door: IRCDoor) {
        let here = connected(nicks, door)
        let names = Set(here.map(\.name.folded))
        if !here.isEmpty { door.reply(IRCReply.monitorOnline(here.map { source(of: $0) })) }
        let gone = nicks.filter { !names.contains($0.text.folded) }
        if !gone.isEmpty { door.reply(IRCReply.monitorOffline(gone)) }
    }
}
