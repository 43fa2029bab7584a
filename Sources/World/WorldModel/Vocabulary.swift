import Basics

/// The words by which a thing can be called, folded.
///
/// Taken from `nouns` and `adjectives`, and from the name: its last word is a noun, the others are adjectives.
package final class Vocabulary {
    package let nouns: [String]
    package let plurals: [String]
    package let adjectives: [String]
    /// The whole name, folded.
    package let fullName: String
    /// The first letters of all words, as bits; a word whose ``initial(of:)`` is not among them names something else.
    package let initials: UInt32
    /// The name with its article, kept here by whoever makes it first.
    package var indefinite: String?
    package var definite: String?

    init(_ thing: Thing) {
        fullName = thing.name.folded
        let words = fullName.split(separator: " ").map(String.init)
        var nouns = thing[.nouns].map(\.folded)
        if let last = words.last, !nouns.contains(last) { nouns.append(last) }
        if !thing.lexicon.nouns.isEmpty { nouns += thing.lexicon.nouns[thing.name] ?? [] }
        adjectives = thing[.adjectives].map(\.folded) + words.dropLast()
        var plurals = nouns.map(Self.plural(of:))
        let given = thing[.plural].folded
        if !given.isEmpty { plurals.append(given.split(separator: " ").last.map(String.init) ?? given) }
        self.nouns = nouns
        self.plurals = plurals
        var initials = Self.initial(of: fullName)
        for word in nouns { initials |= Self.initial(of: word) }
        for word in plurals { initials |= Self.initial(of: word) }
        for word in adjectives { initials |= Self.initial(of: word) }
        self.initials = initials
    }

    /// The bit of a word's first letter; every bit when it is not plain ASCII, because equal words may then begin
    /// with different octets.
    package static func initial(of word: String) -> UInt32 {
        guard let first = word.utf8.first, word.utf8.allSatisfy({ $0 < 0x80 }) else {
            // Han signs are written in one way only, and share the bit that no letter has.
            return (word.unicodeScalars.first.map { (0x4E00...0x9FFF).contains($0.value) } ?? false) ? 1 : .max
        }
        return 1 << UInt32(first & 31)
    }

    /// The regular English plural; irregular ones are given by the thing's `plural`.
    package static func plural(of noun: String) -> String {
        for ending in ["s", "x", "z", "ch", "sh"] where noun.hasSuffix(ending) { return noun + "es" }
        if noun.hasSuffix("y"), let before = noun.dropLast().last, !"aeiou".contains(before) {
            return noun.dropLast() + "ies"
        }
        return noun + "s"
    }
}

extension Thing {
    /// The words that name it, computed once until a naming property changes.
    package var words: Vocabulary {
        if let known = vocabulary { return known }
        let made = Vocabulary(self)
        vocabulary = made
        return made
    }
}
