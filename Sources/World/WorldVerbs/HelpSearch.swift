import Basics

/// Words somebody looks for in the pages of help, and how well a page fits them.
///
/// ```text
///   a name of the page is the word       16
///   a name of the page begins so          8
///   a word of its title begins so         4
///   a word of its text begins so          1
/// ```
///
/// Pages with more of the words come first, then those with the greater sum.
struct HelpSearch {
    /// How well one page fits.
    struct Fit: Comparable {
        /// How many of the words are in it.
        var words = 0
        var weight = 0

        static func < (left: Fit, right: Fit) -> Bool { (left.words, left.weight) < (right.words, right.weight) }
    }

    /// Words that are looked for at most.
    private static let mostWords = 8

    /// Words that questions are made of.
    private static let common: Set<String> = [
        "a", "an", "and", "can", "do", "does", "for", "how", "i", "in", "is", "it", "my", "of", "on", "the", "to",
        "what", "where", "who", "why", "with", "you",
    ]

    let words: [String]

    init(_ text: String) {
        let all = Self.words(of: text).prefix(Self.mostWords)
        let telling = all.filter { !Self.common.contains($0) }
        words = (telling.isEmpty ? Array(all) : telling).map(Self.stem)
    }

    /// Letters and digits that belong together, folded.
    private static func words(of text: String) -> [String] {
        text.folded.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// A plural is looked for as its singular, which it begins with.
    private static func stem(_ word: String) -> String {
        word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss") ? String(word.dropLast()) : word
    }

    /// How well a page fits; nil when none of the words is in it.
    ///
    /// - Complexity: O(*n*) in the text of the page, for each of at most eight words.
    func fit(names: [String], title: String, body: String) -> Fit? {
        let names = names.map(\.folded)
        let title = Self.words(of: title)
        let body = Self.words(of: body)
        var fit = Fit()
        for word in words {
            var weight = 0
            if names.contains(where: { $0 == word || $0 == word + "s" }) {
                weight += 16
            } else if names.contains(where: { Self.words(of: $0).contains { $0.hasPrefix(word) } }) {
                weight += 8
            }
            if title.contains(where: { $0.hasPrefix(word) }) { weight += 4 }
            if body.contains(where: { $0.hasPrefix(word) }) { weight += 1 }
            if weight > 0 { fit.words += 1 }
            fit.weight += weight
        }
        return fit.words > 0 ? fit : nil
    }
}
