import WorldLanguage
import WorldModel

extension Verb {
    static let tell = Verb(
        "tell", group: .talking, usage: ["tell NAME TEXT"],
        summary: "Say something to one person or a few, wherever they are.",
        help: """
            Only that person hears you. A beginning of the name is enough if nobody else's name begins so; somebody who is not \
            connected needs the whole name, and reads it on coming back. They can answer with `reply`. Several are told at \
            once when you join their names by commas or `and`, whole names but for the first; each reads who else is told.
            Example: `tell ada the lamp is in the cellar`, `tell ada, ben and cy dinner is ready`.
            """,
        forms: [[.recipients, .text]]
    ) { command, action in
        try action.tell(command.things.first ?? [], command.text)
    }

    static let tells = Verb(
        "tells", group: .talking, usage: ["tells"], summary: "Read again what you were told of late.",
        help: """
            Shows the latest `tell`s: those that were left for you while you were away, and what you have told and been told \
            since you came.
            Example: `tells`.
            """,
        forms: [[]]
    ) { _, action in
        action.showTells()
    }
}
