import WorldLanguage
import WorldModel

extension Verb {
    static let authenticator = Verb(
        "authenticator", group: .game, role: .player,
        usage: ["authenticator", "authenticator on", "authenticator off"],
        summary: "Have an authenticator's code asked for when you come in.",
        help: "An authenticator is a program, as on a telephone, that shows a new code every half minute. "
            + "With `authenticator on` the game gives you a secret for it, and from then on asks for its code behind your "
            + "password; ten recovery codes let you in when it is lost, each of them once. `authenticator off` ends that, "
            + "and `authenticator` alone tells whether you have one. Example: `authenticator on`.",
        forms: [[], [.word(["on"])], [.word(["off"])]]
    ) { command, action in
        action.turn.request(.authenticator(on: command.form == 0 ? nil : command.form == 1))
    }
}
