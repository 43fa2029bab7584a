import WorldLanguage
import WorldModel

extension Verb {
    /// The interpreter carries it out; what comes here had no word to put right.
    static let oops = Verb(
        "oops", group: .game, usage: ["oops WORD"], summary: "Put a misspelt word right.",
        help: """
            Does your last command again with another word in place of the one that was not understood.
            Example: after `get lmap` type `oops lamp`.
            """,
        forms: [[.text]]
    ) { _, action in
        throw action.refuse("There was no word that I did not understand.")
    }
}
