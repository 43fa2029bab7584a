package import Basics
import WorldLanguage
package import WorldModel

/// Single commands of somebody who is not at the game for them.
extension Interpreter {
    /// Plays one command, and nothing else that a line might be: no part of a text that is being written.
    ///
    /// A body that is out of play stands in its place for this one turn. Nobody sees it come or go, unless the command led it
    /// elsewhere; what it says and does is seen as ever.
    ///
    /// - Returns: What came of it; the requests are the caller's to refuse, because a dialogue needs a player who stays.
    package func performErrand(
        _ line: String, by actor: Thing, role: Role, at time: WallInstant, seed: UInt64
    ) -> Outcome {
        let command = line.cleaned.trimmed
        if command.isEmpty { return Outcome(deliveries: [], requests: [], record: nil, fault: nil) }
        let isAway = actor.location == nil
        let outcome = turn(by: actor, role: role, at: time, seed: seed) { turn in
            let place = isAway ? try stepIn(actor, turn) : nil
            try interpret(command, turn)
            if isAway, actor.exists { stepOut(actor, from: place, turn) }
        }
        if isAway { forget(actor) }
        return outcome
    }

    /// Puts a body where its player left it, without a word.
    private func stepIn(_ persona: Thing, _ turn: Turn) throws -> Thing {
        let last = turn.world.thing(persona, .lastPlace)
        guard let place = last.flatMap({ $0.has(.place) ? $0 : nil }) ?? turn.world.startPlace else {
            throw turn.refusal("This world has no place to begin in.")
        }
        turn.world.move(persona, to: place)
        return place
    }

    /// Takes it out again; who saw it arrive somewhere sees it go.
    private func stepOut(_ persona: Thing, from start: Thing?, _ turn: Turn) {
        if persona.place !== start { return leavePlay(persona, turn) }
        leaveBehind(persona, persona.location ?? start ?? persona, turn)
        turn.world.move(persona, to: nil)
    }
}
