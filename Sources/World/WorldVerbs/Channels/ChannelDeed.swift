import Basics
import WorldLanguage
import WorldModel

/// One thing that can be done with channels: what is typed after the verb, and what it does.
struct ChannelDeed: Sendable {
    let form: [Element]
    let perform: @Sendable (Command, Action) throws -> Void

    private init(_ form: [Element], perform: @escaping @Sendable (Command, Action) throws -> Void) {
        self.form = form
        self.perform = perform
    }

    /// What is done with one channel, which the first name means.
    private init(_ form: [Element], on perform: @escaping @Sendable (Channel, Command, Action) throws -> Void) {
        self.init(form, perform: { try perform(try $1.channel($0.words[0]), $0, $1) })
    }

    /// What is switched on and off.
    private static func switching(
        _ word: String, _ perform: @escaping @Sendable (Channel, Bool, Turn) throws -> Void
    ) -> [ChannelDeed] {
        [("on", true), ("off", false)].map { end, isOn in
            ChannelDeed([.name, .word([word]), .word([end])], on: { try perform($0, isOn, $2.turn) })
        }
    }

    /// What somebody is given and loses.
    private static func giving(
        _ words: String..., perform: @escaping @Sendable (Channel, Thing, Bool, Turn) throws -> Void
    ) -> [ChannelDeed] {
        [("add", true), ("remove", false)].map { act, isGiven in
            ChannelDeed([.name, .word(words), .word([act]), .name]) { channel, command, action in
                try perform(channel, try action.correspondent(command.words[1]), isGiven, action.turn)
            }
        }
    }

    /// The first form that fits is taken.
    static let all =
        making + speaking + moderators + guests + admission + voices + moderated + closed + [
            ChannelDeed([.name], on: { try $2.showChannel($0) })
        ]

    private static let making = [
        ChannelDeed([], perform: { $1.showChannels() }),
        ChannelDeed([.word(["create"]), .name], perform: { try $1.createChannel($0.words[0]) }),
        ChannelDeed([.word(["remove"]), .name]) { channel, _, action in
            let title = channel.title
            try channel.remove(action.turn)
            action.turn.reply("The channel \(title) is no more.")
        },
        ChannelDeed([.word(["describe"]), .name, .text], on: { try $2.setTopic(of: $0, $1.text) }),
        ChannelDeed([.name, .word(["topic", "describe"]), .text], on: { try $2.setTopic(of: $0, $1.text) }),
    ]

    private static let speaking = [
        ChannelDeed([.name, .word(["mute"]), .name]) { channel, command, action in
            try action.silence(try action.correspondent(command.words[1]), on: channel, for: nil)
        },
        ChannelDeed([.name, .word(["mute"]), .name, .name]) { channel, command, action in
            let person = try action.correspondent(command.words[1])
            try action.silence(person, on: channel, for: try action.seconds(command.words[2], unit: 60))
        },
        ChannelDeed([.name, .word(["unmute"]), .name]) { channel, command, action in
            let person = try action.correspondent(command.words[1])
            try channel.release(person, action.turn)
            action.turn.reply("\(name: person) may speak on \(channel.title) again.")
        },
        ChannelDeed([.name, .word(["slow"]), .name]) { channel, command, action in
            let word = command.words[1]
            try action.setPace(of: channel, word == "off" ? 0 : try action.seconds(word, unit: 1))
        },
        ChannelDeed([.name, .word(["erase"]), .name]) { channel, command, action in
            try channel.erase(Int(command.words[1]) ?? 0, action.turn)
            action.turn.reply("The message is taken out of the history of \(channel.title).")
        },
        ChannelDeed([.name, .word(["log"])], on: { try $2.showModeration(of: $0) }),
    ]

    private static let moderators = giving("moderator", "moderators") { channel, person, isGiven, turn in
        try channel.appoint(person, isGiven, turn)
        if isGiven {
            turn.reply("\(name: person) is a moderator of \(channel.title) now.")
        } else {
            turn.reply("\(name: person) is no moderator of \(channel.title) any more.")
        }
    }

    private static let guests = switching("guests") { channel, isOn, turn in
        try channel.setGuests(isOn, turn)
        if isOn {
            turn.reply("Guests may speak on \(channel.title) now.")
        } else {
            turn.reply("Guests may not speak on \(channel.title) any more.")
        }
    }

    private static let admission = [
        ChannelDeed([.name, .word(["kick"]), .name], on: { try $2.kick($1.words[1], off: $0, because: "") }),
        ChannelDeed(
            [.name, .word(["kick"]), .name, .text], on: { try $2.kick($1.words[1], off: $0, because: $1.text) }),
        ChannelDeed([.name, .word(["ban"]), .name], on: { try $2.ban($1.words[1], from: $0, for: nil) }),
        ChannelDeed([.name, .word(["ban"]), .name, .name]) { channel, command, action in
            try action.ban(command.words[1], from: channel, for: try action.seconds(command.words[2], unit: 60))
        },
        ChannelDeed([.name, .word(["unban"]), .name]) { channel, command, action in
            try channel.unban(command.words[1], action.turn)
            action.turn.reply("\(plain: command.words[1]) may come to \(channel.title) again.")
        },
        ChannelDeed([.name, .word(["bans"])], on: { try $2.showBans(on: $0) }),
        ChannelDeed([.name, .word(["invite"]), .name]) { channel, command, action in
            let person = try action.correspondent(command.words[1])
            try channel.invite(person, action.turn)
            action.turn.reply("\(name: person) is invited to \(channel.title).")
        },
    ]

