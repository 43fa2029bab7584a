import Basics
import WorldLanguage
import WorldModel

/// What a place looks like to somebody in it.
struct RoomView {
    let turn: Turn
    /// Whether the description is left out, for those who know the place.
    var isBrief = false

    /// Lists longer than this name only the first and count the rest.
    private static let longestList = 60

    func text() -> StyledText {
        let perception = turn.perception
        guard let surroundings = perception.surroundings else { return turn.text("You are nowhere at all.") }
        guard perception.isLit else { return dark(surroundings) }
        var text = StyledText(turn.content(surroundings.name), .title)
        text.runs.reserveCapacity(surroundings.contents.count * 2 + 8)
        text.append("\n")
        if isBrief {
            // The name stands for it.
        } else if surroundings.has(.place) {
            append(turn.content(turn.world.description(of: surroundings)), to: &text)
            if surroundings[.isOutdoors] {
                text.append(turn.skyText(over: surroundings))
                text.append("\n")
            }
        } else {
            write("You are inside.", to: &text)
        }
        let parts = Parts(of: surroundings, for: turn)
        for thing in parts.introduced { append(turn.content(thing[.initial]), to: &text) }
        if !parts.things.isEmpty { write("You see \(named(parts.things)) here.", to: &text) }
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
    private func named(_ things: [Thing]) -> Sentence {
        let rest = things.count - Self.longestList
        if rest <= 0 { return "\(things: things)" }
        let first = Array(things.prefix(Self.longestList))
        return rest == 1
            ? "\(things: first, .open), and one more thing"
            : "\(things: first, .open), and \(plain: String(rest)) more things"
    }

    /// A sentence of the game's own.
    private func write(_ sentence: Sentence, to text: inout StyledText) {
        text.append(turn.text(sentence))
        text.append("\n")
    }

    /// A sentence of the content, if there is one.
    private func append(_ sentence: String, to text: inout StyledText) {
        if sentence.isEmpty { return }
        text.append(sentence.trimmed)
        text.append("\n")
    }

    private func dark(_ surroundings: Thing) -> StyledText {
        var text = turn.text(
            """
            \(phrase: "It is pitch dark.", .emphasis) You can feel what you carry, and you could go on blindly or back the \
            way you came.
            """)
        text.append("\n")
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
        let seen = view.place.contents.filter { thing in
            if thing.has(.persona) { return true }
            return !thing.hasAny(of: .toldApart) && (thing[.fixed].isEmpty || !thing[.initial].isEmpty)
        }
        let place: Sentence =
            seen.isEmpty
            ? "\(content: view.place.name, .title)"
            : "\(content: view.place.name, .title), with \(things: seen, .atMost(Self.longestView))"
        let (way, isFar) = (view.exit.whereabouts, view.distance > view.exit.steps)
        let sentence: Sentence
        if let door = turn.world.door(of: view.exit) {
            sentence =
                isFar
                ? "\(way), through \(name: door), you see, farther on, \(place)."
                : "\(way), through \(name: door), you see \(place)."
        } else {
            sentence = isFar ? "\(way) you see, farther on, \(place)." : "\(way) you see \(place)."
        }
        text.append(turn.text(sentence))
    }

    private func appendContents(of container: Thing, to text: inout StyledText) {
        let contents = container.contents
        let isOne = contents.count == 1 && !contents[0].isPlural && !Noun.isProper(contents[0])
        let (isSurface, names) = (container[.isSurface], named(contents))
        if isOne {
            write(isSurface ? "On \(name: container) is \(names)." : "In \(name: container) is \(names).", to: &text)
        } else {
            write(
                isSurface ? "On \(name: container) you see \(names)." : "In \(name: container) you see \(names).",
                to: &text)
        }
    }

    private func appendPeople(_ parts: Parts, to text: inout StyledText) {
        for person in parts.absent { write("\(a: person) is here, staring into space.", to: &text) }
        let people = parts.people
        if people.isEmpty { return }
        let others = people.count - Self.longestList
        if others > 0 {
            let first = Array(people.prefix(Self.longestList))
            return write(
                others == 1
                    ? "\(things: first, .open) and one other are here."
                    : "\(things: first, .open) and \(plain: String(others)) others are here.", to: &text)
        }
        write(people.count == 1 ? "\(things: people) is here." : "\(things: people) are here.", to: &text)
    }

    private func appendExits(_ exits: [Thing], to text: inout StyledText) {
        if exits.isEmpty { return text.append(turn.text("You see no way out.")) }
        let ways = exits.map(way)
        text.append(
            turn.text(
                ways.count == 1
                    ? "The only way out is \(ways[0])." : "You can go \(list: ways, isChoice: true)."))
    }

    /// A way out with its door, if that is closed.
    private func way(_ exit: Thing) -> Sentence {
        let way: Sentence = "\(phrase: exit.wayName, .exit)"
        guard let door = turn.world.thing(exit, .door), !door[.isOpen] else { return way }
        return door.isPlural ? "\(way) (\(name: door) are closed)" : "\(way) (\(name: door) is closed)"
    }

    private func trim(_ text: inout StyledText) {
        while let last = text.runs.indices.last, text.runs[last].text.hasSuffix("\n") {
            text.runs[last].text.removeLast()
        }
    }
}
