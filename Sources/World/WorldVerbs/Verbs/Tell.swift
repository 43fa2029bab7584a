import WorldLanguage
import WorldModel

extension Verb {
    static let tell = Verb(
        "tell", ["whisper"], group: .talking, usage: ["tell NAME TEXT"],
        summary: "Say something to one person, wherever they are.",
        help: """
            Only that person hears you; they have to be connected. A beginning of the name is enough if nobody else's \
            name begins so. They can answer with `reply`.
            Example: `tell ada the lamp is in the cellar`.
            """,
        forms: [[.player, .text]]
    ) { command, action in
        guard let person = command.thing() else { return }
        try action.tell(person, command.text)
    }
}

extension Action {
    func tell(_ person: Thing, _ text: String) throws {
        if person === actor { return turn.reply("You tell yourself, \"\(speech: text)\"", as: .tell) }
        // Those who live here have no way to be told from afar, and answer aloud.
        if !person.has(.player) { return try say(text, to: person) }
        guard turn.isPresent(person) else {
            throw refuse("\(Noun.definite(person)) is not connected any more.")
        }
        // A tell names its teller also in the dark and from afar.
        let (teller, hearer) = (Noun.definite(actor), Noun.definite(person))
        turn.reply("You tell \(hearer), \"\(speech: text)\"", as: .tell)
        turn.tell(person, "\(teller) tells you, \"\(speech: text)\"", as: .tell)
        interpreter.conversation(of: person).lastTeller = actor.id
    }
}
