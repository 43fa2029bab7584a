import Basics
import WorldLanguage
import WorldModel

/// What the world says when words name nothing that would do.
extension CommandParser {
    func nothing(
        _ phrase: NounPhrase, _ scope: Scope, _ container: Thing?, _ finding: Finding
    ) -> Refusal {
        let text = phrase.words.joined(separator: " ")
        conversation.unknownWord = phrase.words.first { !isKnown($0) } ?? phrase.words.last
        if phrase.amount != .one { return nothingAtAll(phrase, scope, container, finding) }
        switch scope {
        case .held, .worn:
            if let other = search(phrase, .anything, nil).nearest.first {
                if other.isWithin(turn.actor) { return turn.refusal("You are not wearing \(the: other).") }
                return turn.refusal("You are not carrying \(the: other).")
            }
            return turn.refusal("You have no \"\(plain: text)\".")
        case .contents:
            if let objection = hidden(container) { return turn.refusal(objection) }
            return turn.refusal("There is no \"\(plain: text)\" \(within(container)).")
        case .around, .anything, .people:
            if finding.isHidden || !turn.perception.isLit { return turn.refusal(.tooDark) }
            if scope == .people, let other = search(phrase, .anything, nil).nearest.first {
                return turn.refusal("You can only do that with a person, not with \(the: other).")
            }
            if scenery(phrase.words) != nil {
                return turn.refusal("You can look at that, but there is nothing else to do with it.")
            }
            if isKind(phrase) { return turn.refusal("There is nothing of that kind here that you could take.") }
            return turn.refusal("You see no \"\(plain: text)\" here.")
        }
    }

    /// Whether the words are a plural of anything around.
    private func isKind(_ phrase: NounPhrase) -> Bool {
        var isKind = false
        turn.perception.walk { percept in
            isKind = percept.thing.words.match(phrase.words, plural: true) != nil
            return !isKind
        }
        return isKind
    }

    /// Whether a word names anything around, whatever the others do.
    private func isKnown(_ word: String) -> Bool {
        var isKnown = false
        turn.perception.walk { percept in
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
            return turn.refusal("There is nothing \(plain: isBare ? "" : "of that kind ")\(within(container)).")
        case .around, .anything, .people:
            if finding.isHidden || !turn.perception.isLit { return turn.refusal(.tooDark) }
            return turn.refusal(
                isBare ? "There is nothing here that you could take." : "There is nothing of that kind here.")
        }
    }

    private func within(_ container: Thing?) -> StyledText {
        guard let container else { return "there" }
        return StyledText(container[.isSurface] ? "on " : container.has(.persona) ? "with " : "in ")
            + Noun.definite(container)
    }

    private func hidden(_ container: Thing?) -> Objection? {
        guard let container, container.has(.container), !container.isSeeThrough else { return nil }
        return .closed(container)
    }

    func tooFew(_ found: [Thing], _ number: Int, _ scope: Scope) -> Refusal {
        let count = found.count == 1 ? "only one" : "only \(English.number(found.count))"
        if scope == .held { return turn.refusal("You have \(plain: count) of those, not \(plain: String(number)).") }
        return turn.refusal("There \(plain: found.count == 1 ? "is" : "are") \(plain: count) of those here.")
    }
}
