/// What somebody typed to name one or several things: `the second brass lamp`, `all keys`, `it`.
///
/// ```text
///   [article] [ordinal | N.] [adjective…] noun [N]     one; an ordinal is `second`, `2nd` or `last`
///   all | all NOUNS | all except PHRASE                 several
///   NUMBER NOUNS                                        so many
///   PHRASE and PHRASE, …                                each (split before this)
/// ```
package struct NounPhrase: Equatable, Sendable {
    package enum Amount: Equatable, Sendable {
        case one
        case count(Int)
        case all
    }

    package var amount = Amount.one
    /// Counted from 1, among things of the same words.
    package var ordinal: Int?
    /// Folded, without articles; empty for a bare `all`.
    package var words: [String] = []
    /// What `all` leaves out.
    package var exception: [String] = []
    /// `my`, `his`, `her` or `their`, when it begins so.
    package var owner: String?

    /// The ordinal of `last`.
    package static let lastOrdinal = Int.max

    package init() {}

    /// Who has it and what it is, if the words say so: `the old keeper's key`.
    package var possessive: (owner: [String], words: [String])? {
        guard let place = words.firstIndex(where: { Self.possessor($0) != nil }), place < words.count - 1,
            let owner = Self.possessor(words[place])
        else { return nil }
        return (words[..<place] + [owner], Array(words[(place + 1)...]))
    }

    private static func possessor(_ word: String) -> String? {
        for ending in ["'s", "\u{2019}s"] where word.hasSuffix(ending) { return String(word.dropLast(2)) }
        for ending in ["s'", "s\u{2019}"] where word.hasSuffix(ending) { return String(word.dropLast()) }
        return nil
    }

    private static let articles: Set<String> = [
        "a", "an", "the", "my", "some", "his", "her", "its", "their", "that", "this",
    ]
    static let owners: Set<String> = ["my", "his", "her", "their"]
    private static let ordinals = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    ]
    private static let numbers = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    /// Numbers beyond this are taken for this; nobody counts so far.
    private static let largestNumber = 9999

    /// Reads folded words; nil when they name nothing.
    package init?(_ tokens: [String]) {
        var tokens = tokens[...]
        while let first = tokens.first, Self.articles.contains(first), tokens.count > 1 {
            if Self.owners.contains(first) { owner = first }
            tokens = tokens.dropFirst()
        }
        guard let first = tokens.first else { return nil }
        if first == "all" || first == "every" || first == "everything" {
            readAll(tokens.dropFirst())
            return
        }
        if let (number, rest) = Self.dotted(first) {
            ordinal = number
            tokens = [rest] + tokens.dropFirst()
        } else if let number = Self.ordinal(first), tokens.count > 1 {
            ordinal = number
            tokens = tokens.dropFirst()
        } else if first == "last", tokens.count > 1 {
            ordinal = Self.lastOrdinal
            tokens = tokens.dropFirst()
        } else if tokens.count > 1,
            let number = Self.numbers.firstIndex(of: first).map({ $0 + 2 }) ?? Self.number(first)
        {
            amount = .count(number)
            tokens = tokens.dropFirst()
        } else if tokens.count > 1, let last = tokens.last, let number = Self.number(last) {
            ordinal = number
            tokens = tokens.dropLast()
        }
        words = Array(tokens)
    }

    private mutating func readAll(_ rest: ArraySlice<String>) {
        amount = .all
        var rest = rest
        if rest.first == "of" { rest = rest.dropFirst() }
        if let cut = rest.firstIndex(where: { $0 == "except" || $0 == "but" }) {
            exception = rest[rest.index(after: cut)...].filter { !Self.articles.contains($0) }
            rest = rest[..<cut]
        }
        words = rest.filter { !Self.articles.contains($0) }
    }

    /// `second`, `2nd`; nil when a word is no ordinal.
    package static func ordinal(_ word: String) -> Int? {
        if let number = ordinals.firstIndex(of: word) { return number + 1 }
        guard word.utf8.count > 2, ["st", "nd", "rd", "th"].contains(String(word.suffix(2))) else { return nil }
        return number(String(word.dropLast(2)))
    }

    private static func number(_ word: String) -> Int? {
        guard word.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), !word.isEmpty else { return nil }
        let value = min(Int(word) ?? largestNumber, largestNumber)
        return value > 0 ? value : nil
    }

    /// `2.sword`.
    private static func dotted(_ word: String) -> (Int, String)? {
        guard let dot = word.utf8.firstIndex(of: UInt8(ascii: ".")), let number = number(String(word[..<dot])) else {
            return nil
        }
        let rest = String(word[word.index(after: dot)...])
        return rest.isEmpty ? nil : (number, rest)
    }
}
