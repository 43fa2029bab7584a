import WorldLanguage
import WorldModel

extension Verb {
    static let whisper = Verb(
        "whisper", group: .talking, usage: ["whisper PERSON TEXT"], summary: "Say something into somebody's ear.",
        help: """
            Only that person, who has to be in the same place, hears the words; the others see that you whisper. \
            `tell` reaches people elsewhere.
            Example: `whisper ada not so loud`, `whisper to ben the key is under the mat`.
            """,
        forms: [[.word(["to"]), .object(.people), .text], [.object(.people), .text]]
    ) { command, action in
        guard let person = command.thing() else { return }
        try action.whisper(command.text, to: person)
    }
}

extension Action {
    fileprivate func whisper(_ text: String, to person: Thing) throws {
        if person === actor { return turn.reply("You whisper to yourself, \"\(speech: text)\"", as: .tell) }
        if person.place !== place { throw refuse("\(person) \(verb: "be") too far away to hear a whisper.") }
        if person.has(.player) { try requireEar(of: person) }
        turn.reply("You whisper to \(the: person), \"\(speech: text)\"", as: .tell)
        if person.has(.player) { turn.tell(person, "\(actor) whispers to you, \"\(speech: text)\"", as: .tell) }
        announceOthers("\(actor) \(verb: "whisper") something to \(the: person).", person)
        if !person.has(.player) { letAnswer(person, text) }
    }

    /// What is seen is a deed, not the words, so that also those who ignore the actor see it.
    private func announceOthers(_ sentence: Sentence, _ person: Thing) {
        turn.announce(sentence, in: place, except: [actor, person], as: .action)
    }
}
