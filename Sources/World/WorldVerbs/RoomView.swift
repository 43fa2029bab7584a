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
        text.runs.reserveCapacity(surroundings.contents.count * 2 + 8)
        text.append("\n")
        if surroundings.has(.place) {
            append(surroundings[.description], to: &text)
        } else {
            text.append("You are inside.\n")
        }
        let parts = Parts(of: surroundings, for: turn)
        for thing in parts.introduced { append(thing[.initial], to: &text) }
        if !parts.things.isEmpty {
            text.append("You see ")
            append(parts.things, to: &text)
            text.append(" here.\n")
        }
        for container in parts.containers { appendContents(of: container, to: &text) }
        appendPeople(parts, to: &text)
        appendViews(perception, to: &text)
        appendExits(parts.exits, to: &text)
        trim(&text)
        return text
    }

    /// What is in a place, by how it is told.
    private struct Parts {
        /// With a sentence of their own.
        var introduced: [Thing] = []
        var things: [Thing] = []
        var containers: [Thing] = []
        var exits: [Thing] = []
        var absent: [Thing] = []
        var people: [Thing] = []

        init(of surroundings: Thing, for turn: Turn) {
            for content in surroundings.contents where content !== turn.actor {
                if content.hasAny(of: .toldApart) {
                    if content.has(.persona) {
                        addPerson(content, turn)
                    } else if content.has(.exit), content[.impassable].isEmpty {
                        exits.append(content)
                    }
                    continue
                }
                if !content.contents.isEmpty, content.isSeeThrough { containers.append(content) }
                if !content[.initial].isEmpty {
                    introduced.append(content)
                } else if content[.fixed].isEmpty {
                    // Furniture is spoken of in the description: it can be used, but is not listed.
                    things.append(content)
                }
            }
        }

        private mutating func addPerson(_ person: Thing, _ turn: Turn) {
            if !person[.initial].isEmpty {
                introduced.append(person)
            } else if person.has(.player), !turn.isPresent(person) {
                absent.append(person)
            } else {
                people.append(person)
            }
        }
    }

    /// Things as a list, cut to its beginning when it is long.
    private func append(_ things: [Thing], to text: inout StyledText) {
        guard things.count > Self.longestList else { return English.appendInventory(of: things, to: &text) }
        let rest = things.count - Self.longestList
        for item in English.items(of: Array(things.prefix(Self.longestList))) {
            text.append(item)
            text.append(", ")
        }
        text.append(rest == 1 ? "and one more thing" : "and \(rest) more things")
    }

    private func append(_ sentence: String, to text: inout StyledText) {
        if sentence.isEmpty { return }
        text.append(sentence.trimmed)
        text.append("\n")
    }

    private func dark(_ surroundings: Thing) -> StyledText {
        var text = StyledText("It is pitch dark.", .emphasis)
        text.append(" You can feel what you carry, and you could go on blindly or back the way you came.\n")
        appendViews(turn.perception, to: &text)
        trim(&text)
        return text
    }

    // MARK: Other places

    /// Things named at most of what is seen in another place.
    private static let longestView = 6

    private func appendViews(_ perception: Perception, to text: inout StyledText) {
        for view in perception.views where Perception.isLit(view.place, in: turn.world) {
            append(view, to: &text)
            text.append("\n")
        }
    }

    /// Says in one sentence what is seen of another place.
    ///
    /// `To the north, through the window, you see Garden, with a rake and Ben.`
    func append(_ view: View, to text: inout StyledText) {
        text.append(view.exit.whereabouts.capitalizedFirst)
        if let door = turn.world.door(of: view.exit) {
            text.append(", through ")
            text.append(Noun.definite(door))
            text.append(",")
        }
        text.append(view.distance > view.exit.steps ? " you see, farther on, " : " you see ")
        text.append(view.place.name, .title)
        let seen = view.place.contents.filter { thing in
            if thing.has(.persona) { return true }
            return !thing.hasAny(of: .toldApart) && (thing[.fixed].isEmpty || !thing[.initial].isEmpty)
        }
        if !seen.isEmpty {
            text.append(", with ")
            text.append(English.inventory(of: seen, atMost: Self.longestView))
        }
        text.append(".")
    }

    private func appendContents(of container: Thing, to text: inout StyledText) {
        text.append(container[.isSurface] ? "On " : "In ")
        text.append(Noun.definite(container))
        let contents = container.contents
        let isOne = contents.count == 1 && !contents[0].isPlural && !Noun.isProper(contents[0])
        text.append(isOne ? " is " : " you see ")
        append(contents, to: &text)
        text.append(".\n")
    }

    private func appendPeople(_ parts: Parts, to text: inout StyledText) {
        for person in parts.absent {
            text.append(Noun.indefinite(person))
            text.append(" is here, staring into space.\n")
        }
        let people = parts.people
        guard let first = people.first else { return }
        let named = people.prefix(Self.longestList)
        text.append(Noun.indefinite(first).capitalizedFirst)
        for (index, person) in named.enumerated().dropFirst() {
            text.append(index == people.count - 1 ? " and " : ", ")
            text.append(Noun.indefinite(person))
        }
        let others = people.count - named.count
        if others > 0 { text.append(others == 1 ? " and one other" : " and \(others) others") }
        text.append(people.count == 1 ? " is here.\n" : " are here.\n")
    }

    private func appendExits(_ exits: [Thing], to text: inout StyledText) {
        if exits.isEmpty { return text.append("You see no way out.") }
        text.append(exits.count == 1 ? "The only way out is " : "You can go ")
        for (index, exit) in exits.enumerated() {
            if index > 0 { text.append(index == exits.count - 1 ? " or " : ", ") }
            let direction = exit[.direction]
            text.append(direction.isEmpty ? exit[.otherNames].first ?? exit.name : direction, .exit)
            if let door = turn.world.thing(exit, .door), !door[.isOpen] {
                text.append(" (", .exit)
                text.append(Noun.definite(door))
                text.append(door.isPlural ? " are closed)" : " is closed)", .exit)
            }
        }
        text.append(".")
    }

    private func trim(_ text: inout StyledText) {
        while let last = text.runs.indices.last, text.runs[last].text.hasSuffix("\n") {
            text.runs[last].text.removeLast()
        }
    }
}

extension StyledText {
    fileprivate var capitalizedFirst: StyledText {
        var text = self
        if let first = text.runs.first { text.runs[0].text = first.text.capitalizedFirst }
        return text
    }
}
