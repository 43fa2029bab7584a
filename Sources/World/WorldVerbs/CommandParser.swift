import Basics
import WorldLanguage
import WorldModel

/// One word of a line and where it began, so that text can be had as it was typed.
struct Token {
    var word: String
    var start: String.Index
}

/// A question that has to be answered before a command can be carried out.
struct Question: Error {
    struct Choice: Sendable {
        var id: ThingID
        /// As it is offered; typing it chooses it.
        var label: String
    }

    var text: String
    var choices: [Choice]
    /// Which noun phrase of the line it is about, counted from the left.
    var phrase: Int
}

/// Turns the words after a verb into things, by the verb's forms and the actor's perception.
struct CommandParser {
    let turn: Turn
    let line: String
    let tokens: [Token]
    /// What earlier answers have decided, by noun phrase.
    let decided: [Int: ThingID]
    /// What `it` means.
    let antecedent: Thing?
    private var phrases = 0

    /// The number of the phrase that names a container, which is read before the others.
    private static let containerPhrase = 1000
    /// Things `all` acts on at most.
    static let mostThings = 200

    init(turn: Turn, line: String, tokens: [Token], decided: [Int: ThingID], antecedent: Thing?) {
        self.turn = turn
        self.line = line
        self.tokens = tokens
        self.decided = decided
        self.antecedent = antecedent
    }

    static func tokenize(_ line: String) -> [Token] {
        var tokens: [Token] = []
        var index = line.startIndex
        while index < line.endIndex {
            if line[index] == " " {
                index = line.index(after: index)
                continue
            }
            let start = index
            while index < line.endIndex, line[index] != " " { index = line.index(after: index) }
            var word = String(line[start..<index]).folded
            // "get lamp, key" and "look at lamp."
            let comma = word.hasSuffix(",")
            while word.count > 1, let last = word.last, ",.!?;".contains(last) { word.removeLast() }
            tokens.append(Token(word: word, start: start))
            if comma { tokens.append(Token(word: "and", start: start)) }
        }
        if tokens.last?.word == "and" { tokens.removeLast() }
        return tokens
    }

    /// Carries out the first form that fits.
    mutating func parse(_ verb: Verb) throws -> Command {
        for (index, form) in verb.forms.enumerated() {
            guard let slices = split(form) else { continue }
            return try resolve(verb, index, form, slices)
        }
        let ways = verb.usage.map { "\"\($0)\"" }.joined(separator: " or ")
        throw turn.refusal("Use it like this: \(plain: ways).")
    }

    // MARK: Shape

    /// The tokens of each element, or nil when the line has another shape.
    private func split(_ form: [Element]) -> [Range<Int>]? {
        var ranges: [Range<Int>] = []
        var position = 1
        for (number, element) in form.enumerated() {
            switch element {
            case .word(let words):
                guard position < tokens.count, words.contains(tokens[position].word) else { return nil }
                ranges.append(position..<position + 1)
                position += 1
            case .name, .direction:
                guard position < tokens.count else { return nil }
                if case .direction = element, Direction(word: tokens[position].word) == nil { return nil }
                ranges.append(position..<position + 1)
                position += 1
            case .text:
                guard position < tokens.count else { return nil }
                ranges.append(position..<tokens.count)
                position = tokens.count
            case .object, .objects:
                let end = endOfObject(from: position, before: form.dropFirst(number + 1).first)
                guard let end, end > position else { return nil }
                ranges.append(position..<end)
                position = end
            }
        }
        return position == tokens.count ? ranges : nil
    }

    private func endOfObject(from start: Int, before next: Element?) -> Int? {
        guard start < tokens.count else { return nil }
        switch next {
        case nil: return tokens.count
        case .word(let words)?: return tokens[(start + 1)...].firstIndex { words.contains($0.word) }
        default: return start + 1
        }
    }

