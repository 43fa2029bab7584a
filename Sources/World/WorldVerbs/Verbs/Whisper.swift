import WorldLanguage
import WorldModel

extension Verb {
    static let whisper = Verb(
        "whisper", group: .talking, usage: ["whisper PERSON TEXT"], summary: "Say something into somebody's ear.",
        help: """
            Only that person, who has to be in the same place, hears the words; the others see that you whisper. \
            `tell` reaches people elsewhere. Names joined by commas or `and` are whispered to together.
            Example: `whisper ada not so loud`, `whisper to ben and cy the key is under the mat`.
            """,
        forms: [[.word(["to"]), .recipientsHere, .text], [.recipientsHere, .text]]
    ) { command, action in
        try action.whisper(command.text, to: command.things.first ?? [])
    }
}

extension Action {
    fileprivate func whisper(_ text: String, to person: Thing) throws {
        if person === actor {
            return turn.reply(
                "You whisper to yourself, \"\(speech: text)\"", as: .tell, of: turn.speech(.whisper, text, to: [actor]))
        }
        if person.place !== place { throw refuse("\(person) \(verb: "be") too far away to hear a whisper.") }
        if person.has(.player) { try requireEar(of: person) }
        let speech = turn.speech(.whisper, text, to: [person])
        turn.reply("You whisper to \(the: person), \"\(speech: text)\"", as: .tell, of: speech)
        if person.has(.player) {
            turn.tell(person, "\(actor) whispers to you, \"\(speech: text)\"", as: .tell, of: speech)
        }
        announceOthers("\(actor) \(verb: "whisper") something to \(the: person).", [person])
        if !person.has(.player) { letAnswer(person, text) }
    }

    /// What is seen is a deed, not the words, so that also those who ignore the actor see it.
    private func announceOthers(_ sentence: Sentence, _ people: [Thing]) {
        turn.announce(sentence, in: place, except: [actor] + people, as: .action)
    }

    /// Whispers to several; one who cannot hear it does not keep it from the others.
    fileprivate func whisper(_ text: String, to people: [Thing]) throws {
        if people.count == 1, let only = people.first { return try whisper(text, to: only) }
        let (hearers, refusals) = try whoHears(people) { person in
            if person.place !== place { throw refuse("\(person) \(verb: "be") too far away to hear a whisper.") }
            if person.has(.player) { try requireEar(of: person) }
        }
        if !hearers.isEmpty {
            let speech = turn.speech(.whisper, text, to: hearers)
            turn.reply(
                "You whisper to \(list: hearers.map { "\(the: $0)" }), \"\(speech: text)\"", as: .tell, of: speech)
            for hearer in hearers where hearer.has(.player) {
                let names: [Sentence] = ([hearer] + hearers.filter { $0 !== hearer }).map { "\(the: $0)" }
                turn.tell(hearer, "\(actor) whispers to \(list: names), \"\(speech: text)\"", as: .tell, of: speech)
            }
            announceOthers("\(actor) \(verb: "whisper") something to \(list: hearers.map { "\(the: $0)" }).", hearers)
            for hearer in hearers where !hearer.has(.player) { letAnswer(hearer, text) }
        }
        for refusal in refusals { turn.show(refusal, as: .refusal) }
    }
}
