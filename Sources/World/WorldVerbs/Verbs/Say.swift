import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let say = Verb(
        "say", group: .talking, usage: ["say TEXT", "'TEXT"], summary: "Say something to everybody here.",
        help: """
            Everybody in the same place hears you, and those who live there may answer. An apostrophe is the short form. \
            To speak to one of them, begin with the name and a comma.
            Example: `say Good evening!`, `'hello`, `keeper, where is the lamp?`.
            """,
        forms: [[.text]]
    ) { command, action in
        action.say(command.text)
    }
}

extension Action {
    /// Says something to everybody here.
    func say(_ text: String) {
        announce("\(actor) \(verb: "say"), \"\(speech: text)\"", as: .speech, of: turn.speech(.say, text))
        turn.carry(text, of: actor, from: place)
        letCreaturesAnswer(text)
    }

    /// Says something to one person, for everybody here to hear.
    func say(_ text: String, to person: Thing) throws {
        if person === actor { return tellSelf(text) }
        if turn.perception.hearing(of: person) == .silent, person.place !== place {
            throw refuse("\(person) \(verb: "do") not hear you from there.")
        }
        announce(
            "\(actor) \(verb: "say") to \(the: person), \"\(speech: text)\"", as: .speech,
            of: turn.speech(.say, text, to: [person]))
        turn.carry(text, of: actor, from: place)
        if person.has(.player) || person.place !== place { return }
        letAnswer(person, text)
    }

    /// Lets one who lives here answer what was said to them alone.
    func letAnswer(_ person: Thing, _ text: String) {
        let words = words(of: text, to: person)
        let greeting = person[.greeting].isEmpty ? nil : person[.greeting]
        let welcome = words.isDisjoint(with: Self.greetings) ? nil : greeting
        if let reply = reply(of: person, to: words) ?? welcome ?? lastResort(of: person) ?? greeting {
            announceReply(of: person, reply)
        } else {
            announce("\(person) \(verb: "do") not answer.", as: .speech)
        }
    }

    private static let greetings: Set<String> = [
        "hello", "hi", "hey", "hail", "greetings", "morning", "day", "evening",
    ]

    /// Whoever lives here and knows something of what was said answers; one that was named answers in any case.
    func letCreaturesAnswer(_ text: String) {
        guard let place else { return }
        let creatures = place.contents.filter { $0.has(.persona) && !$0.has(.player) }
        if creatures.isEmpty { return }
        for person in creatures {
            let words = words(of: text, to: person)
            if let reply = reply(of: person, to: words) {
                announceReply(of: person, reply)
            } else if person.words.nouns.contains(where: words.contains),
                let reply = person[.greeting].isEmpty ? lastResort(of: person) : person[.greeting]
            {
                announceReply(of: person, reply)
            }
        }
    }

    /// The words of a text, and the English ones for what it says to a creature in another language.
    func words(of text: String, to person: Thing) -> Set<String> {
        Set(InputLine.words(of: text) + turn.languages.words(in: text, of: person))
    }

    /// What a creature knows of what was said: the topic with most of its keywords in it.
    func reply(of person: Thing, to words: Set<String>) -> String? {
        var best: (count: Int, reply: String)?
        for (keywords, reply) in person[.topics].sorted(by: { $0.key < $1.key }) {
            let count = keywords.folded.split(separator: ",").count { keyword in
                let parts = keyword.split(separator: " ")
                return !parts.isEmpty && parts.allSatisfy { words.contains(String($0)) }
            }
            if count > best?.count ?? 0 { best = (count, reply) }
        }
        return best?.reply
    }

    func lastResort(of person: Thing) -> String? {
        person[.defaultReply].isEmpty ? nil : person[.defaultReply]
    }

    /// A reply between asterisks is what the creature does; anything else is said.
    func announceReply(of person: Thing, _ reply: String) {
        let reply = reply.trimmed
        if reply.hasPrefix("*") {
            let deed = reply.drop { $0 == "*" }
            let text = String(deed.hasSuffix("*") ? deed.dropLast() : deed)
            turn.announce(
                "\(person) \(content: text)", in: place, as: .emote, by: person,
                of: turn.speech(.emote, nil, isGesture: true))
        } else {
            turn.announce(
                "\(person) \(verb: "say"), \"\(content: reply, .speech)\"", in: place, as: .speech, by: person,
                of: turn.speech(.say, nil))
            turn.carry("\(content: reply, .speech)" as Sentence, of: person, from: place)
        }
    }
}
