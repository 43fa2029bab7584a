import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let look = Verb(
        "look", ["l"], group: .looking, usage: ["look", "look at THING", "look in CONTAINER", "look DIRECTION"],
        summary: "See where you are, or look at something.",
        help: """
            Alone, look shows the place you are in: what lies here, who is here, and where you can go. With a thing it \
            describes the thing, with `in` what is inside it, and with a direction what lies that way.
            Example: `look at the brass lamp`, `look in the chest`, `look north`.
            """,
        forms: [
            [], [.word(["in", "inside", "into", "on", "under"]), .object(.anything)], [.direction],
            [.word(["at"]), .text], [.text],
        ]
    ) { command, action in
        switch command.form {
        case 0: action.turn.show(RoomView(turn: action.turn).text())
        case 1:
            guard let thing = command.thing() else { return }
            try action.lookInside(thing)
        case 2:
            guard let direction = command.direction else { return }
            try action.look(toward: direction)
        default: try action.examine(command.text)
        }
    }

    static let examine = Verb(
        "examine", ["x", "exa"], group: .looking, usage: ["examine THING"],
        summary: "Look closely at a thing or a person.",
        help: """
            Describes a thing, a person, or something a place's description speaks of. Examine what you wear, carry or see.
            Example: `x lamp`, `examine me`, `examine the sea`.
            """,
        forms: [[.text]]
    ) { command, action in
        try action.examine(command.text)
    }

    static let read = Verb(
        "read", group: .looking, usage: ["read THING"], summary: "Read what is written on something.",
        help: "Reads a letter, a sign or a book. Example: `read the notice`.", forms: [[.object(.anything)]]
    ) { command, action in
        guard let thing = command.thing() else { return }
        try action.requireSight(thing)
        if !action.turn.perception.isLit { throw action.turn.refusal(.tooDark) }
        let writing = thing[.readable]
        if writing.isEmpty { throw action.refuse("There is nothing to read on \(the: thing).") }
        action.turn.show(StyledText(writing.trimmed))
    }
}

extension Action {
    /// Describes whatever the words name: a thing one perceives, or something the place's description speaks of.
    func examine(_ text: String) throws {
        let tokens = CommandParser.tokenize(text)
        let words = tokens.map(\.word)
        if words == ["here"] || words == ["room"] { return turn.show(RoomView(turn: turn).text()) }
        do {
            var parser = CommandParser(
                turn: turn, line: "examine " + text, tokens: CommandParser.tokenize("examine " + text),
                decided: interpreter.conversations[actor.id]?.decided ?? [:],
                antecedent: interpreter.conversations[actor.id]?.antecedent.flatMap { world[$0] })
            let form = Verb(
                "examine", group: .looking, usage: [], summary: "", help: "", forms: [[.object(.anything)]]
            ) { _, _ in }
            guard let thing = try parser.parse(form).thing() else { return }
            interpreter.conversations[actor.id]?.antecedent = thing.id
            return try describe(thing)
        } catch let refusal as Refusal {
            guard let detail = detail(words), turn.perception.isLit else { throw refusal }
            turn.show(StyledText(detail.trimmed))
        }
    }

    /// Scenery of the place or of things in it.
    func detail(_ words: [String]) -> String? {
        guard let place = turn.perception.surroundings else { return nil }
        let articles: Set<String> = ["the", "a", "an", "some"]
        let wanted = words.filter { !articles.contains($0) }
        guard let noun = wanted.last else { return nil }
        let details = place[.details]
        let whole = wanted.joined(separator: " ")
        for (nouns, text) in details.sorted(by: { $0.key < $1.key }) {
            let names = nouns.folded.split(separator: ",").map { String($0).trimmed }
            if names.contains(whole) || names.contains(noun) || names.contains(where: { $0.hasSuffix(" " + noun) }) {
                return text
            }
        }
        return nil
    }

    func describe(_ thing: Thing) throws {
        if let objection = turn.perception.percept(of: thing)?.unseen { throw turn.refusal(objection) }
        if thing !== actor, !turn.perception.isLit { throw turn.refusal(.tooDark) }
        var text = StyledText(thing[.description].trimmed)
        if text.isEmpty {
            text = "You see nothing special about "
            text.append(thing === actor ? StyledText("yourself") : Noun.definite(thing))
            text.append(".")
        }
        if thing.has(.persona) { appendClothes(of: thing, to: &text) }
        if thing.has(.light), thing[.isLit] { text.append("\nIt is lit.") }
        if thing.has(.door) || (thing.has(.container) && thing[.isOpenable]) {
            text.append(thing[.isOpen] ? "\nIt is open." : "\nIt is closed.")
        }
        if thing.has(.container), thing.isSeeThrough {
            text.append("\n")
            text.append(contents(of: thing))
        }
        if !thing[.readable].isEmpty { text.append("\nThere is something to read on it.") }
        turn.show(text)
    }

    private func appendClothes(of person: Thing, to text: inout StyledText) {
        let worn = person.contents.filter { $0[.isWorn] }
        let held = person.contents.filter { !$0[.isWorn] }
        let subject = person === actor ? "You" : PronounForms(of: person).subject.capitalizedFirst
        let plural = person === actor || person[.pronouns] == "they"
        if !worn.isEmpty {
            text.append("\n\(subject) \(plural ? "wear" : "wears") ")
            text.append(English.inventory(of: worn))
            text.append(".")
        }
        if !held.isEmpty, person !== actor {
            text.append("\n\(subject) \(plural ? "carry" : "carries") ")
            text.append(English.inventory(of: held))
            text.append(".")
        }
    }

    func contents(of container: Thing) -> StyledText {
        var text = StyledText(container[.isSurface] ? "On it is " : "In it is ")
        if container.contents.count > 1 { text = StyledText(container[.isSurface] ? "On it are " : "In it are ") }
        if container.contents.isEmpty {
            return StyledText(container[.isSurface] ? "There is nothing on it." : "It is empty.")
        }
        text.append(English.inventory(of: container.contents))
        text.append(".")
        return text
    }

    func lookInside(_ thing: Thing) throws {
        if let objection = turn.perception.percept(of: thing)?.unseen { throw turn.refusal(objection) }
        guard thing.has(.container) else { throw refuse("One cannot look into \(the: thing).") }
        guard turn.perception.isLit else { throw turn.refusal(.tooDark) }
        guard thing.isSeeThrough else { throw turn.refusal(.closed(thing)) }
        turn.show(contents(of: thing))
    }

    func look(toward direction: Direction) throws {
        guard turn.perception.isLit else { throw turn.refusal(.tooDark) }
        guard let exit = exit(toward: direction) else { throw refuse("There is nothing to see that way.") }
        if let door = world.thing(exit, .door), !door[.isOpen] { throw turn.refusal(.closed(door)) }
        if !exit[.passageText].isEmpty { return turn.show(StyledText(exit[.passageText].trimmed)) }
        guard let place = world.thing(exit, .destination) else { throw refuse("There is nothing to see that way.") }
        var text = StyledText("That way lies ")
        text.append(StyledText(place.name, .title))
        text.append(".")
        turn.show(text)
    }
}
