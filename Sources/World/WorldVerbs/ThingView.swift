import Basics
import WorldLanguage
import WorldModel

/// What a thing looks like from near by.
struct ThingView {
    let thing: Thing
    let turn: Turn

    private var observer: Thing { turn.actor }

    func text() -> StyledText {
        var text = StyledText(turn.content(thing[.description].trimmed))
        if text.isEmpty { text = turn.text(nothingSpecial) }
        // What people say of themselves is talk, too.
        if thing.has(.player), Ignoring.ignores(observer, thing, turn.world) {
            text = turn.text("You ignore \(name: thing).")
        }
        if thing.has(.persona) { appendBelongings(to: &text) }
        for fact in facts { append(fact, to: &text) }
        return text
    }

    private var nothingSpecial: Sentence {
        if !thing.has(.player) { return "You see nothing special about \(name: thing)." }
        return thing === observer
            ? "There is nothing remarkable about you yet." : "There is nothing remarkable about \(name: thing) yet."
    }

    /// What is said after the description, each in a line.
    private var facts: [Sentence] {
        var facts: [Sentence] = []
        let isPlural = thing.isPlural
        if thing.has(.light), thing[.isLit] { facts.append(isPlural ? "They are lit." : "It is lit.") }
        if thing.has(.door) || (thing.has(.container) && thing[.isOpenable]) {
            if thing[.isOpen] {
                facts.append(isPlural ? "They are open." : "It is open.")
            } else {
                facts.append(isPlural ? "They are closed." : "It is closed.")
            }
        }
        if thing.has(.container), thing.isSeeThrough { facts.append(Self.contents(of: thing)) }
        if !thing[.readable].isEmpty || thing.has(.board) { facts.append("There is something to read on it.") }
        let verbs = thing.behaviors.map(\.verb)
        if !verbs.isEmpty { facts.append("To try: \(commands: verbs).") }
        return facts
    }

    private func append(_ sentence: Sentence, to text: inout StyledText) {
        text.append("\n")
        text.append(turn.text(sentence))
    }

    private func appendBelongings(to text: inout StyledText) {
        let isSelf = thing === observer
        let worn = thing.contents.filter { $0[.isWorn] && (isSelf || !$0.isHiddenByClothes) }
        let carried = isSelf ? [] : thing.contents.filter { !$0[.isWorn] }
        if !worn.isEmpty { append("\(they: thing) \(verb: "wear") \(things: worn).", to: &text) }
        if !carried.isEmpty { append("\(they: thing) \(verb: "carry") \(things: carried).", to: &text) }
    }

    /// What is in or on something.
    static func contents(of container: Thing) -> Sentence {
        let things = container.contents
        let isSurface = container[.isSurface]
        guard let first = things.first else { return isSurface ? "There is nothing on it." : "It is empty." }
        if things.count == 1, !first.isPlural {
            return isSurface ? "On it is \(things: things)." : "In it is \(things: things)."
        }
        return isSurface ? "On it are \(things: things)." : "In it are \(things: things)."
    }
}
