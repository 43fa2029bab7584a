import WorldLanguage
import WorldModel

extension Verb {
    static let password = Verb(
        "password", group: .game, role: .player, usage: ["password"], summary: "Change your password.",
        help: "Asks for your present password and then for the new one; what you type is not shown. "
            + "After too many wrong ones you have to wait. Example: `password`.", forms: [[]]
    ) { _, action in
        action.turn.request(.changePassword)
    }
}
