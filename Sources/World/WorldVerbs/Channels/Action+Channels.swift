import Basics
import WorldLanguage
import WorldModel

/// What players read of channels.
extension Action {
    /// Messages that `history` shows without a number.
    static let usualHistory = 20
    /// Messages that the name of a channel alone shows.
    private static let glimpse = 5
    /// Listeners that are named at most.
    private static let mostNamed = 50

    /// The channel of a name, whole or begun if nothing else begins so.
    func channel(_ name: String) throws -> Channel {
        if let channel = Channel(named: name, in: world) { return channel }
        let near = Channel.all(in: world).filter { $0.name.folded.hasPrefix(name) }
        if near.count == 1 { return near[0] }
        conversation.unknownWord = name
        throw refuse("There is no channel \"\(plain: name)\"; \(command: "channels") lists them.", .noSuchChannel)
    }

    /// Somebody who plays here, connected or not, by name.
    func correspondent(_ name: String) throws -> Thing {
        var parser = CommandParser(turn: turn, line: InputLine(""), conversation: conversation)
        let person = try parser.player(name, mayBeAway: true)
        guard person.has(.player) else {
            throw refuse("Nobody of the name \"\(plain: name)\" plays here.", .noSuchPerson)
        }
        return person
    }

    /// Speaks on a channel, or shows what was said there when there is nothing to say.
    func speak(_ text: String, on channel: Channel) throws {
        let text = text.trimmed
        if text.isEmpty { return try showHistory(of: channel, Self.glimpse) }
        if let sign = text.utf8.first, Interpreter.verb(forSign: sign) == "emote" {
            try channel.speak(String(text.dropFirst()).trimmed, isGesture: true, turn)
        } else {
            try channel.speak(text, turn)
        }
    }

    // MARK: Lists

    func showChannels() {
        let channels = Channel.all(in: world).filter { $0.admits(actor, turn.role) }
        if channels.isEmpty { return turn.reply("There are no channels.", as: .reference) }
        var text = turn.text("\(phrase: "Channels", .title)")
        for channel in channels {
            let count = channel.members(turn).count
            text.append("\n- ")
            text.append(turn.phrase(Self.line(of: channel, isJoined: channel.isJoined(by: actor), count)))
        }
        text.append("\n")
        text.append(turn.text("\(command: "join NAME") lets you hear one, \(command: "part NAME") no longer."))
        turn.show(text, as: .reference)
    }

    /// Whole sentences, so that each can be translated.
    private static func line(of channel: Channel, isJoined: Bool, _ count: Int) -> Sentence {
        let (title, topic) = (channel.title, channel.topic)
        return switch (isJoined, count) {
        case (true, 1): "\(title), which you hear alone: \(content: topic)"
        case (true, _): "\(title), which you and \(number: count - 1) more hear: \(content: topic)"
        case (false, 1): "\(title), which one person hears: \(content: topic)"
        case (false, _): "\(title), which \(number: count) people hear: \(content: topic)"
        }
    }

    func showChannel(_ channel: Channel) throws {
        try turn.require(.join, on: channel.thing)
        var text = StyledText(channel.name, .title)
        func append(_ sentence: Sentence) {
            text.append("\n")
            text.append(turn.text(sentence))
        }
        if !channel.topic.isEmpty { append("\(content: channel.topic)") }
        append(channel.isJoined(by: actor) ? "You listen to it." : "You do not listen to it.")
        let members = channel.members(turn)
        let named = members.prefix(Self.mostNamed).map { Sentence("\(name: $0)") }
        switch members.count {
        case 0: append("Nobody is on it.")
        case 1: append("One person is on it: \(list: named).")
        case ...Self.mostNamed: append("\(number: members.count) people are on it: \(list: named).")
        default: append("\(number: members.count) people are on it, among them \(list: named).")
        }
        let moderators = channel.thing[.moderators].compactMap { world[$0] }.map { Sentence("\(plain: $0.name)") }
        if !moderators.isEmpty { append("Order is kept by \(list: moderators).") }
        let pace = min(max(channel.thing[.pace], 0), Channel.slowestPace)
        if pace > 0 { append("Everybody waits \(Duration.seconds(pace).told) between two messages.") }
        turn.show(text, as: .reference)
    }

