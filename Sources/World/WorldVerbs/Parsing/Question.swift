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
    private let isCut: Bool

    /// Choices offered at most; whoever means another has to say more.
    static let mostChoices = 20

    /// Asks which of several things is meant.
    init(_ found: [Thing], phrase: Int, observer: Thing) {
        let offered = Array(Self.distinct(found).prefix(Self.mostChoices))
        isCut = offered.count < found.count && Self.distinct(found).count > offered.count
        self.phrase = phrase
        choices = zip(offered, Self.labels(offered, observer)).map { Choice(id: $0.id, label: $1) }
    }

    /// Asks which of several ways is meant.
    init(ways: [(exit: Thing, label: String)], phrase: Int) {
        isCut = false
        self.phrase = phrase
        let labels = Self.numbered(ways.map(\.label))
        choices = zip(ways, labels).map { Choice(id: $0.exit.id, label: $1) }
    }

    var text: StyledText {
        var text = StyledText("Which do you mean: ")
        text.append(English.list(choices.map { StyledText($0.label, .command) }, conjunction: "or"))
        text.append(isCut ? ", or one of many more?" : "?")
        return text
    }

    /// Of things that look alike and lie together the first is as good as any.
    static func distinct(_ things: [Thing]) -> [Thing] {
        struct Look: Hashable {
            let name: String
            let place: ThingID?
            let isWorn: Bool
        }
        var seen: Set<Look> = []
        return things.filter { thing in
            seen.insert(Look(name: thing.name, place: thing.location?.id, isWorn: thing[.isWorn])).inserted
        }
    }

    private static func labels(_ things: [Thing], _ observer: Thing) -> [String] {
        let names = things.map { Noun.definite($0).plain }
        let placed = zip(things, names).map { thing, name in
            names.count { $0 == name } == 1 ? name : name + " " + whereabouts(thing, observer)
        }
        return numbered(placed)
    }

    /// What still reads alike is told apart by its number.
    private static func numbered(_ labels: [String]) -> [String] {
        labels.enumerated().map { index, label in
            labels.count { $0.folded == label.folded } == 1 ? label : "\(label) (\(index + 1))"
        }
    }

    private static func whereabouts(_ thing: Thing, _ observer: Thing) -> String {
        guard let location = thing.location else { return "" }
        if location === observer { return thing[.isWorn] ? "you wear" : "you carry" }
        if location.has(.place) { return "here" }
        if location.has(.persona) { return Noun.definite(location).plain + (thing[.isWorn] ? " wears" : " carries") }
        return (location[.isSurface] ? "on " : "in ") + Noun.definite(location).plain
    }

    /// Which of the choices an answer means; nil when it is none.
    func choice(_ answer: String, in world: World) -> ThingID? {
        let wanted = Self.bare(answer.folded)
        if let exact = choices.first(where: { Self.bare($0.label.folded) == wanted }) { return exact.id }
        if let number = Int(wanted) {
            return choices.indices.contains(number - 1) ? choices[number - 1].id : nil
        }
        guard let phrase = NounPhrase(InputLine.words(of: wanted)), phrase.amount == .one else { return nil }
        let fitting = choices.filter { world[$0.id]?.words.match(phrase.words, plural: false) != nil }
        let exact = fitting.filter { world[$0.id]?.words.match(phrase.words, plural: false) == .exact }
        let found = exact.isEmpty ? fitting : exact
        if let ordinal = phrase.ordinal { return found.indices.contains(ordinal - 1) ? found[ordinal - 1].id : nil }
        return found.count == 1 ? found.first?.id : nil
    }

    private static func bare(_ text: String) -> String { text.hasPrefix("the ") ? String(text.dropFirst(4)) : text }
}
