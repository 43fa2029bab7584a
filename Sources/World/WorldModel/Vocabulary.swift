import Basics

/// The words by which a thing can be called, folded.
///
/// Taken from `nouns` and `adjectives`, and from the name: its last word is a noun, the others are adjectives.
package final class Vocabulary: Sendable {
    package let nouns: [String]
    package let plurals: [String]
    package let adjectives: [String]
    /// The whole name, folded.
    package let fullName: String

    init(_ thing: Thing) {
        fullName = thing.name.folded
        let words = fullName.split(separator: " ").map(String.init)
        var nouns = thing[.nouns].map(\.folded)
        if let last = words.last, !nouns.contains(last) { nouns.append(last) }
        adjectives = thing[.adjectives].map(\.folded) + words.dropLast()
        var plurals = nouns.map(Self.plural(of:))
        let given = thing[.plural].folded
        if !given.isEmpty { plurals.append(given.split(separator: " ").last.map(String.init) ?? given) }
        self.nouns = nouns
        self.plurals = plurals
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