    private mutating func resolve(_ verb: Verb, _ index: Int, _ form: [Element], _ slices: [Range<Int>]) throws
        -> Command
    {
        var command = Command(verb: verb, form: index, things: [], words: [], text: "", direction: nil)
        // `contents` means what is in the last object, which is therefore found first.
        var container: Thing?
        if form.contains(where: { if case .objects(.contents) = $0 { true } else { false } }),
            let last = form.indices.last, case .object(let scope) = form[last]
        {
            phrases = Self.containerPhrase
            container = try one(words(slices[last]), scope, nil)
            phrases = 0
        }
        for (element, range) in zip(form, slices) {
            switch element {
            case .object(let scope): command.things.append([try container ?? one(words(range), scope, nil)])
            case .objects(let scope): command.things.append(try several(words(range), scope, container))
            case .name: command.words.append(tokens[range.lowerBound].word)
            case .text: command.text = String(line[tokens[range.lowerBound].start...]).trimmed
            case .direction: command.direction = Direction(word: tokens[range.lowerBound].word)
            case .word: break
            }
        }
        return command
    }

    private func words(_ range: Range<Int>) -> [String] { tokens[range].map(\.word) }

    // MARK: Things

    private mutating func one(_ words: [String], _ scope: Scope, _ container: Thing?) throws -> Thing {
        defer { phrases += 1 }
        if let id = decided[phrases], let thing = turn.world[id] { return thing }
        guard let phrase = NounPhrase(words) else { throw turn.refusal("You have to say what.") }
        if phrase.amount != .one { throw turn.refusal("You can do that with one thing at a time.") }
        let found = try find(phrase, words, scope, container)
        if found.count == 1, let only = found.first { return only }
        throw ask(found)
    }

    private mutating func several(_ words: [String], _ scope: Scope, _ container: Thing?) throws -> [Thing] {
        var result: [Thing] = []
        for part in words.split(whereSeparator: { $0 == "and" }).map(Array.init) {
            defer { phrases += 1 }
            if let id = decided[phrases], let thing = turn.world[id] {
                result.append(thing)
                continue
            }
            guard let phrase = NounPhrase(part) else { continue }
            let found = try find(phrase, part, scope, container)
            switch phrase.amount {
            case .one:
                guard found.count == 1, let only = found.first else { throw ask(found) }
                result.append(only)
            case .count(let number):
                if found.count < number {
                    throw turn.refusal("There are not \(plain: String(number)) of those here.")
                }
                result += found.prefix(min(number, Self.mostThings))
            case .all: result += found.prefix(Self.mostThings)
            }
        }
        if result.isEmpty { throw turn.refusal("You have to say what.") }
        var seen: Set<ThingID> = []
        return result.filter { seen.insert($0.id).inserted }
    }

    /// What a phrase can mean: one thing, several that differ, or for `all` and counts as many as there are.
    private func find(_ phrase: NounPhrase, _ typed: [String], _ scope: Scope, _ container: Thing?) throws -> [Thing] {
        if phrase.amount == .one, let special = try pronoun(phrase) { return [special] }
        let perception = turn.perception
        var best: [Thing] = []
        var quality: MatchQuality?
        var tier = Int.max
        var isDark = false
        perception.walk { percept in
            let thing = percept.thing
            guard let rank = rank(of: thing, scope, container),
                phrase.amount != .all || isMeantByAll(percept, scope, container)
            else { return true }
            guard let match = thing.words.match(phrase.words, plural: phrase.amount != .one) else { return true }
            if percept.unseen != nil, !thing.isWithin(turn.actor) {
                isDark = true
                return true
            }
            if phrase.amount == .all {
                best.append(thing)
                return true
            }
            if let known = quality, match < known || (match == known && rank > tier) { return true }
            if quality != match || rank != tier { best = [] }
            quality = match
            tier = rank
            best.append(thing)
            return true
        }
        if !phrase.exception.isEmpty {
            best.removeAll { $0.words.match(phrase.exception, plural: true) != nil }
        }
        if best.isEmpty { throw nothing(typed, scope, container, isDark: isDark || !perception.isLit) }
        return phrase.amount == .one ? try choose(best, phrase.ordinal) : best
    }

    private func pronoun(_ phrase: NounPhrase) throws -> Thing? {
        guard phrase.words.count == 1, let word = phrase.words.first else { return nil }
        switch word {
        case "me", "myself", "self": return turn.actor
        case "it", "them", "him", "her":
            guard let antecedent, antecedent.exists, turn.perception.percept(of: antecedent) != nil else {
                throw turn.refusal("I am not sure what \"\(plain: word)\" is. Please name it.")
            }
            return antecedent
        default: return nil
        }
    }

