import WorldLanguage
import WorldModel

extension Verb {
    static let edit = Verb(
        "edit", group: .yourself, role: .player,
        usage: ["edit", "edit me", "edit plan", "edit here", "edit THING", "edit draft NUMBER"],
        summary: "Write a text of several lines.",
        help: """
            Opens the editor, in which each line you type is added to a text: without more the letter or note you are \
            writing, else what others read who look at you or at what is yours, or your `plan`. In the editor `.x` is for \
            when you are done, `.q` leaves and keeps the text as a draft, `.h` lists all commands; `help editor` explains them.
            Example: `edit me`, `edit plan`, `edit draft 2`.
            """,
        forms: [
            [], [.word(["me", "myself", "self"])], [.word(["plan"])], [.word(["here"])], [.word(["draft"])],
            [.word(["draft"]), .name], [.object(.anything)],
        ]
    ) { command, action in
        switch command.form {
        case 1: try action.editDescription(of: action.actor)
        case 2: try action.editPlan()
        case 3:
            guard let place = action.place else { throw action.refuse("You are nowhere at all.") }
            try action.editDescription(of: place)
        case 5:
            try action.takeUpDraft(command.words[0])
            action.enterEditor(try action.currentDraft())
        case 6:
            guard let thing = command.thing() else { return }
            try action.editDescription(of: thing)
        default: try action.resumeEditing()
        }
    }
}
