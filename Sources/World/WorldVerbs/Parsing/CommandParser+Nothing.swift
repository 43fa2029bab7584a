import Basics
import WorldLanguage
import WorldModel

/// What the world says when words name nothing that would do.
extension CommandParser {
    func nothing(
        _ phrase: NounPhrase, _ scope: Scope, _ container: Thing?, _ finding: Finding
    ) -> Refusal {
        let text = phrase.words.joined(separator: " ")
        let unknown = phrase.words.first { !isKnown($0) }
        conversation.unknownWord = unknown ?? phrase.words.last
        let near = unknown.map { nearWords(to: $0) } ?? []
        if phrase.amount != .one { return nothingAtAll(phrase, scope, container, finding) }
        switch scope {
        case .held, .worn:
            if let other = search(phrase, .anything, nil).nearest.first {
                if other.isWithin(turn.actor) { return turn.refusal("You are not wearing \(the: other).") }
                return turn.refusal("You are not carrying \(the: other).")
            }
            return turn.refusal(with(near, "You have no \"\(plain: text)\"."))
        case .contents:
            if let objection = hidden(container) { return turn.refusal(objection) }
            return turn.refusal(with(near, "There is no \"\(plain: text)\" \(within(container))."))
        case .around, .anything, .people:
            if finding.isHidden || !turn.perception.isLit { return turn.refusal(.tooDark) }
            if scope == .people, let other = search(phrase, .anything, nil).nearest.first {
                return turn.refusal("You can only do that with a person, not with \(the: other).")
            }
            if scenery(phrase.words) != nil {
                return turn.refusal("You can look at that, but there is nothing else to do with it.")
            }
            if isKind(phrase) { return turn.refusal("There is nothing of that kind here that you could take.") }
            return turn.refusal(with(near, "You see no \"\(plain: text)\" here."))
        }
    }

    /// Things that are met when near words are looked for at most.
    private static let mostCompared = 200

    /// A refusal with what else may have been meant.
    private func with(_ near: [String], _ sentence: Sentence) -> Sentence {
        near.isEmpty ? sentence : "\(sentence) Did you mean \(commands: near, isChoice: true)?"
    }

    /// What else somebody may have meant by a word that names nothing.
    private func nearWords(to word: String) -> [String] {
        if word.utf8.count < 3 || word.utf8.count > 30 { return [] }
        // Somebody's, as in `ada's lamp`, is nearly right already.
        if word.contains("'") || word.contains("\u{2019}") { return [] }
        let farthest = word.utf8.count < 6 ? 1 : 2
        var nearest = NearWords(word, farthest)
        var plurals = NearWords(word, farthest)
        turn.perception.walk(atMost: Self.mostCompared) { percept in
            if percept.unseen != nil { return true }
            let words = percept.thing.words
            for known in words.nouns { nearest.compare(known) }
            for known in words.plurals { plurals.compare(known) }
            for known in words.adjectives { nearest.compare(known) }
            return true
        }
        return nearest.words.isEmpty ? plurals.words : nearest.words
    }

    /// Whether the words are a plural of anything around.
    private func isKind(_ phrase: NounPhrase) -> Bool {
        var isKind = false
        turn.perception.walk(naming: phrase.words, atMost: Self.mostMet) { percept in
            isKind = percept.thing.words.match(phrase.words, plural: true) != nil
            return !isKind
        }
        return isKind
    }

    /// Whether a word names anything around, whatever the others do.
    private func isKnown(_ word: String) -> Bool {
        var isKnown = false
        turn.perception.walk(naming: [word], atMost: Self.mostMet) { percept in
            isKnown = percept.unseen == nil && percept.thing.words.match([word], plural: true) != nil
            return !isKnown
        }
        return isKnown
    }

    private func nothingAtAll(
        _ phrase: NounPhrase, _ scope: Scope, _ container: Thing?, _ finding: Finding
    ) -> Refusal {
        let isBare = phrase.words.isEmpty && phrase.exception.isEmpty
        switch scope {
        case .held: return turn.refusal(isBare ? "You carry nothing." : "You carry nothing of that kind.")
        case .worn: return turn.refusal(isBare ? "You wear nothing." : "You wear nothing of that kind.")
        case .contents:
            if let objection = hidden(container) { return turn.refusal(objection) }
            if let container, container.has(.persona) {
                return turn.refusal("You cannot take anything from \(the: container).")
            }
            return turn.refusal(
                isBare
                    ? "There is nothing \(within(container))." : "There is nothing of that kind \(within(container)).")
        case .around, .anything, .people:
            if finding.isHidden || !turn.perception.isLit { return turn.refusal(.tooDark) }
            if !isBare { return turn.refusal("There is nothing of that kind here.") }
            if let laden = ladenThing {
                return turn.refusal(
                    "Nothing lies loose here that you could take. There is something \(within(laden)), though.")
            }
            return turn.refusal("There is nothing here that you could take.")
        }
    }

    /// Something in reach in or on which something lies that can be taken from there.
    private var ladenThing: Thing? {
        var found: Thing?
        turn.perception.walk(atMost: Self.mostCompared) { percept in
            let thing = percept.thing
            if percept.unseen != nil || percept.unreached != nil || !thing.has(.container) { return true }
            if thing.isWithin(turn.actor) || !(thing[.isSurface] || thing[.isOpen]) { return true }
            if thing.contents.contains(where: { $0[.fixed].isEmpty && !$0.hasAny(of: .immovable) }) { found = thing }
            return found == nil
        }
        return found
    }

    private func within(_ container: Thing?) -> Sentence {
        guard let container else { return "there" }
        if container[.isSurface] { return "on \(name: container)" }
        return container.has(.persona) ? "with \(name: container)" : "in \(name: container)"
    }

    private func hidden(_ container: Thing?) -> Objection? {
        guard let container, container.has(.container), !container.isSeeThrough else { return nil }
        return .closed(container)
    }

    func tooFew(_ found: [Thing], _ number: Int, _ scope: Scope) -> Refusal {
        let count = found.count
        if scope == .held {
            return turn.refusal("You have only \(number: count) of those, not \(plain: String(number)).")
        }
        return turn.refusal(
            count == 1 ? "There is only one of those here." : "There are only \(number: count) of those here.")
    }
}

/// The words nearest to one that was mistyped.
private struct NearWords {
    private let word: String
    private let letters: UInt32
    private let farthest: Int
    private(set) var words: [String] = []
    private var distance: Int
    private var seen: Set<String> = []

    /// Words that are offered at most.
    private static let most = 3

    init(_ word: String, _ farthest: Int) {
        self.word = word
        self.farthest = farthest
        letters = Spelling.letters(of: word)
        distance = farthest
    }

    mutating func compare(_ other: String) {
        // Each slip changes the length by one and the letters by two at most, so hardly any word needs a closer look.
        guard abs(other.utf8.count - word.utf8.count) <= 4 * farthest,
            (Spelling.letters(of: other) ^ letters).nonzeroBitCount <= 2 * farthest, seen.insert(other).inserted
        else { return }
        let distance = Spelling.distance(word, other)
        if distance > self.distance || distance == 0 { return }
        if distance < self.distance { words = [] }
        self.distance = distance
        if words.count < Self.most { words.append(other) }
    }
}
