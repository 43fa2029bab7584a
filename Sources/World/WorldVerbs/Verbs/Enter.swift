import WorldLanguage
import WorldModel

extension Verb {
    static let enter = Verb(
        "enter", ["climb"], group: .moving, usage: ["enter WAY", "climb WAY", "enter"],
        summary: "Go by a way that has a name.",
        help: """
            Goes through a door, up the stairs, into a house: by any way out that has a name or a door. Alone it goes \
            in, if there is an inside.
            Example: `enter the mill`, `climb ladder`.
            """,
        forms: [[], [.way]],
        takesAdverb: true
    ) { command, action in
        try action.go(command.form == 0 ? .direction(.inside) : command.way)
    }
}
