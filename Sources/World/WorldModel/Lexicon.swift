import Basics

/// Words for things in other languages, which belong to the program and not to the world's record.
final class Lexicon {
    /// Further nouns by the name of a thing.
    var nouns: [String: [String]] = [:]
}

extension World {
    /// Lets things be called by further nouns, in place of those given before.
    ///
    /// - Parameter nouns: By the names that things have, as they are written.
    /// - Complexity: O(*n*) in the number of things.
    package func useNouns(_ nouns: [String: [String]]) {
        lexicon.nouns = nouns.mapValues { $0.map(\.folded) }
        for thing in things.values {
            thing.vocabulary = nil
            thing.nameIndex = nil
        }
        revision &+= 1
    }
}
