import Basics
import WorldLanguage
import WorldModel

/// A question that has to be answered before a command can be carried out.
///
/// Every choice can be typed: as it is printed, with or without its article, by any words that fit it alone, or by its
/// number in the order of printing.
struct Question: Error {
    struct Choice {
        let id: ThingID
        /// As it is offered.
        let label: String
    }

    let choices: [Choice]
    /// Which noun phrase of the line it is about, counted from the left.
    let phrase: Int
    /// What is asked, as the one who is asked reads it.
    let text: StyledText

    /// Choices offered at most; whoever means another has to say more.
    static let mostChoices = 20

    /// Asks which of several things is meant.
    init(_ found: [Thing], phrase: Int, turn: Turn) {
        let offered = found.prefix(Self.mostChoices)
        self.phrase = phrase
        choices = zip(offered, Self.labels(offered, turn)).map { Choice(id: $0.id, label: $1) }
        let labels = choices.map(\.label)
        text = turn.text(
            offered.count < found.count
                ? "Which do you mean: \(commands: labels, isChoice: true), or one of many more?"
                : "Which do you mean: \(commands: labels, isChoice: true)?")
    }

    /// Asks which of several ways is meant.
    init(ways: [(exit: Thing, label: String)], phrase: Int, turn: Turn) {
        self.phrase = phrase
        let labels = Self.numbered(ways.map(\.label))
        choices = zip(ways, labels).map { Choice(id: $0.exit.id, label: $1) }
        text = turn.text("Which do you mean: \(commands: labels, isChoice: true)?")
    }

    /// Of things that look alike and lie together the first is as good as any.
    static func distinct(_ things: [Thing]) -> [Thing] {
        struct Look: Hashable {
            let name: String
            let place: ThingID?
            let isWorn: Bool
        }
        var seen: Set<Look> = []
        var last: Thing?
        return things.filter { thing in
            defer { last = thing }
            // Like things often lie side by side.
            if let last, last.name == thing.name, last.location === thing.location, last[.isWorn] == thing[.isWorn] {
                return thing.has(.door)
            }
            return thing.has(.door)
                || seen.insert(Look(name: thing.name, place: thing.location?.id, isWorn: thing[.isWorn])).inserted
        }
    }

    private static func labels(_ things: ArraySlice<Thing>, _ turn: Turn) -> [String] {
        let names = things.map { turn.phrase("\(name: $0)").plain }
        var taken: [String: Int] = [:]
        for name in names { taken[key(name), default: 0] += 1 }
        let placed = zip(things, names).map { thing, name in
            taken[key(name)] == 1 ? name : turn.phrase(withPlace(thing, turn)).plain
        }
        return numbered(placed)
    }

    /// What still reads alike is told apart by its number.
    private static func numbered(_ labels: [String]) -> [String] {
        var taken: [String: Int] = [:]
        for label in labels { taken[key(label), default: 0] += 1 }
        return labels.enumerated().map { index, label in
            if taken[key(label)] == 1 { return label }
            var numbered = label
            // A thing may itself be called "lamp (1)".
            repeat { numbered += " (\(index + 1))" } while taken[key(numbered)] != nil
            taken[key(numbered)] = 1
            return numbered
        }
    }

    /// A thing with where it is.
    private static func withPlace(_ thing: Thing, _ turn: Turn) -> Sentence {
        if thing.has(.door) {
            let exit = turn.perception.exits.first { turn.world.thing($0, .door) === thing }
            return exit.map { "\(name: thing) that is \($0.whereabouts)" } ?? "\(name: thing)"
        }
        guard let location = thing.location else { return "\(name: thing)" }
        if location === turn.actor {
            return thing[.isWorn] ? "\(name: thing) you wear" : "\(name: thing) you carry"
        }
        if location.has(.place) { return "\(name: thing) here" }
        if location.has(.persona) {
            return thing[.isWorn]
                ? "\(name: thing) \(name: location) wears" : "\(name: thing) \(name: location) carries"
        }
        return location[.isSurface] ? "\(name: thing) on \(name: location)" : "\(name: thing) in \(name: location)"
    }

    /// What makes an answer the same as a label.
    private static func key(_ text: String) -> String {
        let folded = text.folded
        return folded.hasPrefix("the ") ? String(folded.dropFirst(4)) : folded
    }

    /// Which of so many `the second`, `2nd one` or `last` is; nil when it is none.
    private static func place(_ answer: String, of count: Int) -> Int? {
        let words = answer.split(separator: " ")
        guard let first = words.first, words.count == 1 || words.count == 2 && words[1] == "one" else { return nil }
        if first == "last" { return count - 1 }
        guard let ordinal = NounPhrase.ordinal(String(first)), (1...count).contains(ordinal) else { return nil }
        return ordinal - 1
    }

    /// Which of the choices an answer means; nil when it is none.
    func choice(_ answer: String, in world: World) -> ThingID? {
        let wanted = Self.key(answer)
        if let exact = choices.first(where: { Self.key($0.label) == wanted }) { return exact.id }
        if let number = Int(wanted) {
            return number > 0 && number <= choices.count ? choices[number - 1].id : nil
        }
        if let place = Self.place(wanted, of: choices.count) { return choices[place].id }
        guard let phrase = NounPhrase(InputLine.words(of: wanted)), phrase.amount == .one else { return nil }
        let fitting = choices.filter { world[$0.id]?.words.match(phrase.words, plural: false) != nil }
        let exact = fitting.filter { world[$0.id]?.words.match(phrase.words, plural: false) == .exact }
        let found = exact.isEmpty ? fitting : exact
        if let ordinal = phrase.ordinal { return ordinal > 0 && ordinal <= found.count ? found[ordinal - 1].id : nil }
        return found.count == 1 ? found.first?.id : nil
    }
}
