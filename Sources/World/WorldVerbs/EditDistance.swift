/// How many single letters must be changed, added, dropped or swapped to make one word of another.
enum EditDistance {
    private static let longest = 24

    /// - Complexity: O(*n* · *m*); words are cut at 24 octets.
    static func between(_ left: String, _ right: String) -> Int {
        let left = Array(left.utf8.prefix(longest))
        let right = Array(right.utf8.prefix(longest))
        var before = [Int](repeating: 0, count: right.count + 1)
        var row = Array(0...right.count)
        for (i, letter) in left.enumerated() {
            var next = [i + 1]
            for (j, other) in right.enumerated() {
                var best = min(row[j] + (letter == other ? 0 : 1), row[j + 1] + 1, next[j] + 1)
                if i > 0, j > 0, letter == right[j - 1], left[i - 1] == other { best = min(best, before[j - 1] + 1) }
                next.append(best)
            }
            before = row
            row = next
        }
        return row[right.count]
    }
}
