import WorldLanguage
import WorldModel

extension Verb {
    static let ask = Verb(
        "ask", group: .talking, usage: ["ask PERSON about TOPIC"], summary: "Ask one who lives here about something.",
        help: """
            Those who live here know a few things, and talk about them when they are asked. Saying something near them \
            may do as well.
            Example: `ask the keeper about the lamp`.
            """,
        forms: [[.object(.people), .word(["about", "for", "of"]), .text]]
    ) { command, action in
        guard let person = command.thing() else { return }
        if person === action.actor { throw action.refuse("You should know that yourself.") }
        if person.has(.player) {
            throw action.refuse(
                "\(person) \(verb: "speak") for \(themself: person): use \(command: "say") or \(command: "tell").")
        }
        if person.place !== action.place { throw action.refuse("\(person) \(verb: "be") too far away to be asked.") }
        action.announce("\(action.actor) \(verb: "ask") \(the: person) about \(speech: command.text).", as: .speech)
        let words = action.words(of: command.text, to: person)
        guard let reply = action.reply(of: person, to: words) ?? action.lastResort(of: person) else {
            action.announce("\(person) \(verb: "do") not answer.", as: .speech)
            return
        }
        action.announceReply(of: person, reply)
    }
}
