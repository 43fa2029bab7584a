import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let light = Verb(
        "light", ["ignite"], group: .things, usage: ["light THING"], summary: "Make a lamp give light.",
        help: "Lights a lamp, lantern or candle, so that you can see in dark places. Example: `light lamp`.",
        forms: [[.object(.anything)]]
    ) { command, action in
        guard let thing = command.thing() else { return }
        try action.requireLamp(thing)
        if thing[.isLit] { throw action.refuse("\(the: thing) is lit already.") }
        let wasDark = !action.turn.perception.isLit
        action.world.set(.isLit, to: true, on: thing)
        action.announce("\(action.actor) \(verb: "light") \(the: thing).")
        if wasDark, action.turn.perception.isLit { action.turn.show(RoomView(turn: action.turn).text()) }
    }

    static let douse = Verb(
        "douse", ["extinguish", "snuff"], group: .things, usage: ["douse THING"], summary: "Put out a lamp.",
        help: "Puts out a lamp, lantern or candle. Example: `douse lamp`.", forms: [[.object(.anything)]]
    ) { command, action in
        guard let thing = command.thing() else { return }
        try action.requireLamp(thing)
        if !thing[.isLit] { throw action.refuse("\(the: thing) is not lit.") }
        // Said while it can still be seen.
        action.announce("\(action.actor) \(verb: "put") out \(the: thing).")
        action.world.set(.isLit, to: false, on: thing)
        if !action.turn.perception.isLit { action.turn.show("It is dark now.") }
    }
}

extension Action {
    func requireLamp(_ thing: Thing) throws {
        try requireReach(thing)
        guard thing.has(.light), thing[.isSwitchable] else {
            throw refuse("\(the: thing) is nothing one could light or put out.")
        }
    }
}
