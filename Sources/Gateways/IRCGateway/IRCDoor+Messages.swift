import Basics
import ChatPeers
import GatewayCore
import IRCWire
import MarkupWire
import TerminalWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// What a player is told, as lines.
///
/// | What is told | Becomes |
/// | --- | --- |
/// | words on a channel | `PRIVMSG #name`, the same for all listeners |
/// | words and gestures where one is | `PRIVMSG #here`, while that is open |
/// | words for one, or a few | `PRIVMSG nick`; one's own go to the nick they were for |
/// | anything else that happens | `NOTICE #here` from `*game`, while that is open |
/// | what a command answers | where the command was typed: `NOTICE #here`, or `PRIVMSG` from `*game` |
/// | what the server itself has to say | `NOTICE nick` from `*game` |
/// | what a command answers that was typed at another door | nothing |
///
/// A gesture is an `ACTION`. What is longer than a line becomes several. Who comes into the room or goes is told twice: by `JOIN`
/// and `PART`, which keep the list of a client, and by the game's words, which say from where.
extension IRCDoor {
    /// What ``DoorMessageForm`` keeps of a message: lines for a channel, for the room, and a text for the room, plain or not.
    private enum Form: Int {
        case channel, room, text, plainText
    }

    func lines(of message: borrowing DoorMessage) -> [IRCLine] {
        guard let utterance = message.utterance else { return textLines(of: message) }
        // The client shows what its player types, unless it has said that it wants to be told.
        let isToldSelf = utterance.addressees.contains { $0.number == ownNumber }
        if message.isOwn, message.isAnswer, manner.isSpeaking, !isToldSelf, !wants(.echoMessage) {
            return waitingNotice(of: utterance)
        }
        switch utterance.kind {
        case .channel:
            // Who asks for history by themselves would have it twice.
            if message.isReplay, wants(.chathistory) { return [] }
            guard let post = utterance.post, channels[post.channel] != nil else { return [] }
            return shared(message.form, .channel) {
                house.lines(of: utterance, to: IRCMap.channel(post.name), at: message.time)
            }
        case .say, .shout, .emote:
            guard isHereOpen else { return message.isAnswer ? textLines(of: message) : [] }
            return shared(message.form, .room) { house.lines(of: utterance, to: IRCMap.here, at: message.time) }
        case .tell, .whisper: return privateLines(of: utterance, message)
        case .group: return textLines(of: message)
        }
    }

    private func shared(_ form: DoorMessageForm, _ kind: Form, _ make: () -> [IRCLine]) -> [IRCLine] {
        form.written(kind.rawValue) { IRCLines(make()) }.lines
    }

    private func privateLines(of utterance: Utterance, _ message: borrowing DoorMessage) -> [IRCLine] {
        guard message.isOwn else { return house.lines(of: utterance, to: connection.nick, at: message.time) }
        var lines: [IRCLine] = []
        for person in utterance.addressees {
            lines += house.lines(of: utterance, to: IRCMap.nick(person.name), at: message.time)
        }
        return lines + waitingNotice(of: utterance)
    }

    /// That words wait for somebody who is not there.
    private func waitingNotice(of utterance: Utterance) -> [IRCLine] {
        guard utterance.waits, !manner.isQuiet else { return [] }
        return utterance.addressees.map { person in
            IRCLine(
                .away(
                    IRCParameter(cleaning: IRCMap.nick(person.name)),
                    text("is not connected, and will be told on coming back")),
                from: house.server, nick: IRCParameter(cleaning: connection.nick), tags: house.tags())
        }
    }

    // MARK: Texts

    private func textLines(of message: borrowing DoorMessage) -> [IRCLine] {
        if message.isAnswer {
            if manner.isHushed { return [] }
            return stage == .here && isHereOpen ? roomLines(of: message) : lines(message.text, .privmsg, message.time)
        }
        // What is typed at another door has its answers there; of what comes of it here the facts tell.
        if message.isElsewhere { return [] }
        switch message.category {
        case .system, .tell, .channel, .refusal, .reference: return lines(message.text, .notice, message.time)
        case .sight, .action, .movement, .ambience, .speech, .emote: return isHereOpen ? roomLines(of: message) : []
        }
    }

    private func roomLines(of message: borrowing DoorMessage) -> [IRCLine] {
        shared(message.form, isFormatted ? .text : .plainText) {
            house.lines(of: message.text, isFormatted: isFormatted, .notice, to: IRCMap.here, at: message.time)
        }
    }

    private func lines(_ text: StyledText, _ kind: IRCMessageRequest.Kind, _ time: WallInstant) -> [IRCLine] {
        house.lines(of: text, isFormatted: isFormatted, kind, to: connection.nick, at: time)
    }

    /// Tells the player something beside what the game has to say: in the room, or to the nick.
    func note(_ sentence: Sentence, isHere: Bool = false) {
        let game = house.game
        let text = game.text(sentence, in: persona.flatMap { game.interpreter.languages.language(of: $0) })
        let target = isHere ? IRCMap.here : connection.nick
        for line in house.lines(of: text, isFormatted: isFormatted, .notice, to: target, at: game.wallTime()) {
            send(line)
        }
    }

    /// Whether the player wants colours and weights.
    private var isFormatted: Bool { session?.profile.screenReader != true }
}

extension GameHouse {
    /// Somebody's words as lines to a channel or a nick.
    func lines(of utterance: Utterance, to target: String, at time: WallInstant) -> [IRCLine] {
        let speaker = source(of: utterance.speaker.number, named: utterance.speaker.name)
        let to = IRCParameter(cleaning: target)
        let splitter = IRCMessageSplitter("PRIVMSG", to: to, from: speaker)
        let words = utterance.words.plain
        let addressed = target == IRCMap.here ? Self.address(utterance) : ""
        let parts = utterance.isGesture ? splitter.splitAction(words) : splitter.split(addressed + words)
        let account = account(of: utterance.speaker.number)
        let tags = carried.flatMap { $0.speaker == utterance.speaker.number ? $0.tags : nil } ?? IRCTags()
        return parts.enumerated().map { index, text in
            let id = utterance.id.isEmpty ? nil : index == 0 ? utterance.id : "\(utterance.id).\(index + 1)"
            return IRCLine(
                .message(.privmsg, target: to, text: text), from: speaker,
                tags: .init(time: time, account: account, messageID: id, client: index == 0 ? tags : IRCTags()))
        }
    }

    /// Whom words in a room are said to, as one writes it in IRC.
    private static func address(_ utterance: Utterance) -> String {
        if utterance.isGesture || utterance.addressees.isEmpty { return "" }
        return utterance.addressees.map { IRCMap.nick($0.name) }.joined(separator: ", ") + ": "
    }

    /// A text of the game as lines to a channel or a nick.
    func lines(
        of text: StyledText, isFormatted: Bool, _ kind: IRCMessageRequest.Kind, to target: String, at time: WallInstant
    ) -> [IRCLine] {
        let to = IRCParameter(cleaning: target)
        return IRCRenderer(isFormatted: isFormatted).render(text).map {
            IRCLine(
                .message(kind, target: to, text: IRCParameter(cleaning: $0)), from: voice, tags: .init(time: time))
        }
    }
}
