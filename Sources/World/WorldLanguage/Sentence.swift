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
    /// How things in a row are told.
    package enum Listing {
        case all
        /// The first by name and the rest by number.
        case atMost(Int)
        /// Without an "and" before the last, because the sentence goes on with it.
        case open
    }

    package enum Piece {
        /// Words of the sentence itself, which its translation has in its own way.
        case literal(String)
        /// Words that are given, the same in every language.
        case text(String, TextStyle)
        case styled(StyledText)
        /// A text of the world's content, as a language may have it.
        case content(String, TextStyle)
        /// A part that is a sentence of its own, without a capital.
        case phrase(Sentence)
        /// A part that is all of one style, as a heading.
        case styledPhrase(Sentence, TextStyle)
        /// Things that lie together, like ones counted.
        case things([Thing], Listing)
        /// Parts in a row; `isChoice` joins them by "or".
        case list([Sentence], isChoice: Bool)
        /// A count in words.
        case number(Int)
        /// How it is done; said before the first verb.
        case adverb(String)
        /// A subject: `you`, a name, or `someone`.
        case subject(Thing)
        case definite(Thing)
        case indefinite(Thing)
        /// The name of a thing that is known, whether it is seen or not; never `you`.
        case name(Thing)
        case verb(String, of: Thing?)
        /// A verb after a pronoun; `they are` although `Ada is`.
        case pronounVerb(String, of: Thing)
        /// `your`, `Ada's`.
        case possessive(Thing)
        /// `yours`, `Ada's`, where no noun follows.
        case theirs(Thing)
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
            if !literal.isEmpty { pieces.append(.literal(literal)) }
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
            pieces.append(.text(Sentence.quoted(text), .speech))
        }

        package mutating func appendInterpolation(command text: String) { pieces.append(.text(text, .command)) }
        /// A command that a reader may type in the reader's language; a catalogue has it as a message.
        package mutating func appendInterpolation(typed command: Sentence) {
            pieces.append(.styledPhrase(command, .command))
        }
        package mutating func appendInterpolation(_ text: String, _ style: TextStyle) {
            pieces.append(.text(text, style))
        }
        package mutating func appendInterpolation(_ text: StyledText) { pieces.append(.styled(text)) }
        package mutating func appendInterpolation(_ phrase: Sentence) { pieces.append(.phrase(phrase)) }
        package mutating func appendInterpolation(content text: String, _ style: TextStyle = .plain) {
            pieces.append(.content(text, style))
        }
        /// A part in one style, as a heading.
        package mutating func appendInterpolation(phrase: Sentence, _ style: TextStyle) {
            pieces.append(.styledPhrase(phrase, style))
        }
        package mutating func appendInterpolation(name thing: Thing) { pieces.append(.name(thing)) }
        /// Things that lie together, like ones counted.
        package mutating func appendInterpolation(things: [Thing], _ listing: Listing = .all) {
            pieces.append(.things(things, listing))
        }
        package mutating func appendInterpolation(list parts: [Sentence], isChoice: Bool = false) {
            pieces.append(.list(parts, isChoice: isChoice))
        }
        /// Commands as one types them, in a row.
        package mutating func appendInterpolation(commands: [String], isChoice: Bool = false) {
            pieces.append(.list(commands.map { "\(command: $0)" }, isChoice: isChoice))
        }
        package mutating func appendInterpolation(number: Int) { pieces.append(.number(number)) }
    }

    package var pieces: [Piece]
    /// What a catalogue calls it in place of its own words, with what can be put in; nil for nearly all.
    package var named: Named?

    /// A sentence that a file defines, known to catalogues by a name of its own.
    package struct Named {
        package let key: String
        package let arguments: [Piece]

        package init(key: String, arguments: [Piece]) {
            self.key = key
            self.arguments = arguments
        }
    }

    package init(stringLiteral value: String) {
        pieces = value.isEmpty ? [] : [.literal(value)]
    }

    /// A sentence without arguments whose words stand in a table.
    package init(message: String) {
        self.init(stringLiteral: message)
    }

    package init(stringInterpolation: StringInterpolation) {
        pieces = stringInterpolation.pieces
    }

    package init(_ text: StyledText) {
        pieces = [.styled(text)]
    }

    package init(pieces: [Piece], named: Named? = nil) {
        self.pieces = pieces
        self.named = named
    }

    /// The same with a word before the first verb, as in `You carefully take the lamp`.
    package func modified(by adverb: String) -> Sentence {
        let first = pieces.firstIndex { if case .verb = $0 { true } else { false } }
        guard let first else { return self }
        var changed = self
        changed.pieces.insert(.adverb(adverb), at: first)
        return changed
    }

    /// The things the sentence speaks of, each once.
    package var things: [Thing] {
        var found: [Thing] = []
        gather(into: &found)
        return found
    }

    private func gather(into found: inout [Thing]) {
        for piece in pieces {
            switch piece {
            case .subject(let thing), .definite(let thing), .indefinite(let thing), .possessive(let thing),
                .theirs(let thing),
                .their(let thing), .them(let thing), .they(let thing), .themself(let thing), .verb(_, .some(let thing)),
                .pronounVerb(_, let thing):
                if !found.contains(where: { $0 === thing }) { found.append(thing) }
            case .phrase(let phrase), .styledPhrase(let phrase, _): phrase.gather(into: &found)
            case .list(let parts, _): for part in parts { part.gather(into: &found) }
            case .literal, .text, .styled, .content, .things, .number, .adverb, .name, .verb(_, nil): break
            }
        }
    }

    /// A text with single marks of quotation in place of double ones, of any script.
    static func quoted(_ text: String) -> String {
        var inner = String.UnicodeScalarView()
        inner.append(
            contentsOf: text.unicodeScalars.lazy.map { scalar in
                switch scalar {
                case "\"": "'"
                case "\u{201C}": "\u{2018}"
                case "\u{201D}": "\u{2019}"
                default: scalar
                }
            })
        return String(inner)
    }

    /// What a catalogue calls the sentence: its literals, `{1}`, `{2}` … for what is put in, and verbs as `<take>`.
    ///
    /// How it is done is no part of it.
    package var key: String {
        var key = ""
        var number = 0
        for piece in pieces {
            switch piece {
            case .literal(let text): key += text
            case .verb(let verb, _), .pronounVerb(let verb, _): key += "<\(verb)>"
            case .adverb: break
            default:
                number += 1
                key += "{\(number)}"
            }
        }
        return key
    }

    /// The sentence as `observer` reads it, with a capital where the language has them.
    ///
    /// - Parameters:
    ///   - observer: Who reads it.
    ///   - language: In which language; nil is English.
    ///   - sees: Asked only for others than the observer.
    /// - Returns: The text.
    package func rendered(
        for observer: Thing, in language: Language? = nil, sees: (Thing) -> Bool
    ) -> StyledText {
        var result = phrase(for: observer, in: language, sees: sees)
        // What may be typed stays as one types it.
        if language == nil, let first = result.runs.first, first.style != .command {
            result.runs[0].text = first.text.capitalizedFirst
        }
        return result
    }

    /// The words of a sentence that speaks of no things, in English: for records and tools.
    package var english: String { phrase(for: Thing.makeNobody(), in: nil) { _ in true }.plain }

    /// The same without a capital, for the middle of a text.
    package func phrase(for observer: Thing, in language: Language?, sees: (Thing) -> Bool) -> StyledText {
        if let language { return LanguageWriter(language, observer).text(of: self, sees: sees) }
        var result = StyledText()
        EnglishWriter(observer).write(self, to: &result, sees: sees)
        return result
    }
}
