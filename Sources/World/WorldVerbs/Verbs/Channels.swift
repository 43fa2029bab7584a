import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let channel = Verb(
        "channel", ["channels"], group: .talking,
        usage: [
            "channels", "channel NAME", "channel NAME topic TEXT", "channel NAME mute PERSON TIME",
            "channel NAME unmute PERSON", "channel NAME slow SECONDS", "channel NAME guests off",
            "channel NAME erase NUMBER", "channel NAME log",
            "channel NAME moderator add PERSON", "channel create NAME", "channel remove NAME",
        ],
        summary: "See the channels, or keep order on one.",
        help: """
            Lists the channels and who listens to them. To speak on one, begin with its name: `chat hello`, or `chat :waves` \
            for a gesture. `join` and `part` say which you hear, `history` shows what was said.
            Moderators can silence somebody for a while (`10m`, `2h`, `3d`) or until `unmute`, make everybody wait between two \
            messages, keep guests from speaking (`guests off`), take a message out of the history by its number, and change \
            what the channel is for; `log` shows what moderators did. Administrators make moderators and channels. \
            `help chatting` tells more.
            Example: `channels`, `channel chat mute ben 10m`, `channel chat slow 30`, `channel chat slow off`.
            """,
        forms: [
            [], [.word(["create"]), .name], [.word(["remove"]), .name], [.word(["describe"]), .name, .text],
            [.name, .word(["topic", "describe"]), .text],
            [.name, .word(["mute"]), .name], [.name, .word(["mute"]), .name, .name],
            [.name, .word(["unmute"]), .name], [.name, .word(["slow"]), .name],
            [.name, .word(["erase"]), .name], [.name, .word(["log"])],
            [.name, .word(["moderator", "moderators"]), .word(["add"]), .name],
            [.name, .word(["moderator", "moderators"]), .word(["remove"]), .name],
            [.name, .word(["guests"]), .word(["on"])], [.name, .word(["guests"]), .word(["off"])],
            [.name],
        ]
    ) { command, action in
        try action.workChannel(command)
    }

    static let join = Verb(
        "join", group: .talking, usage: ["join CHANNEL"], summary: "Listen to a channel.",
        help:
            "What is said on the channel reaches you wherever you are, until you `part` from it. `channels` lists them. "
            + "Example: `join chat`.",
        forms: [[.name]]
    ) { command, action in
        let channel = try action.channel(command.words[0])
        try channel.join(action.turn)
        action.turn.reply(
            "You listen to \(channel.title) now. Begin a line with \(command: channel.name) to speak there.")
    }

    static let part = Verb(
        "part", ["unjoin"], group: .talking, usage: ["part CHANNEL"], summary: "Listen to a channel no longer.",
        help: "You hear nothing of the channel any more, until you `join` it again. Example: `part chat`.",
        forms: [[.name]]
    ) { command, action in
        let channel = try action.channel(command.words[0])
        try channel.part(action.turn)
        action.turn.reply("You do not listen to \(channel.title) any more.")
    }

    static let history = Verb(
        "history", group: .talking, usage: ["history CHANNEL", "history CHANNEL COUNT"],
        summary: "Read what was said on a channel.",
        help:
            "Shows the last \(Action.usualHistory) messages, or as many as you say, up to \(Channel.mostKept). What people "
            + "say whom you ignore is left out. Example: `history chat`, `history chat 50`.",
        forms: [[.name], [.name, .name]]
    ) { command, action in
        let channel = try action.channel(command.words[0])
        var count = Action.usualHistory
        if command.form == 1 {
            guard let number = Int(command.words[1]), number > 0 else {
                throw action.refuse("\"\(plain: command.words[1])\" is no number of messages.")
            }
            count = min(number, Channel.mostKept)
        }
        try action.showHistory(of: channel, count)
    }
}

extension Action {
    fileprivate func workChannel(_ command: Command) throws {
        if command.form == 0 { return showChannels() }
        if command.form == 1 { return try createChannel(command.words[0]) }
        let channel = try channel(command.words[0])
        let word = command.words.last ?? ""
        switch command.form {
        case 2:
            let title = channel.title
            try channel.remove(turn)
            turn.reply("The channel \(title) is no more.")
        case 3, 4:
            try channel.setTopic(command.text, turn)
            turn.reply("\(channel.title) is now about: \(plain: command.text)")
        case 5: try silence(try correspondent(word), on: channel, for: nil)
        case 6: try silence(try correspondent(command.words[1]), on: channel, for: try seconds(word, unit: 60))
        case 7:
            let person = try correspondent(word)
            try channel.release(person, turn)
            turn.reply("\(name: person) may speak on \(channel.title) again.")
        case 8: try setPace(of: channel, word == "off" ? 0 : try seconds(word, unit: 1))
        case 9:
            try channel.erase(Int(word) ?? 0, turn)
            turn.reply("The message is taken out of the history of \(channel.title).")
        case 10: try showModeration(of: channel)
        case 11, 12:
            let person = try correspondent(word)
            try channel.appoint(person, command.form == 11, turn)
            if command.form == 11 {
                turn.reply("\(name: person) is a moderator of \(channel.title) now.")
            } else {
                turn.reply("\(name: person) is no moderator of \(channel.title) any more.")
            }
        case 13:
            try channel.setGuests(true, turn)
            turn.reply("Guests may speak on \(channel.title) now.")
        case 14:
            try channel.setGuests(false, turn)
            turn.reply("Guests may not speak on \(channel.title) any more.")
        default: try showChannel(channel)
        }
    }

    private func createChannel(_ name: String) throws {
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

    private func silence(_ person: Thing, on channel: Channel, for seconds: Int?) throws {
        try channel.silence(person, for: seconds, turn)
        if let seconds {
            let term = Duration.seconds(min(seconds, Channel.longestSilence)).told
            turn.reply("\(name: person) is silenced on \(channel.title) for \(term).")
        } else {
            let end = "channel \(channel.name) unmute \(person.name.folded)"
            turn.reply("\(name: person) is silenced on \(channel.title) until you type \(command: end).")
        }
    }

    private func setPace(of channel: Channel, _ seconds: Int) throws {
        try channel.setPace(seconds, turn)
        if seconds == 0 {
            turn.reply("Nobody has to wait on \(channel.title) any more.")
        } else {
            let term = Duration.seconds(min(seconds, Channel.slowestPace)).told
            turn.reply("On \(channel.title) everybody waits \(term) between two messages now.")
        }
    }

    /// Reads `30`, `10m`, `2h` or `1d`; a number alone counts in `unit` seconds.
    private func seconds(_ word: String, unit: Int) throws -> Int {
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
