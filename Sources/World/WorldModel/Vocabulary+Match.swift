/// How well words name a thing.
package enum MatchQuality: Int, Comparable {
    case prefix
    case exact

    package static func < (left: MatchQuality, right: MatchQuality) -> Bool { left.rawValue < right.rawValue }
}

extension Vocabulary {
    /// How the words name the thing, the last being a noun; nil when they do not.
    ///
    /// Whole words match exactly; a beginning of at least two letters matches as a prefix.
    /// - Complexity: O(words · vocabulary).
    package func match(_ words: [String], plural: Bool) -> MatchQuality? {
        guard let noun = words.last else { return .exact }
        // More words than it has cannot be about it, and would take long to compare.
        if words.count > nouns.count + adjectives.count + 1 { return nil }
        var quality = MatchQuality.exact
        if !names(noun, plural: plural) {
            if words.count == 1, fullName == noun { return .exact }
            guard noun.utf8.count > 1, nouns.contains(where: { $0.hasPrefix(noun) }) else {
                // `get brass` is enough when it is said of nothing else.
                guard words.count == 1, adjectives.contains(noun) else { return nil }
                return .prefix
            }
            quality = .prefix
        }
        for adjective in words.dropLast() {
            if adjectives.contains(adjective) || nouns.contains(adjective) { continue }
            guard adjective.utf8.count > 1, adjectives.contains(where: { $0.hasPrefix(adjective) }) else { return nil }
            quality = .prefix
        }
        return quality
    }

    private func names(_ noun: String, plural: Bool) -> Bool {
        if nouns.contains(noun) { return true }
        return plural && plurals.contains(noun)
    }
}
