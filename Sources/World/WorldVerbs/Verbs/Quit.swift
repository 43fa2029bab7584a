import WorldLanguage
import WorldModel

extension Verb {
    static let quit = Verb(
        "quit", ["logout"], group: .game, usage: ["quit"], summary: "Leave the game.",
        help: "Takes you out of the game. What you carry stays with you, and you come back where you left. "
            + "Only what others need, as a key, goes back where it belongs. "
            + "If only your connection breaks, your body stays and waits a while. Example: `quit`.", forms: [[]]
    ) { _, action in
        let borrowed = Interpreter.borrowed(by: action.actor)
        if !borrowed.isEmpty {
            action.turn.reply("You leave \(things: borrowed, .atMost(20)) behind, because others need it.", as: .system)
        }
        action.turn.reply("Goodbye, \(plain: action.actor.name). Come back soon.", as: .system)
        // In the same turn, so that whoever read the farewell has left. What cannot be kept, the game makes up for later.
        if !action.interpreter.isReadOnly { action.interpreter.leavePlay(action.actor, action.turn) }
        action.turn.request(.quit)
    }
}
