/// What a language needs beside its catalogue, when words in it do not change with what stands around them: the words
/// for you and for who is not seen, pronouns, lists and counts.
///
/// Chinese is such a language. One whose verbs agree or whose nouns have cases needs a writer of its own beside
/// ``EnglishWriter``.
package struct Grammar: Equatable, Sendable {
    package var you = "you"
    /// With `{1}` for whom it is about.
    package var possessive = "{1}"
    package var reflexive = "{1}"
    package var someone = "someone"
    package var something = "something"
    /// For `she`, `he`, `they` and `it`, and for several things.
    package var pronouns: [String: String] = [:]
    package var several = "they"
    /// For a person who is not seen.
    package var unknown = "they"
    /// Between the parts of a list, and before its last.
    package var separator = ", "
    package var and = ", "
    package var or = ", "
    /// From nothing on.
    package var numbers: [String] = []
    /// Of a thing whose own is not known.
    package var classifier = ""
    /// What stands before a name that is counted, with `{1}` for the number and `{2}` for the classifier.
    package var counted = "{1} "
    /// The rest of a long list, with `{1}` for the number.
    package var others = "{1}"
    /// How something is done, with `{1}` for the adverb.
    package var adverb = "{1}"
    /// Whether a space goes between its own signs and Latin letters or digits.
    package var isSpaced = false

    package init() {}

    /// A small number in words.
    func number(_ count: Int) -> String { numbers.indices.contains(count) ? numbers[count] : String(count) }

    /// Puts words in the places of their numbers, as `{1}`.
    static func fill(_ pattern: String, _ words: [String]) -> String {
        var text = pattern
        for (index, word) in words.enumerated() { text = text.replacing("{\(index + 1)}", with: word) }
        return text
    }
}

extension Unicode.Scalar {
    /// Whether it is a sign of a script that writes no spaces: Han, Kana, Hangul letters aside.
    var isIdeographic: Bool {
        switch value {
        case 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3134F: true
        default: false
        }
    }

    /// Whether it is a letter or a digit of a script that writes spaces.
    var isSpacedLetter: Bool { !isIdeographic && (properties.isAlphabetic || properties.numericType != nil) }
}
