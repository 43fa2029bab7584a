import WorldLanguage
import WorldModel

extension Verb {
    static let sshKey = Verb(
        "ssh-key", ["ssh-keys", "sshkey", "sshkeys"], group: .game, role: .player,
        usage: ["ssh-key", "ssh-key add KEY", "ssh-key remove NAME"],
        summary: "Have a key let you in by SSH, without your password.",
        help: """
            With a key you come in by SSH without your password, and without the code of an authenticator. Make one with \
            `ssh-keygen` on your own computer, and give the game the line in the file that ends in `.pub`; never the other \
            file. The last words of the line are the name of the key. The game asks for your password first, and you can \
            have up to twenty keys. `ssh-key` lists them and tells when each was last used; `ssh-key remove NAME` takes one away, also by its number.
            Example: `ssh-key add ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 laptop`, `ssh-key remove laptop`.
            """,
        forms: [
            [], [.word(["list"])], [.word(["add"]), .text], [.word(["add"])], [.word(["remove", "delete"]), .text],
            [.word(["remove", "delete"])],
        ]
    ) { command, action in
        switch command.form {
        case 2: action.turn.request(.addKey(command.text))
        case 3: throw action.refuse("Type the line of your key behind it: \(command: "ssh-key add ssh-ed25519 AAAA…").")
        case 4: action.turn.request(.removeKey(command.text))
        case 5: throw action.refuse("Which one? Type its name or its number behind it: \(command: "ssh-key remove 1").")
        default: action.turn.request(.listKeys)
        }
    }
}
