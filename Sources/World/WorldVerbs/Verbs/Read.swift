import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let read = Verb(
        "read", group: .looking, usage: ["read THING"], summary: "Read what is written on something.",
        help: """
            Reads a letter, a sign or a book. You need light, but you need not hold the thing: seeing it is enough, also \
            through glass.
            Example: `read the notice`.
            """,
        forms: [[.sight]]
    ) { command, action in
        switch command.sight {
        case .thing(let thing)?:
            try action.requireSight(thing)
            let writing = thing[.readable]
            if writing.isEmpty { throw action.refuse("There is nothing to read on \(the: thing).") }
            action.turn.show(StyledText(writing.trimmed))
        case .scenery(let text)?: action.turn.show(StyledText(text.trimmed))
        case .here?, .exit?, nil: throw action.refuse("There is nothing to read there.")
        }
    }
}
