import WorldLanguage
import WorldModel

extension Verb {
    static let light = Verb(
        "light", ["ignite"], phrases: ["turn on", "switch on"], group: .things,
        usage: ["light THING", "turn on THING"],
        summary: "Make a lamp give light.",
        help: """
            Lights a lamp, lantern or candle, so that everybody near it can see in a dark place. It shines also out of \
            your hands and out of open containers.
            Example: `light lamp`, `turn lamp on`.
            """,
        forms: [[.object(.anything)]],
        takesAdverb: true
    ) { command, action in
        guard let thing = command.thing() else { return }
        try action.requireLamp(thing)
        if thing[.isLit] { throw action.refuse("\(thing) \(verb: "be") lit already.") }
        let wasDark = !action.turn.perception.isLit
        action.world.set(.isLit, to: true, on: thing)
        action.announce("\(action.actor) \(verb: "light") \(the: thing).")
        if wasDark, action.turn.perception.isLit { action.turn.show(RoomView(turn: action.turn).text()) }
    }
}

extension Action {
    func requireLamp(_ thing: Thing) throws {
        try requireReach(thing)
        guard thing.has(.light), thing[.isSwitchable] else {
            throw refuse("\(thing) \(verb: "be") nothing one could light or put out.")
        }
        try turn.require(.use, on: thing)
    }
}