    /// Like things are not asked about: the first is as good as any.
    private func choose(_ found: [Thing], _ ordinal: Int?) throws -> [Thing] {
        if let ordinal {
            guard ordinal <= found.count else {
                let count = found.count == 1 ? "only one" : "only \(English.number(found.count))"
                throw turn.refusal("There is \(plain: count) of those here.")
            }
            return [found[ordinal - 1]]
        }
        guard let first = found.first else { return [] }
        let looksAlike = found.allSatisfy { $0.name == first.name && $0.location === first.location }
        return looksAlike ? [first] : found
    }

    /// How near a thing is to what the verb wants, smaller being nearer; nil when it is out of the question.
    private func rank(of thing: Thing, _ scope: Scope, _ container: Thing?) -> Int? {
        let isHeld = thing !== turn.actor && thing.isWithin(turn.actor)
        switch scope {
        case .held: return isHeld ? 0 : nil
        case .worn: return isHeld && thing[.isWorn] ? 0 : nil
        case .around: return thing.has(.exit) ? nil : isHeld ? 1 : 0
        case .anything: return 0
        case .people: return thing.has(.persona) ? (thing === turn.actor ? 1 : 0) : nil
        case .contents: return thing.location === container ? 0 : nil
        }
    }

    /// `all` means what it makes sense to do it with, not the furniture.
    private func isMeantByAll(_ percept: Percept, _ scope: Scope, _ container: Thing?) -> Bool {
        let thing = percept.thing
        if percept.unreached != nil || !thing.faculties.isDisjoint(with: [.persona, .exit, .door]) { return false }
        switch scope {
        case .held: return thing.location === turn.actor && !thing[.isWorn]
        case .worn, .contents: return true
        case .around, .anything, .people:
            return thing[.fixed].isEmpty && !thing.isWithin(turn.actor) && thing.location === turn.actor.location
        }
    }

    private func nothing(_ typed: [String], _ scope: Scope, _ container: Thing?, isDark: Bool) -> Refusal {
        let text = typed.joined(separator: " ")
        switch scope {
        case .held:
            return turn.refusal(
                typed.first == "all" ? "You carry nothing of that kind." : "You do not have \"\(plain: text)\".")
        case .worn: return turn.refusal("You do not wear \"\(plain: text)\".")
        case .contents:
            if let container, let objection = hides(container) { return turn.refusal(objection) }
            guard let container else { return turn.refusal("There is no \"\(plain: text)\" in it.") }
            return turn.refusal(
                "There is no \"\(plain: text)\" \(plain: container[.isSurface] ? "on" : "in") \(the: container).")
        case .around, .anything, .people:
            if isDark { return turn.refusal(Objection.tooDark) }
            return turn.refusal(
                typed.first == "all" ? "There is nothing of that kind here." : "You see no \"\(plain: text)\" here.")
        }
    }

    private func hides(_ container: Thing) -> Objection? {
        container.has(.container) && !container.isSeeThrough ? .closed(container) : nil
    }

    // MARK: Questions

    private func ask(_ found: [Thing]) -> Question {
        let offered = Array(found.prefix(9))
        let names = offered.map { Noun.definite($0).plain }
        var labels: [String] = []
        for (thing, name) in zip(offered, names) {
            let isUnique = names.count(where: { $0 == name }) == 1
            labels.append(isUnique ? name : name + " " + whereabouts(thing))
        }
        // What still reads alike is told apart by its number.
        for (index, label) in labels.enumerated() where labels.count(where: { $0 == label }) > 1 {
            labels[index] = "\(label) (\(index + 1))"
        }
        let list = English.list(labels.map { StyledText($0) }, conjunction: "or").plain
        return Question(
            text: "Which do you mean: \(list)?",
            choices: zip(offered, labels).map { Question.Choice(id: $0.id, label: $1) }, phrase: phrases)
    }

    private func whereabouts(_ thing: Thing) -> String {
        guard let location = thing.location else { return "" }
        if location === turn.actor { return thing[.isWorn] ? "you wear" : "you carry" }
        if location.has(.place) { return "here" }
        return (location[.isSurface] ? "on " : "in ") + Noun.definite(location).plain
    }
}