    // MARK: Looking back

    func showHistory(of channel: Channel, _ count: Int) throws {
        try turn.require(.join, on: channel.thing)
        try turn.require(.read, on: channel.thing)
        let messages = channel.history(count, for: actor)
        if messages.isEmpty { return turn.reply("There is nothing to read on \(channel.title).", as: .reference) }
        let isModerator = channel.isModerated(by: actor, turn.role)
        var text = turn.text("\(phrase: "Said on \(plain: channel.name)", .title)")
        for message in messages {
            text.append("\n- ")
            // Only those who can take a message out need its number.
            if isModerator { text.append("\(message.number). ", .faint) }
            text.append(turn.phrase(line(of: message)))
        }
        turn.show(text, as: .reference)
    }

    private func line(of message: ChannelMessage) -> Sentence {
        let name = StyledText(message.name, .person)
        let age = ago(message.time)
        if message.isGesture { return "\(name)\(plain: message.gesture) (\(age))" }
        return "\(name), \(age): \(message.text, .speech)"
    }

    /// How long ago a moment was, in milliseconds since 1970.
    func ago(_ time: Int) -> Sentence {
        LetterTime.relative(WallInstant(milliseconds: Int64(time)), world.now)
    }

    func showModeration(of channel: Channel) throws {
        try channel.requireModerator(turn)
        let deeds = channel.thing[.moderation].suffix(Channel.mostDeeds)
        if deeds.isEmpty { return turn.reply("Nobody has had to keep order on \(channel.title).", as: .reference) }
        var text = turn.text("\(phrase: "Order on \(plain: channel.name)", .title)")
        for deed in deeds {
            text.append("\n- ")
            text.append(turn.phrase("\(ago(deed.time)), \(Self.sentence(of: deed))"))
        }
        turn.show(text, as: .reference)
    }

    private static func sentence(of deed: ModerationDeed) -> Sentence {
        let (who, whom) = (StyledText(deed.moderator, .person), StyledText(deed.target, .person))
        let term = Duration.seconds(min(max(deed.amount, 0), Channel.longestSilence)).told
        return switch deed.kind {
        case .silence where deed.amount <= 0: "\(who) silenced \(whom) without an end."
        case .silence: "\(who) silenced \(whom) for \(term)."
        case .release: "\(who) let \(whom) speak again."
        case .erase: "\(who) took out message \(plain: String(deed.amount)) of \(whom)."
        case .pace where deed.amount <= 0: "\(who) let everybody speak without waiting."
        case .pace: "\(who) made everybody wait \(term) between two messages."
        case .guests where deed.amount <= 0: "\(who) let guests speak no longer."
        case .guests: "\(who) let guests speak."
        case .topic: "\(who) changed what the channel is for."
        case .appoint: "\(who) made \(whom) a moderator."
        case .dismiss: "\(who) made \(whom) a moderator no longer."
        case .kick where deed.reason.isEmpty: "\(who) took \(whom) off."
        case .kick: "\(who) took \(whom) off: \(plain: deed.reason)"
        case .ban where deed.amount <= 0: "\(who) banned \(whom) without an end."
        case .ban: "\(who) banned \(whom) for \(term)."
        case .unban: "\(who) let \(whom) come again."
        case .invite: "\(who) invited \(whom)."
        case .voice: "\(who) gave \(whom) a voice."
        case .unvoice: "\(who) took the voice of \(whom)."
        case .moderated where deed.amount <= 0: "\(who) let everybody speak without a voice."
        case .moderated: "\(who) let only those with a voice speak."
        case .closed where deed.amount <= 0: "\(who) opened the channel."
        case .closed: "\(who) closed the channel."
        }
    }
}
