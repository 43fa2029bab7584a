/// Finds what somebody probably meant to write.
package enum Spelling {
    /// Words longer than this are not compared.
    package static let maximumLength = 64

    package static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        let limit = max(1, word.count / 3)
        var best: (distance: Int, word: String)?
        for candidate in candidates {
            // Every difference in length is an insertion or deletion, so most candidates need no closer look.
            if abs(candidate.utf8.count - word.utf8.count) > 4 * limit { continue }
            let distance = distance(word, candidate)
            if distance > limit { continue }
            if let known = best, (known.distance, known.word) <= (distance, candidate) { continue }
            best = (distance, candidate)
        }
        return best?.word
    }

    /// The number of insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
    ///
    /// - Complexity: O(*n* · *m*), with both bounded by ``maximumLength``.
    package static func distance(_ left: String, _ right: String) -> Int {
        let first = Array(left)
        let second = Array(right)
        if first == second { return 0 }
        if first.isEmpty || second.isEmpty { return max(first.count, second.count) }
        if max(first.count, second.count) > maximumLength { return Int.max }
        var older: [Int] = []
        var previous = Array(0...second.count)
        for row in 1...first.count {
            var current = [row]
            for column in 1...second.count {
                let cost = first[row - 1] == second[column - 1] ? 0 : 1
                var best = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + cost)
                if row > 1, column > 1, first[row - 1] == second[column - 2], first[row - 2] == second[column - 1] {
                    best = min(best, older[column - 2] + 1)
                }
                current.append(best)
            }
            older = previous
            previous = current
        }
        return previous[second.count]
    }
}
