import Basics
import ChatPeers
import GatewayCore
import IRCWire
import MarkupWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// `PRIVMSG`, `NOTICE`: to channels, to the room, to people, and to the game itself.
extension GameHouse {
    func talk(_ request: IRCRequest, _ door: IRCDoor) {
        switch request {
        case .message(let message):
            if message.kind == .tagmsg { return sendTags(message, door) }
            carrying(message.tags, of: door) {
                door.telling(
                    { $0.isQuiet = message.kind == .notice },
                    {
                        for target in message.targets { say(message.text.text, to: target, door) }
                    })
            }
        case .multiline(let message):
            door.telling(
                { $0.isQuiet = message.kind == .notice },
                {
                    for text in message.text.split(separator: "\n") { say(String(text), to: message.target, door) }
                })
        default: break
        }
    }

    private func say(_ text: String, to target: IRCParameter, _ door: IRCDoor) {
        let (line, isGesture): (String, Bool)
        if let ctcp = IRCCTCP(parsing: text) {
            // What programs ask each other is nothing of the world, and an answer to it is for nobody.
            guard ctcp.command == "ACTION" else { return }
            (line, isGesture) = (IRCFormatReader.read(ctcp.arguments).plain.cleaned, true)
        } else {
            (line, isGesture) = (IRCFormatReader.read(text).plain.cleaned, false)
        }
        if let stage = taker(of: target, door) { return command(line, from: stage, door) }
        let words = line.trimmed
        if words.isEmpty { return door.reply(.noTextToSend) }
        if IRCMap.isSame(target.text, IRCMap.game) { return command(words, from: .query, door) }
        if IRCMap.isSame(target.text, IRCMap.here) { return sayHere(words, isGesture, door) }
        if target.text.first == "#" { return speak(words, isGesture, on: target, door) }
        tell(words, isGesture, to: target, door)
    }

    /// Where a line goes as it is, because a text is being written there, or a dialogue asks for it; nil when it is something else.
    ///
    /// In the room that is so only where it was begun there: a password, or a line of a letter, is then not said aloud, and what is
    /// said aloud is then no password. With the game itself it is always so.
    private func taker(of target: IRCParameter, _ door: IRCDoor) -> IRCDoor.Stage? {
        guard door.takesLines else { return nil }
        if IRCMap.isSame(target.text, IRCMap.game) { return .query }
        return door.isHereOpen && door.stage == .here && IRCMap.isSame(target.text, IRCMap.here) ? .here : nil
    }

    private func command(_ line: String, from stage: IRCDoor.Stage, _ door: IRCDoor) {
        let wasEditing = door.persona?[.isEditing] == true
        door.stage = stage
        perform(line, door)
        if stage == .here, !wasEditing, door.persona?[.isEditing] == true {
            door.note("Until then nothing that you write here is said aloud.", isHere: true)
        }
    }

    private func sayHere(_ words: String, _ isGesture: Bool, _ door: IRCDoor) {
        let here = IRCParameter(cleaning: IRCMap.here)
        guard door.isHereOpen else { return door.reply(.cannotSend(to: here, door.text("Join it first"))) }
        if !isGesture, let command = IRCMap.command(in: words) {
            if door.takesLines {
                let isEditing = door.session?.isInDialogue == false
                return door.reply(
                    .cannotSend(
                        to: here,
                        isEditing
                            ? door.text(
                                "You are writing a text: in a message to \(plain: IRCMap.game) .x sends it and .q leaves it"
                            )
                            : door.text("Answer first what \(plain: IRCMap.game) asks you")))
            }
            return self.command(command, from: .here, door)
        }
        let former = door.stage
        door.stage = .here
        // What is being written elsewhere stays there.
        defer { if door.takesLines { door.stage = former } }
        door.telling(
            { $0.isSpeaking = true },
            {
                _ = act(door, .speaking, channel: here) { turn in
                    if isGesture { try game.interpreter.emote(words, turn) } else { game.interpreter.say(words, turn) }
                }
            })
    }

    private func speak(_ words: String, _ isGesture: Bool, on target: IRCParameter, _ door: IRCDoor) {
        guard let channel = visibleChannel(target, door) else { return door.reply(.noSuchChannel(target)) }
        door.telling(
            { $0.isSpeaking = true },
            {
                _ = act(door, .speaking, channel: target) { turn in try channel.speak(words, isGesture: isGesture, turn)
                }
            })
    }

    private func tell(_ words: String, _ isGesture: Bool, to target: IRCParameter, _ door: IRCDoor) {
        guard let person = player(target) else { return door.reply(unknown(target, door)) }
        let text = isGesture ? "*\(words)*" : words
        // That somebody is away has a numeric of its own.
        let isTold: Void? = door.telling(
            { ($0.isSpeaking, $0.isHushed) = (true, true) },
            {
                act(door, .telling, nick: target) { turn in try game.interpreter.tell(person, text, turn) }
            })
        if isTold != nil, !person[.away].isEmpty, game.isPresent(person), !door.manner.isQuiet {
            door.reply(.away(IRCParameter(cleaning: person.name), IRCParameter(cleaning: person[.away])))
        }
    }
}
