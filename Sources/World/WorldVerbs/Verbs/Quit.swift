import WorldLanguage
import WorldModel

extension Verb {
    static let quit = Verb(
        "quit", ["logout"], group: .game, usage: ["quit"], summary: "Leave the game.",
        help: "Takes you out of the game. What you carry stays with you, and you come back where you left. "
            + "If only your connection breaks, your body stays and waits a while. Example: `quit`.", forms: [[]]
    ) { _, action in
        action.turn.reply("Goodbye, \(plain: action.actor.name). Come back soon.", as: .system)
        action.turn.request(.quit)
    }
}
