import Basics
import ChatPeers
import GatewayCore
import IRCWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// `MODE`: what ``IRCMap/channelModes`` says, and nothing that the world has not.
extension GameHouse {
    func mode(_ target: IRCParameter, _ modes: IRCParameter?, _ arguments: [IRCParameter], _ door: IRCDoor) {
        if target.text.first != "#" { return ownMode(target, modes, door) }
        if IRCMap.isSame(target.text, IRCMap.here) {
            guard door.isHereOpen else { return door.reply(.notOnChannel(target)) }
            if modes == nil { return door.reply(.channelModes(target, ["+nt"])) }
            return door.reply(.channelOperatorNeeded(target, IRCMap.hereHasNoOperators))
        }
        guard let channel = channel(target), isVisible(channel, door) else { return door.reply(.noSuchChannel(target)) }
        guard let modes else {
            let flags = "+" + String(IRCMap.flags(of: channel.modes))
            return door.reply(.channelModes(target, [IRCParameter(cleaning: flags)]))
        }
        for wish in IRCMap.modeSet.wishes(modes, arguments) { take(wish, target, channel, door) }
    }

    private func take(_ wish: IRCModeSet.Wish, _ target: IRCParameter, _ channel: Channel, _ door: IRCDoor) {
        switch wish {
        case .unknown(let letter): door.reply(.unknownMode(IRCParameter(cleaning: String(letter))))
        case .incomplete(let letter, _):
            door.reply(
                .invalidModeParameter(
                    target, mode: IRCParameter(cleaning: String(letter)), parameter: .star, door.text("It takes a nick")
                ))
        case .show: showBans(target, channel, door)
        case .change(let change): take(change, target, channel, door)
        }
    }

    private func take(_ change: IRCModeChange, _ target: IRCParameter, _ channel: Channel, _ door: IRCDoor) {
        let isOn = change.isOn
        switch change.mode {
        case "o", "v":
            guard let nick = change.parameter else { return }
            guard let person = player(nick) else { return door.reply(.noSuchNick(nick)) }
            let isDone: Void? = act(door, .governing, channel: target, nick: nick) { turn in
                if change.mode == "o" {
                    try channel.appoint(person, isOn, turn)
                } else {
                    try channel.setVoice(person, isOn, turn)
                }
            }
            if isDone == nil { return }
            door.gather { door.session?.tellFactsNow() }
            tellOfAbsent(person, change, target, channel, door)
        case "b": if let mask = change.parameter { ban(mask, isOn, target, channel, door) }
        case "m": self.change(door, .governing, channel: target) { try channel.setModerated(isOn, $0) }
        case "i": self.change(door, .governing, channel: target) { try channel.setClosed(isOn, $0) }
        case "M": self.change(door, .governing, channel: target) { try channel.setGuests(!isOn, $0) }
        default:
            // Those that are always on.
            if !isOn { door.reply(.channelOperatorNeeded(target, door.text("It is always so"))) }
        }
    }

    /// Says to whoever did it that it was done where nobody is told, as its subject is not on the channel now.
    private func tellOfAbsent(
        _ person: Thing, _ change: IRCModeChange, _ target: IRCParameter, _ channel: Channel, _ door: IRCDoor
    ) {
        let members = roster(of: channel.thing.id, for: door)?.members ?? []
        guard !members.contains(where: { $0.person.number == person.id }), let persona = door.persona else { return }
        let nick = IRCParameter(cleaning: person.name)
        for parameters in IRCModeSet.composed([IRCModeChange(change.mode, isOn: change.isOn, nick)]) {
            door.tell(.mode(target: target, parameters), from: source(of: persona))
        }
    }

    // MARK: Bans

    /// Keeps people off by the names of characters or accounts: what a mask says of a host means nothing here.
    private func ban(
        _ mask: IRCParameter, _ isOn: Bool, _ target: IRCParameter, _ channel: Channel, _ door: IRCDoor
    ) {
        let networks = (game.world.root?[.bridges] ?? []).compactMap { game.world[$0]?.name.folded }
        guard let pattern = IRCMap.pattern(of: mask.text, networks: networks) else {
            return door.reply(
                .invalidModeParameter(
                    target, mode: "b", parameter: mask,
                    door.text(
                        "People are kept off by nick or account: nick!*@*, *!account@*, nick/network!*@*")))
        }
        change(door, .banning, channel: target) { turn in
            if isOn { _ = try channel.ban(pattern, turn) } else { try channel.unban(pattern, turn) }
        }
    }

    private func showBans(_ target: IRCParameter, _ channel: Channel, _ door: IRCDoor) {
        for ban in channel.bans(at: Int(game.wallTime().milliseconds)) {
            let entry = IRCMaskEntry(
                mask: IRCParameter(cleaning: IRCMap.mask(of: ban.pattern.text)),
                setter: IRCParameter(cleaning: IRCMap.nick(ban.moderator)),
                time: WallInstant(milliseconds: Int64(ban.time)))
            door.reply(.mask(.bans, target, entry))
        }
        door.reply(.endOfMasks(.bans, target))
    }

    // MARK: One's own

    /// What somebody is beside a player: `r` with an account, `o` who runs the game.
    func userModes(of door: IRCDoor) -> IRCParameter {
        guard let persona = door.persona else { return "+" }
        let runsGame = game.role(of: persona) >= .admin ? "o" : ""
        return IRCParameter(cleaning: "+" + runsGame + (persona[.isGuest] ? "" : "r"))
    }

    private func ownMode(_ target: IRCParameter, _ modes: IRCParameter?, _ door: IRCDoor) {
        guard IRCMap.isSame(target.text, door.connection.nick) else {
            return door.reply(player(target) == nil ? .noSuchNick(target) : .usersDontMatch)
        }
        guard let modes else { return door.reply(.userModes(userModes(of: door))) }
        // Clients set `i` by themselves when they come in; nobody can hide here.
        let known = "i" + IRCMap.userModes
        let isKnown = modes.text.allSatisfy { "+-".contains($0) || known.contains($0) }
        // None of them can be set: what they are is said instead.
        door.reply(isKnown ? .userModes(userModes(of: door)) : .unknownUserMode)
    }
}
