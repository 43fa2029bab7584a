import WorldLanguage
import WorldModel

extension Verb {
    static let password = Verb(
        "password", group: .game, role: .player, usage: ["password"], summary: "Change your password.",
        help: "Asks for your present password and then for the new one; what you type is not shown.", forms: [[]]
    ) { _, action in
        action.turn.request(.changePassword)
    }
}
