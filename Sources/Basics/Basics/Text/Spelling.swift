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
        if left == right { return 0 }
        // Of plain words an octet is a letter.
        if left.utf8.allSatisfy({ $0 < 0x80 }), right.utf8.allSatisfy({ $0 < 0x80 }) {
            return distance(Array(left.utf8), Array(right.utf8))
        }
        return distance(Array(left), Array(right))
    }

    /// Which letters a word has, as bits: of words that are so many slips apart at most twice as many differ, which is quickly
    /// seen.
    package static func letters(of word: String) -> UInt32 {
        var letters: UInt32 = 0
        for octet in word.utf8 { letters |= 1 << UInt32(octet & 31) }
        return letters
    }

    private static func distance<Letter: Equatable>(_ first: [Letter], _ second: [Letter]) -> Int {
        if first.isEmpty || second.isEmpty { return max(first.count, second.count) }
        if max(first.count, second.count) > maximumLength { return Int.max }
        var older = [Int](repeating: 0, count: second.count + 1)
        var previous = Array(0...second.count)
        var current = older
        for row in 1...first.count {
            current[0] = row
            for column in 1...second.count {
                let cost = first[row - 1] == second[column - 1] ? 0 : 1
                var best = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + cost)
                if row > 1, column > 1, first[row - 1] == second[column - 2], first[row - 2] == second[column - 1] {
                    best = min(best, older[column - 2] + 1)
                }
                current[column] = best
            }
            (older, previous, current) = (previous, current, older)
        }
        return previous[second.count]
    }
}
