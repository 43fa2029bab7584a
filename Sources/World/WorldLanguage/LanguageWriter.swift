package import Basics
package import WorldModel

/// Writes sentences in a language by its catalogue and its grammar.
package struct LanguageWriter {
    private let language: Language
    private let observer: Thing
    private var grammar: Grammar { language.grammar }

    package init(_ language: Language, _ observer: Thing) {
        self.language = language
        self.observer = observer
    }

    func text(of sentence: Sentence, sees: (Thing) -> Bool) -> StyledText {
        let key = sentence.named?.key ?? sentence.key
        guard let pattern = language.catalogue[key] ?? (sentence.named == nil ? Self.pattern(without: key) : nil) else {
            var english = StyledText()
            EnglishWriter(observer).write(sentence, to: &english, sees: sees)
            return english
        }
        var arguments: [Sentence.Piece] = []
        var adverb: String?
        for piece in sentence.pieces {
            switch piece {
            case .literal, .verb, .pronounVerb: break
            case .adverb(let word): adverb = word
            default: arguments.append(piece)
            }
        }
        return fill(pattern, sentence.named?.arguments ?? arguments, adverb, sees)
    }

    /// A key without words of its own, such as `{1}: {2}`, needs no translation.
    private static func pattern(without key: String) -> Catalogue.Pattern? {
        let pattern = Catalogue.Pattern(key)
        for case .text(let text) in pattern.parts where text.unicodeScalars.contains(where: \.properties.isAlphabetic) {
            return nil
        }
        return pattern
    }

    private func fill(
        _ pattern: Catalogue.Pattern, _ arguments: [Sentence.Piece], _ adverb: String?, _ sees: (Thing) -> Bool
    ) -> StyledText {
        var result = StyledText()
        var manner = adverb.map { Grammar.fill(grammar.adverb, [language.adverbs[$0] ?? $0]) }
        let isMarked = pattern.parts.contains(.adverb)
        for part in pattern.parts {
            switch part {
            case .text(let text): append(StyledText(text), to: &result)
            case .adverb:
                if let words = manner { append(StyledText(words), to: &result) }
                manner = nil
            case .argument(let number):
                guard arguments.indices.contains(number - 1) else { continue }
                let piece = arguments[number - 1]
                append(text(of: piece, sees), to: &result)
                if case .subject = piece, !isMarked, let words = manner {
                    append(StyledText(words), to: &result)
                    manner = nil
                }
            }
        }
        return result
    }

    /// Puts texts side by side, with a space where two scripts meet.
    package func append(_ text: StyledText, to result: inout StyledText) {
        if grammar.isSpaced, let last = result.runs.last?.text.unicodeScalars.last,
            let first = text.runs.first?.text.unicodeScalars.first,
            last.isIdeographic && first.isSpacedLetter || last.isSpacedLetter && first.isIdeographic
        {
            result.append(" ")
        }
        result.append(text)
    }

    // MARK: Parts

    private func text(of piece: Sentence.Piece, _ sees: (Thing) -> Bool) -> StyledText {
        switch piece {
        case .text(let text, let style): StyledText(text, style)
        case .styled(let text): text
        case .content(let text, let style):
            StyledText(style == .speech ? Sentence.quoted(content(text)) : content(text), style)
        case .phrase(let phrase): self.text(of: phrase, sees: sees)
        case .styledPhrase(let phrase, let style): StyledText(self.text(of: phrase, sees: sees).plain, style)
        case .things(let things, let listing): list(things, listing)
        case .list(let parts, let isChoice):
            list(parts.map { text(of: $0, sees: sees) }, isChoice ? grammar.or : grammar.and)
        case .number(let number): StyledText(grammar.number(number))
        case .subject(let thing), .definite(let thing): name(thing, sees) { StyledText(name(of: $0)) }
        case .indefinite(let thing): name(thing, sees) { StyledText(counted($0, 1)) }
        case .name(let thing): StyledText(name(of: thing), Noun.style(of: thing))
        case .possessive(let thing), .theirs(let thing):
            wrap(grammar.possessive, name(thing, sees) { StyledText(name(of: $0)) })
        case .their(let thing): StyledText(Grammar.fill(grammar.possessive, [pronoun(thing, sees)]))
        case .them(let thing), .they(let thing): StyledText(pronoun(thing, sees))
        case .themself(let thing): StyledText(Grammar.fill(grammar.reflexive, [pronoun(thing, sees)]))
        case .literal, .verb, .pronounVerb, .adverb: StyledText()
        }
    }

    private func wrap(_ pattern: String, _ name: StyledText) -> StyledText {
        var result = StyledText()
        for part in Catalogue.Pattern(pattern).parts {
            if case .text(let text) = part { append(StyledText(text), to: &result) } else { append(name, to: &result) }
        }
        return result
    }

    private func name(_ thing: Thing, _ sees: (Thing) -> Bool, _ noun: (Thing) -> StyledText) -> StyledText {
        if thing === observer { return StyledText(grammar.you) }
        if sees(thing) { return StyledText(noun(thing).plain, Noun.style(of: thing)) }
        return thing.has(.persona) ? StyledText(grammar.someone, .person) : StyledText(grammar.something, .thing)
    }

    private func pronoun(_ thing: Thing, _ sees: (Thing) -> Bool) -> String {
        if thing === observer { return grammar.you }
        if !sees(thing) { return grammar.unknown }
        if thing.isPlural { return grammar.several }
        return grammar.pronouns[thing[.pronouns]] ?? grammar.unknown
    }

    // MARK: Names and counts

    /// A text of the content as the language has it, else as it is.
    package func content(_ text: String) -> String { language.content(text) }

    /// How a thing is called.
    package func name(of thing: Thing) -> String { language.content.names[thing.name]?.name ?? thing.name }

    private func counted(_ thing: Thing, _ count: Int) -> String {
        if count == 1, Noun.isProper(thing) || thing[.article] == "the" { return name(of: thing) }
        let name = language.content.names[thing.name]
        let classifier = name.map { $0.classifier.isEmpty ? grammar.classifier : $0.classifier } ?? grammar.classifier
        let text = Grammar.fill(grammar.counted, [grammar.number(count), classifier])
        var counted = StyledText(text)
        append(StyledText(name?.name ?? thing.name), to: &counted)
        return counted.plain
    }

    private func list(_ things: [Thing], _ listing: Sentence.Listing) -> StyledText {
        switch listing {
        case .all: return list(items(of: things), grammar.and)
        case .open: return list(items(of: things), grammar.separator)
        case .atMost(let limit):
            let rest = things.count - limit
            if rest < 2 { return list(items(of: things), grammar.and) }
            let others = StyledText(Grammar.fill(grammar.others, [String(rest)]))
            return list(items(of: Array(things.prefix(limit))) + [others], grammar.and)
        }
    }

    /// Things that lie together, like ones counted, in the order of the first of each kind.
    package func items(of things: [Thing]) -> [StyledText] {
        var firsts: [Thing] = []
        var counts: [Int] = []
        var places: [String: Int] = [:]
        for thing in things {
            if let place = places[thing.name] {
                counts[place] += 1
            } else {
                places[thing.name] = firsts.count
                firsts.append(thing)
                counts.append(1)
            }
        }
        return zip(firsts, counts).map { StyledText(counted($0, $1), Noun.style(of: $0)) }
    }

    private func list(_ items: [StyledText], _ conjunction: String) -> StyledText {
        var result = StyledText()
        for (index, item) in items.enumerated() {
            if index > 0 {
                append(StyledText(index == items.count - 1 ? conjunction : grammar.separator), to: &result)
            }
            append(item, to: &result)
        }
        return result
    }
}
