import WorldLanguage
import WorldModel

extension Verb {
    static let tell = Verb(
        "tell", group: .talking, usage: ["tell NAME TEXT"],
        summary: "Say something to one person, wherever they are.",
        help: """
            Only that person hears you. A beginning of the name is enough if nobody else's name begins so; somebody who is not \
            connected needs the whole name, and reads it on coming back. They can answer with `reply`.
            Example: `tell ada the lamp is in the cellar`.
            """,
        forms: [[.anybody, .text]]
    ) { command, action in
        guard let person = command.thing() else { return }
        try action.tell(person, command.text)
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
