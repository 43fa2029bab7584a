import WorldLanguage
import WorldModel

extension Verb {
    static let again = Verb(
        "again", ["g"], group: .game, usage: ["again"], summary: "Do the last thing once more.",
        help: "Repeats your last command. The short form is `g`.", forms: [[]]
    ) { _, action in
        throw action.refuse("You have not done anything yet.")
    }
}
