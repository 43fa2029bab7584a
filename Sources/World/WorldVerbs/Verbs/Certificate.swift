import WorldLanguage
import WorldModel

extension Verb {
    static let certificate = Verb(
        "certificate", ["certificates", "cert"], group: .game, role: .player,
        usage: ["certificate", "certificate add", "certificate add FINGERPRINT NAME", "certificate remove NAME"],
        summary: "Have a certificate of your IRC client let you in, without your password.",
        help: """
            A client of IRC that comes in with TLS can show a certificate, which you make yourself; with SASL EXTERNAL it is then \
            let in without your password, and without the code of an authenticator. `certificate add`, typed where you came in \
            with it, takes the certificate of that connection; elsewhere type its SHA-256 fingerprint behind that, 64 hexadecimal \
            digits, \
            and a name if you like. The game asks for your password first, and you can have up to twenty. `certificate` \
            lists them and tells when each was last used; `certificate remove NAME` takes one away, also by its number, and ends \
            the connections made with it.
            Example: `certificate add`, `certificate remove laptop`.
            """,
        forms: [
            [], [.word(["list"])], [.word(["add"]), .text], [.word(["add"])], [.word(["remove", "delete"]), .text],
            [.word(["remove", "delete"])],
        ]
    ) { command, action in
        switch command.form {
        case 2: action.turn.request(.certificates(.add(command.text)))
        case 3: action.turn.request(.certificates(.add("")))
        case 4: action.turn.request(.certificates(.remove(command.text)))
        case 5:
            throw action.refuse("Which one? Type its name or its number behind it: \(command: "certificate remove 1").")
        default: action.turn.request(.certificates(.list))
        }
    }
}
