import WorldLanguage
import WorldModel

extension Verb {
    static let appPassword = Verb(
        "app-password", ["app-passwords"], group: .game, role: .player,
        usage: ["app-password", "app-password add DOOR", "app-password remove DOOR"],
        summary: "Have a password made that a program keeps in place of yours.",
        help: """
            A program that comes in for you has to keep a password; with one of its own it need not keep yours. The game makes it, \
            shows it once, and it opens one door alone: `app-password add irc` makes the one for IRC. No code of an authenticator \
            is \
            asked for with it, so the game asks for your password, and for the code, before it makes one. A client that knows \
            SASL SCRAM-SHA-256 does not even send it. There is one for each door: a new one takes the place of the one \
            before. `app-password` lists yours and tells when each was last used; `app-password remove irc` takes it away, and ends \
            the \
            connections made with it.
            Example: `app-password add irc`, `app-password remove irc`.
            """,
        forms: [
            [], [.word(["list"])], [.word(["add"]), .text], [.word(["add"])], [.word(["remove", "delete"]), .text],
            [.word(["remove", "delete"])],
        ]
    ) { command, action in
        switch command.form {
        case 2: action.turn.request(.appPasswords(.add(command.text)))
        case 3: throw action.refuse("For which door? Type it behind that: \(command: "app-password add irc").")
        case 4: action.turn.request(.appPasswords(.remove(command.text)))
        case 5: throw action.refuse("For which door? Type it behind that: \(command: "app-password remove irc").")
        default: action.turn.request(.appPasswords(.list))
        }
    }
}
