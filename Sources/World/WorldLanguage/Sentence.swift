package import Basics
package import WorldModel

/// A sentence about things that reads differently for each who hears it.
///
/// ```swift
/// let sentence: Sentence = "\(actor) \(verb: "take") \(the: lamp) from \(their: actor) \(plain: "pocket")."
/// // to Ada, who did it:   You take the brass lamp from your pocket.
/// // to Ben, who sees it:  Ada takes the brass lamp from her pocket.
/// // to Cy, in the dark:   Someone takes something from their pocket.
/// ```
///
/// The verb agrees with the last subject before it, which `\(thing)` and `\(they: thing)` name; plural things and a
/// single person's `they` take the plural. The first letter becomes a capital.
package struct Sentence: ExpressibleByStringInterpolation {
    package enum Piece {
        case text(String, TextStyle)
        case styled(StyledText)
        /// A subject: `you`, a name, or `someone`.
        case subject(Thing)
        case definite(Thing)
        case indefinite(Thing)
        case verb(String, of: Thing?)
        /// A verb after a pronoun; `they are` although `Ada is`.
        case pronounVerb(String, of: Thing)
        /// `your`, `Ada's`.
        case possessive(Thing)
        /// `your`, `her`.
        case their(Thing)
        /// `you`, `her`.
        case them(Thing)
        /// `you`, `she`.
        case they(Thing)
        /// `yourself`, `herself`.
        case themself(Thing)
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        var pieces: [Piece] = []
        private var subject: Thing?
        private var isPronoun = false

        package init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(interpolationCount * 2 + 1)
        }

        package mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { pieces.append(.text(literal, .plain)) }
        }

        package mutating func appendInterpolation(_ subject: Thing) {
            self.subject = subject
            isPronoun = false
            pieces.append(.subject(subject))
        }

        package mutating func appendInterpolation(the thing: Thing) { pieces.append(.definite(thing)) }
        package mutating func appendInterpolation(a thing: Thing) { pieces.append(.indefinite(thing)) }
        package mutating func appendInterpolation(verb: String) {
            if isPronoun, let subject {
                pieces.append(.pronounVerb(verb, of: subject))
            } else {
                pieces.append(.verb(verb, of: subject))
            }
        }
        package mutating func appendInterpolation(possessive thing: Thing) { pieces.append(.possessive(thing)) }
        package mutating func appendInterpolation(their thing: Thing) { pieces.append(.their(thing)) }
        package mutating func appendInterpolation(them thing: Thing) { pieces.append(.them(thing)) }
        package mutating func appendInterpolation(they thing: Thing) {
            subject = thing
            isPronoun = true
            pieces.append(.they(thing))
        }
        package mutating func appendInterpolation(themself thing: Thing) { pieces.append(.themself(thing)) }
        package mutating func appendInterpolation(plain text: String) { pieces.append(.text(text, .plain)) }
        /// What somebody says, between the quotation marks of the sentence: marks within it become single ones, so that
        /// nobody can end the quotation and go on in the game's own voice.
        package mutating func appendInterpolation(speech text: String) {
            var inner = String.UnicodeScalarView()
            inner.append(contentsOf: text.unicodeScalars.lazy.map { $0 == "\"" ? "'" : $0 })
            pieces.append(.text(String(inner), .speech))
        }

        package mutating func appendInterpolation(command text: String) { pieces.append(.text(text, .command)) }
        package mutating func appendInterpolation(_ text: String, _ style: TextStyle) {
            pieces.append(.text(text, style))
        }
        package mutating func appendInterpolation(_ text: StyledText) { pieces.append(.styled(text)) }
    }

    package var pieces: [Piece]

    package init(stringLiteral value: String) {
        pieces = value.isEmpty ? [] : [.text(value, .plain)]
    }

    package init(stringInterpolation: StringInterpolation) {
        pieces = stringInterpolation.pieces
    }

    package init(_ text: StyledText) {
        pieces = [.styled(text)]
    }

    package init(pieces: [Piece]) {
        self.pieces = pieces
    }

    /// The same with a word before the first verb, as in `You carefully take the lamp`.
    package func modified(by adverb: String) -> Sentence {
        let first = pieces.firstIndex { if case .verb = $0 { true } else { false } }
        guard let first else { return self }
        var changed = self
        changed.pieces.insert(.text(adverb + " ", .plain), at: first)
        return changed
    }

    /// The things the sentence speaks of, each once.
    package var things: [Thing] {
        var found: [Thing] = []
        for piece in pieces {
            switch piece {
            case .subject(let thing), .definite(let thing), .indefinite(let thing), .possessive(let thing),
                .their(let thing), .them(let thing), .they(let thing), .themself(let thing), .verb(_, .some(let thing)),
                .pronounVerb(_, let thing):
                if !found.contains(where: { $0 === thing }) { found.append(thing) }
            case .text, .styled, .verb(_, nil): break
            }
        }
        return found
    }

    /// The sentence as `observer` hears it; `sees` is asked only for others than the observer.
    package func rendered(for observer: Thing, sees: (Thing) -> Bool) -> StyledText {
        var result = StyledText()
        for piece in pieces {
            switch piece {
            case .text(let text, let style): result.append(text, style)
            case .styled(let text): result.append(text)
            case .verb(let verb, let subject):
                let isPlural = subject === observer || subject?.isPlural == true
                result.append(isPlural ? English.secondPerson(of: verb) : English.thirdPerson(of: verb))
            case .pronounVerb(let verb, let subject):
                let isPlural =
                    subject === observer || subject.isPlural || !sees(subject) || subject[.pronouns] == "they"
                result.append(isPlural ? English.secondPerson(of: verb) : English.thirdPerson(of: verb))
            case .subject(let thing), .definite(let thing):
                result.append(name(thing, Noun.definite, observer, sees))
            case .indefinite(let thing): result.append(name(thing, Noun.indefinite, observer, sees))
            case .possessive(let thing):
                if thing === observer {
                    result.append("your")
                } else {
                    result.append(name(thing, Noun.definite, observer, sees))
                    result.append("'s", Noun.style(of: thing))
                }
            case .their(let thing): result.append(pronoun(thing, "your", \.possessive, observer, sees))
            case .them(let thing): result.append(pronoun(thing, "you", \.object, observer, sees))
            case .they(let thing): result.append(pronoun(thing, "you", \.subject, observer, sees))
            case .themself(let thing): result.append(pronoun(thing, "yourself", \.reflexive, observer, sees))
            }
        }
        if let first = result.runs.first { result.runs[0].text = first.text.capitalizedFirst }
        return result
    }

    private func name(
        _ thing: Thing, _ noun: (Thing) -> StyledText, _ observer: Thing, _ sees: (Thing) -> Bool
    ) -> StyledText {
        if thing === observer { return StyledText("you") }
        return sees(thing) ? noun(thing) : Noun.unseen(thing)
    }

    private func pronoun(
        _ thing: Thing, _ second: String, _ form: KeyPath<PronounForms, String>, _ observer: Thing,
        _ sees: (Thing) -> Bool
    ) -> String {
        if thing === observer { return second }
        if sees(thing) { return PronounForms(of: thing)[keyPath: form] }
        return PronounForms.unknown[keyPath: form]
    }
}

extension PronounForms {
    /// For somebody who is not seen.
    static var unknown: PronounForms { PronounForms("they", "them", "their", "themself") }
}
