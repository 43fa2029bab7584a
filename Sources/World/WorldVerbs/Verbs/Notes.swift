import WorldLanguage
import WorldModel

extension Verb {
    static let board = Verb(
        "board", group: .talking,
        usage: [
            "board", "board NUMBER", "board next", "board before NUMBER", "board reply NUMBER = TEXT",
            "board remove NUMBER",
        ],
        summary: "Read the notes on a board.",
        help: """
            Lists the notes, the newest last; a number reads one, `next` the first that you have not read. Where there are \
            several boards, end with `on` and the name of one. Whoever wrote a note can remove it. `post` pins one.
            Example: `board`, `board 3`, `board next on notice board`, `board reply 3 = I saw it by the mill.`.
            """,
        forms: [
            [], [.word(["next"])], [.word(["next"]), .text], [.word(["before"]), .text],
            [.word(["reply", "answer"]), .text], [.word(["remove", "delete"]), .text], [.text],
        ]
    ) { command, action in
        switch command.form {
        case 0: action.list(try action.board(named: []))
        case 1, 2: try action.readNextNote(command.text)
        case 3: try action.listOlderNotes(command.text)
        case 4: try action.replyToNote(command.text)
        case 5: try action.removeNote(command.text)
        default: try action.consultBoard(command.text)
        }
    }

    static let post = Verb(
        "post", group: .talking, role: .player,
        usage: ["post SUBJECT = TEXT", "post on BOARD: SUBJECT = TEXT", "post draft"],
        summary: "Pin a note to a board.",
        help: """
            Everybody who comes by can read it with `board`. For a note of several lines begin with `mail draft about SUBJECT`, \
            add lines with `write`, and pin it with `post draft` where the board is.
            Example: `post Lost = My hat, on the bridge.`, `post on notice board: Found = A hat.`.
            """,
        forms: [[.word(["draft"])], [.word(["draft"]), .word(["on", "to"]), .text], [.text]]
    ) { command, action in
        switch command.form {
        case 0: try action.postDraft("")
        case 1: try action.postDraft("on " + command.text)
        default: try action.postNote(command.text)
        }
    }
}
