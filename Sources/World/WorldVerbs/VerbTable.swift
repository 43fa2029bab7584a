import Basics
package import WorldModel

/// All commands, each once; what `help`, `commands` and the interpreter read.
package struct VerbTable: Sendable {
    package let verbs: [Verb]
    private let exact: [String: Int]
    private let sorted: [String]

    package init(_ verbs: [Verb]) {
        self.verbs = verbs
        var exact: [String: Int] = [:]
        for (index, verb) in verbs.enumerated() {
            for name in [verb.name] + verb.aliases {
                precondition(exact[name] == nil, "two verbs are called \(name)")
                exact[name] = index
            }
        }
        self.exact = exact
        sorted = exact.keys.sorted()
    }

    package func verb(exactly name: String) -> Verb? { exact[name].map { verbs[$0] } }

    /// The verb of a word: its whole name, else the verb highest in the table that begins so.
    package func verb(for word: String) -> Verb? {
        if let known = exact[word] { return verbs[known] }
        if word.utf8.count < 2 { return nil }
        var best: Int?
        for name in sorted where name.hasPrefix(word) {
            guard let index = exact[name] else { continue }
            best = min(best ?? index, index)
        }
        return best.map { verbs[$0] }
    }

    /// The verbs most like a word that is none, nearest first.
    package func suggestions(for word: String, role: Role) -> [String] {
        let near = sorted.compactMap { name -> (String, Int)? in
            guard let verb = verb(exactly: name), verb.role <= role, name.utf8.count > 2 else { return nil }
            let distance = EditDistance.between(word, name)
            return distance <= max(1, word.count / 3) ? (name, distance) : nil
        }
        return near.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.prefix(3).map(\.0)
    }

    package static let standard = VerbTable([
        .look, .examine, .get, .drop, .put, .give, .inventory, .open, .close, .lock, .unlock, .go, .wear, .remove,
        .equipment,
        .light, .douse, .read, .say, .tell, .reply, .emote, .ask, .who, .helpVerb, .commands, .describe, .settings,
        .again,
        .password, .claim, .quit,
    ])
}

/// How many single letters must be changed, added, dropped or swapped to make one word of another.
enum EditDistance {
    /// - Complexity: O(*n* · *m*); words longer than 24 letters are cut.
    static func between(_ left: String, _ right: String) -> Int {
        let left = Array(left.utf8.prefix(24))
        let right = Array(right.utf8.prefix(24))
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
