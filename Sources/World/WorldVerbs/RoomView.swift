import Basics
import WorldLanguage
import WorldModel

/// What a place looks like to somebody in it.
struct RoomView {
    let turn: Turn

    /// Lists longer than this name only the first and count the rest.
    private static let longestList = 60

    func text() -> StyledText {
        let perception = turn.perception
        guard let surroundings = perception.surroundings else { return "You are nowhere at all." }
        guard perception.isLit else { return dark(surroundings) }
        var text = StyledText(surroundings.name, .title)
        text.append("\n")
        if surroundings.has(.place) {
            append(surroundings[.description], to: &text)
        } else {
            text.append("You are inside.\n")
        }
        let things = surroundings.contents.filter {
            $0 !== turn.actor && $0.faculties.isDisjoint(with: [.persona, .exit, .door])
        }
        for thing in things where !thing[.initial].isEmpty { append(thing[.initial], to: &text) }
        let rest = things.filter { $0[.initial].isEmpty && !isScenery($0) }
        if !rest.isEmpty {
            text.append("You see ")
            text.append(listed(rest))
            text.append(" here.\n")
        }
        for thing in things where thing.has(.container) && thing.isSeeThrough && !thing.contents.isEmpty {
            appendContents(of: thing, to: &text)
        }
        appendPeople(in: surroundings, to: &text)
        appendExits(of: surroundings, to: &text)
        trim(&text)
        return text
    }

    /// Furniture the description speaks of already: it can be used, but is not listed.
    private func isScenery(_ thing: Thing) -> Bool { !thing[.fixed].isEmpty }

    private func listed(_ things: [Thing]) -> StyledText {
        var list = English.inventory(of: Array(things.prefix(Self.longestList)))
        if things.count > Self.longestList { list.append(" and \(things.count - Self.longestList) more things") }
        return list
    }

    private func append(_ sentence: String, to text: inout StyledText) {
        if sentence.isEmpty { return }
        text.append(sentence.trimmed)
        text.append("\n")
    }

    private func dark(_ surroundings: Thing) -> StyledText {
        var text = StyledText("It is pitch dark.", .emphasis)
        text.append(" You can feel what you carry, and you could go on blindly or back the way you came.")
        return text
    }

    private func appendContents(of container: Thing, to text: inout StyledText) {
        var line = StyledText(container[.isSurface] ? "On " : "In ")
        line.append(Noun.definite(container))
        line.append(container.contents.count == 1 && !Noun.isProper(container.contents[0]) ? " is " : " you see ")
        line.append(listed(container.contents))
        line.append(".\n")
        text.append(line)
    }

    private func appendPeople(in place: Thing, to text: inout StyledText) {
        var awake: [StyledText] = []
        for person in place.contents where person.has(.persona) && person !== turn.actor {
            if !person[.initial].isEmpty {
                append(person[.initial], to: &text)
            } else if person.has(.player), !turn.attendance.isPresent(person) {
                text.append(Noun.indefinite(person))
                text.append(" is here, staring into space.\n")
            } else {
                awake.append(Noun.indefinite(person))
            }
        }
        if awake.isEmpty { return }
        var list = English.list(Array(awake.prefix(Self.longestList)))
        if awake.count > Self.longestList { list.append(" and \(awake.count - Self.longestList) others") }
        if let first = list.runs.first { list.runs[0].text = first.text.capitalizedFirst }
        text.append(list)
        text.append(awake.count == 1 ? " is here.\n" : " are here.\n")
    }

    private func appendExits(of place: Thing, to text: inout StyledText) {
        let exits = place.contents.filter { $0.has(.exit) }
        if exits.isEmpty {
            text.append("You see no way out.")
            return
        }
        text.append(exits.count == 1 ? "The only way out is " : "You can go ")
        let names = exits.map { exit -> StyledText in
            var name = StyledText(exit[.direction].isEmpty ? exit.name : exit[.direction], .exit)
            if let door = turn.world.thing(exit, .door), !door[.isOpen] {
                name.append(" (")
                name.append(Noun.definite(door))
                name.append(" is closed)")
            }
            return name
        }
        text.append(English.list(names, conjunction: exits.count == 1 ? "and" : "or"))
        text.append(".")
    }

    private func trim(_ text: inout StyledText) {
        while let last = text.runs.indices.last, text.runs[last].text.hasSuffix("\n") {
            text.runs[last].text.removeLast()
        }
    }
}
