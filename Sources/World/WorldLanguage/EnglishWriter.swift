import Basics
import WorldModel

/// Writes sentences as their literals have them, in English.
struct EnglishWriter {
    let observer: Thing

    init(_ observer: Thing) {
        self.observer = observer
    }

    func write(_ sentence: Sentence, to result: inout StyledText, sees: (Thing) -> Bool) {
        for piece in sentence.pieces {
            switch piece {
            case .literal(let text): result.append(text)
            case .text(let text, let style): result.append(text, style)
            case .content(let text, let style): result.append(style == .speech ? Sentence.quoted(text) : text, style)
            case .styled(let text): result.append(text)
            case .phrase(let phrase): write(phrase, to: &result, sees: sees)
            case .styledPhrase(let phrase, let style):
                var text = StyledText()
                write(phrase, to: &text, sees: sees)
                result.append(text.plain, style)
            case .things(let things, let listing): write(things, listing, to: &result)
            case .list(let parts, let isChoice): write(parts, isChoice ? "or" : "and", to: &result, sees: sees)
            case .number(let number): result.append(English.number(number))
            case .adverb(let adverb): result.append(adverb + " ")
            case .verb(let verb, let subject):
                let isPlural = subject === observer || subject?.isPlural == true
                result.append(isPlural ? English.secondPerson(of: verb) : English.thirdPerson(of: verb))
            case .pronounVerb(let verb, let subject):
                let isPlural =
                    subject === observer || subject.isPlural || !sees(subject) || subject[.pronouns] == "they"
                result.append(isPlural ? English.secondPerson(of: verb) : English.thirdPerson(of: verb))
            case .subject(let thing), .definite(let thing): result.append(name(thing, Noun.definite, sees))
            case .indefinite(let thing): result.append(name(thing, Noun.indefinite, sees))
            case .name(let thing): result.append(Noun.definite(thing))
            case .possessive(let thing), .theirs(let thing):
                if thing === observer {
                    if case .theirs = piece { result.append("yours") } else { result.append("your") }
                } else {
                    result.append(name(thing, Noun.definite, sees))
                    result.append("'s", Noun.style(of: thing))
                }
            case .their(let thing): result.append(pronoun(thing, "your", \.possessive, sees))
            case .them(let thing): result.append(pronoun(thing, "you", \.object, sees))
            case .they(let thing): result.append(pronoun(thing, "you", \.subject, sees))
            case .themself(let thing): result.append(pronoun(thing, "yourself", \.reflexive, sees))
            }
        }
    }

    private func write(_ things: [Thing], _ listing: Sentence.Listing, to result: inout StyledText) {
        switch listing {
        case .all: English.appendInventory(of: things, to: &result)
        case .atMost(let limit): result.append(English.inventory(of: things, atMost: limit))
        case .open:
            for (index, item) in English.items(of: things).enumerated() {
                if index > 0 { result.append(", ") }
                result.append(item)
            }
        }
    }

    private func write(
        _ parts: [Sentence], _ conjunction: String, to result: inout StyledText, sees: (Thing) -> Bool
    ) {
        for (index, part) in parts.enumerated() {
            if index > 0 { result.append(index == parts.count - 1 ? " \(conjunction) " : ", ") }
            write(part, to: &result, sees: sees)
        }
    }

    private func name(_ thing: Thing, _ noun: (Thing) -> StyledText, _ sees: (Thing) -> Bool) -> StyledText {
        if thing === observer { return StyledText("you") }
        return sees(thing) ? noun(thing) : Noun.unseen(thing)
    }

    private func pronoun(
        _ thing: Thing, _ second: String, _ form: KeyPath<PronounForms, String>, _ sees: (Thing) -> Bool
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
