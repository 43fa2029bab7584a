import WorldLanguage
import WorldModel

extension Verb {
    static let claim = Verb(
        "claim", group: .game, role: .player, usage: ["claim CODE"], summary: "Become the owner of a new game.",
        help: "A new server prints a code when it starts. The first who types it after `claim` owns the game.",
        forms: [[.name]]
    ) { command, action in
        action.turn.request(.claim(command.words[0].uppercased()))
    }
}
