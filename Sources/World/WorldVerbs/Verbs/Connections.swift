import WorldLanguage
import WorldModel

extension Verb {
    static let connections = Verb(
        "connections", ["connection", "sessions"], group: .game,
        usage: ["connections", "connections close NUMBER", "connections close others", "connections close this"],
        summary: "See from where you are connected, and close some of these connections.",
        help: """
            You can be connected several times at once as the same character, as from two programs: just log in again. What \
            happens is shown at all of these connections, and what you type at one is shown faintly at the others. \
            `connections` lists them with their numbers. `connections close 2` closes one, `connections close others` all but \
            this one, and `connections close this` only this one; `quit` leaves the game at all of them.
            Example: `connections`, `connections close 2`.
            """,
        forms: [
            [], [.word(["close"]), .word(["others", "other"])], [.word(["close"]), .word(["this", "here"])],
            [.word(["close"]), .name],
        ]
    ) { command, action in
        switch command.form {
        case 1: action.turn.request(.closeOtherDoors)
        case 2: action.turn.request(.leaveByDoor)
        case 3:
            guard let number = Int(command.words[0]) else {
                throw action.refuse("Connections have numbers. Type \(command: "connections") to see them.")
            }
            action.turn.request(.closeDoor(number))
        default: action.turn.request(.listDoors)
        }
    }
}
