import Basics
import WorldLanguage
import WorldModel

/// What a thing looks like from near by.
struct ThingView {
    let thing: Thing
    let observer: Thing

    func text() -> StyledText {
        var text = StyledText(thing[.description].trimmed)
        if text.isEmpty {
            let isPlayer = thing.has(.player)
            text = isPlayer ? "There is nothing remarkable about " : "You see nothing special about "
            text.append(thing === observer ? StyledText("you") : Noun.definite(thing))
            text.append(isPlayer ? " yet." : ".")
        }
        if thing.has(.persona) { appendBelongings(to: &text) }
        let be = thing.isPlural ? "They are" : "It is"
        if thing.has(.light), thing[.isLit] { text.append("\n\(be) lit.") }
        if thing.has(.door) || (thing.has(.container) && thing[.isOpenable]) {
            text.append("\n\(be) \(thing[.isOpen] ? "open" : "closed").")
        }
        if thing.has(.container), thing.isSeeThrough {
            text.append("\n")
            text.append(Self.contents(of: thing))
        }
        if !thing[.readable].isEmpty { text.append("\nThere is something to read on it.") }
        return text
    }

    private func appendBelongings(to text: inout StyledText) {
        let isSelf = thing === observer
        let subject = isSelf ? "You" : PronounForms(of: thing).subject.capitalizedFirst
        let isPlural = isSelf || thing[.pronouns] == "they"
        func append(_ things: [Thing], _ verb: String) {
            if things.isEmpty { return }
            text.append("\n\(subject) \(isPlural ? verb : English.thirdPerson(of: verb)) ")
            text.append(English.inventory(of: things))
            text.append(".")
        }
        append(thing.contents.filter { $0[.isWorn] && (isSelf || !$0.isHiddenByClothes) }, "wear")
        if !isSelf { append(thing.contents.filter { !$0[.isWorn] }, "carry") }
    }

    static func contents(of container: Thing) -> StyledText {
        let things = container.contents
        let preposition = container[.isSurface] ? "On" : "In"
        guard let first = things.first else {
            return container[.isSurface] ? "There is nothing on it." : "It is empty."
        }
        let isOne = things.count == 1 && !first.isPlural
        var text = StyledText("\(preposition) it \(isOne ? "is" : "are") ")
        text.append(English.inventory(of: things))
        text.append(".")
        return text
    }
}
