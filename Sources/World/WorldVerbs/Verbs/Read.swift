import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let read = Verb(
        "read", group: .looking, usage: ["read THING", "read NUMBER on BOARD"],
        summary: "Read what is written on something.",
        help: """
            Reads a letter, a sign or a book. You need light, but you need not hold the thing: seeing it is enough, also \
            through glass. Of a board it lists the notes; with a number it reads one.
            Example: `read the sign`, `read 3 on notice board`.
            """,
        forms: [[.number, .word(["on", "of", "from"]), .object(.around)], [.sight]]
    ) { command, action in
        if let board = command.thing(), let number = command.words.first { return try action.read(number, on: board) }
        switch command.sight {
        case .thing(let thing)?:
            try action.requireSight(thing)
            try action.turn.require(.read, on: thing)
            if thing.has(.board) { return action.list(Board(thing, in: action.world)) }
            let writing = thing[.readable]
            if writing.isEmpty { throw action.refuse("There is nothing to read on \(the: thing).") }
            action.turn.show(StyledText(action.turn.content(writing.trimmed)))
        case .scenery(let text)?: action.turn.show(StyledText(action.turn.content(text.trimmed)))
        case .here?, .exit?, nil: throw action.refuse("There is nothing to read there.")
        }
    }
}
