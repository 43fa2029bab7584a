import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let say = Verb(
        "say", group: .talking, usage: ["say TEXT", "'TEXT"], summary: "Say something to everybody here.",
        help:
            "Everybody in the same place hears you. An apostrophe is the short form. Example: `say Good evening!`, `'hello`.",
        forms: [[.text]]
    ) { command, action in
        action.announce("\(action.actor) \(verb: "say"), \"\(speech: command.text)\"", as: .speech)
        action.letCreaturesAnswer(command.text)
    }

    static let tell = Verb(
        "tell", ["whisper"], group: .talking, usage: ["tell NAME TEXT"],
        summary: "Say something to one person, wherever they are.",
        help: "Only that person hears you; they have to be connected. A clear beginning of the name is enough. "
            + "Example: `tell ada the lamp is in the cellar`.",
        forms: [[.name, .text]]
    ) { command, action in
        guard let name = command.words.first else { return }
        try action.tell(action.player(called: name), command.text)
    }

    static let reply = Verb(
        "reply", group: .talking, usage: ["reply TEXT"], summary: "Answer who told you something last.",
        help: "Tells your text to whoever told you something last. Example: `reply on my way`.", forms: [[.text]]
    ) { command, action in
        guard let id = action.interpreter.conversations[action.actor.id]?.lastTeller, let person = action.world[id]
        else {
            throw action.refuse("Nobody has told you anything yet.")
        }
        guard action.turn.attendance.isPresent(person) else {
            throw action.refuse("\(the: person) is not connected any more.")
        }
        action.tell(person, command.text)
    }

    static let emote = Verb(
        "emote", ["pose", "me"], group: .talking, usage: ["emote TEXT", ":TEXT"], summary: "Show what you do.",
        help:
            "Everybody here reads your name and the text. A colon is the short form. Example: `:waves at the keeper.`",
        forms: [[.text]]
    ) { command, action in
        let gap = command.text.hasPrefix("'") || command.text.hasPrefix(",") ? "" : " "
        let end = command.text.last.map { ".!?\"'".contains($0) } ?? true ? "" : "."
        let name = Noun.definite(action.actor)
        action.announce("\(name)\(plain: gap + command.text + end)", as: .emote)
    }

    static let ask = Verb(
        "ask", group: .talking, usage: ["ask CREATURE about TOPIC"], summary: "Ask one who lives here about something.",
        help: "Those who live here know a few things. Ask them, or simply say something near them. "
            + "Example: `ask the keeper about the lamp`.",
        forms: [[.object(.people), .word(["about", "for", "of"]), .text]]
    ) { command, action in
        guard let person = command.thing() else { return }
        if person.has(.player) {
            throw action.refuse("Ask \(them: person) yourself: \(command: "say") or \(command: "tell").")
        }
        action.announce("\(action.actor) \(verb: "ask") \(the: person) about \(speech: command.text).", as: .speech)
        guard let reply = action.reply(of: person, to: command.text) ?? action.lastResort(of: person) else {
            action.announce("\(person) \(verb: "do") not answer.", as: .speech)
            return
        }
        action.announceReply(of: person, reply)
    }
}

extension Action {
    func player(called name: String) throws -> Thing {
        let folded = name.folded
        let present = turn.attendance.present.map(\.persona)
        if let exact = present.first(where: { $0.name.folded == folded }) { return exact }
        let near = present.filter { $0.name.folded.hasPrefix(folded) }
        if near.count == 1, let only = near.first { return only }
        if near.count > 1 {
            let names = English.list(near.prefix(9).map { Noun.definite($0) }, conjunction: "or")
            throw refuse("Which do you mean: \(names)?")
        }
        if let absent = world.player(named: folded) { throw refuse("\(plain: absent.name) is not connected.") }
        throw refuse("There is nobody called \"\(plain: name)\".")
    }

    func tell(_ person: Thing, _ text: String) {
        if person === actor { return turn.reply("You tell yourself, \"\(speech: text)\"", as: .tell) }
        // A tell names its teller also in the dark and from afar.
        let (teller, hearer) = (Noun.definite(actor), Noun.definite(person))
        turn.reply("You tell \(hearer), \"\(speech: text)\"", as: .tell)
        turn.tell(person, "\(teller) tells you, \"\(speech: text)\"", as: .tell)
        interpreter.conversations[person.id, default: Interpreter.Conversation()].lastTeller = actor.id
    }

    /// Whoever lives here and knows something of what was said answers; one that was named answers in any case.
    func letCreaturesAnswer(_ text: String) {
        guard let place else { return }
        let words = Set(CommandParser.tokenize(text).map(\.word))
        for person in place.contents where person.has(.persona) && !person.has(.player) {
            if let reply = reply(of: person, to: text) {
                announceReply(of: person, reply)
            } else if person.words.nouns.contains(where: words.contains),
                let reply = person[.greeting].isEmpty ? lastResort(of: person) : person[.greeting]
            {
                announceReply(of: person, reply)
            }
        }
    }

    /// What a creature knows of a text: the topic with most of its keywords in it.
    func reply(of person: Thing, to text: String) -> String? {
        let words = Set(CommandParser.tokenize(text).map(\.word))
        var best: (count: Int, key: String, reply: String)?
        for (keywords, reply) in person[.topics].sorted(by: { $0.key < $1.key }) {
            let count = keywords.folded.split(separator: ",").count { keyword in
                String(keyword).trimmed.split(separator: " ").allSatisfy { words.contains(String($0)) }
            }
            if count > best?.count ?? 0 { best = (count, keywords, reply) }
        }
        return best?.reply
    }

    func lastResort(of person: Thing) -> String? {
        person[.defaultReply].isEmpty ? nil : person[.defaultReply]
    }

    /// A reply in quotation marks is said; anything else is what the creature does.
    func announceReply(of person: Thing, _ reply: String) {
        let reply = reply.trimmed
        if reply.hasPrefix("*") {
            let deed = reply.drop { $0 == "*" }
            let text = String(deed.hasSuffix("*") ? deed.dropLast() : deed)
            announce("\(person) \(plain: text)", as: .emote)
        } else {
            announce("\(person) \(verb: "say"), \"\(speech: reply)\"", as: .speech)
        }
    }
}