    private static let voices = giving("voice") { channel, person, isGiven, turn in
        try channel.setVoice(person, isGiven, turn)
        if isGiven {
            turn.reply("\(name: person) has a voice on \(channel.title) now.")
        } else {
            turn.reply("\(name: person) has no voice on \(channel.title) any more.")
        }
    }

    private static let moderated = switching("moderated") { channel, isOn, turn in
        try channel.setModerated(isOn, turn)
        if isOn {
            turn.reply("Only moderators and those with a voice speak on \(channel.title) now.")
        } else {
            turn.reply("Everybody may speak on \(channel.title) again.")
        }
    }

    private static let closed = switching("closed") { channel, isOn, turn in
        try channel.setClosed(isOn, turn)
        if isOn {
            turn.reply("Only those join \(channel.title) now who are invited.")
        } else {
            turn.reply("\(channel.title) is open again.")
        }
    }
}

extension Action {
    fileprivate func setTopic(of channel: Channel, _ topic: String) throws {
        try channel.setTopic(topic, turn)
        turn.reply("\(channel.title) is now about: \(plain: topic)")
    }

    fileprivate func kick(_ name: String, off channel: Channel, because reason: String) throws {
        let person = try correspondent(name)
        try channel.kick(person, because: reason, turn)
        turn.reply("\(name: person) is off \(channel.title).")
    }

    fileprivate func ban(_ name: String, from channel: Channel, for length: Int?) throws {
        try channel.ban(name, for: length, turn)
        if let length {
            let term = Duration.seconds(min(length, Channel.longestSilence)).told
            turn.reply("\(plain: name) is banned from \(channel.title) for \(term).")
        } else {
            let end = "channel \(channel.name) unban \(name)"
            turn.reply("\(plain: name) is banned from \(channel.title) until you type \(command: end).")
        }
    }

    fileprivate func showBans(on channel: Channel) throws {
        try channel.requireModerator(turn)
        let now = Int(world.now.milliseconds)
        let bans = channel.bans(at: now)
        if bans.isEmpty { return turn.reply("Nobody is banned from \(channel.title).", as: .reference) }
        var text = turn.text("\(phrase: "Banned from \(plain: channel.name)", .title)")
        for ban in bans {
            let (who, by) = (StyledText(ban.pattern.text, .person), StyledText(ban.moderator, .person))
            text.append("\n- ")
            if ban.end == 0 {
                text.append(turn.phrase("\(who), by \(by), without an end"))
            } else {
                let rest = Duration.milliseconds(ban.end.subtractingReportingOverflow(now).partialValue).told
                text.append(turn.phrase("\(who), by \(by), for another \(rest)"))
            }
        }
        turn.show(text, as: .reference)
    }

    fileprivate func createChannel(_ name: String) throws {
        guard turn.role >= .admin else { throw refuse("Only administrators make channels.") }
        if Channel(named: name, in: world) != nil { throw refuse("There is a channel of that name already.") }
        if world.player(named: name) != nil || Social(for: name, in: world)?.name == name {
            throw refuse("That name means something else already.")
        }
        if let problem = NameRules.problem(with: name, in: world) { throw refuse(problem) }
        let channel = try Channel.create(name, turn)
        try channel.join(turn)
        turn.reply("There is a channel \(channel.title) now, and you listen to it.")
    }

    fileprivate func silence(_ person: Thing, on channel: Channel, for seconds: Int?) throws {
        try channel.silence(person, for: seconds, turn)
        if let seconds {
            let term = Duration.seconds(min(seconds, Channel.longestSilence)).told
            turn.reply("\(name: person) is silenced on \(channel.title) for \(term).")
        } else {
            let end = "channel \(channel.name) unmute \(person.name.folded)"
            turn.reply("\(name: person) is silenced on \(channel.title) until you type \(command: end).")
        }
    }

    fileprivate func setPace(of channel: Channel, _ seconds: Int) throws {
        try channel.setPace(seconds, turn)
        if seconds == 0 {
            turn.reply("Nobody has to wait on \(channel.title) any more.")
        } else {
            let term = Duration.seconds(min(seconds, Channel.slowestPace)).told
            turn.reply("On \(channel.title) everybody waits \(term) between two messages now.")
        }
    }

    /// Reads `30`, `10m`, `2h` or `1d`; a number alone counts in `unit` seconds.
    fileprivate func seconds(_ word: String, unit: Int) throws -> Int {
        let units = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        let ending = word.last.map(String.init) ?? ""
        let digits = units[ending] == nil ? word : String(word.dropLast())
        guard let number = Int(digits), number > 0 else {
            throw refuse(
                "\"\(plain: word)\" is no length of time; write \(command: "30s"), \(command: "10m") or \(command: "2h")."
            )
        }
        let (product, isOver) = number.multipliedReportingOverflow(by: units[ending] ?? unit)
        return isOver ? .max : product
    }
}
