import WorldLanguage
import WorldModel

extension Verb {
    static let douse = Verb(
        "douse", ["extinguish", "snuff"], phrases: ["turn off", "switch off", "put out"], group: .things,
        usage: ["douse THING", "turn off THING"], summary: "Put out a lamp.",
        help: """
            Puts out a lamp, lantern or candle. In a dark place nobody sees anything then but what they carry.
            Example: `douse lamp`, `put out lamp`.
            """,
        forms: [[.object(.anything)]],
        takesAdverb: true
    ) { command, action in
        guard let thing = command.thing() else { return }
        try action.requireLamp(thing)
        if !thing[.isLit] { throw action.refuse("\(thing) \(verb: "be") not lit.") }
        // Said while it can still be seen.
        action.announce("\(action.actor) \(verb: "put") out \(the: thing).")
        action.world.set(.isLit, to: false, on: thing)
        if !action.turn.perception.isLit {
            action.turn.announce("It is dark now.", in: action.place, as: .ambience)
        }
    }
}
