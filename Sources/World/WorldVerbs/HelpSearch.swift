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
    static let mostWords = 8

    /// How much of what somebody looks for is read, in characters.
    static let longestText = 200

    /// Words that questions are made of.
    private static let common: Set<String> = [
        "a", "an", "and", "can", "do", "does", "for", "how", "i", "in", "is", "it", "my", "of", "on", "the", "to",
        "what", "where", "who", "why", "with", "you",
    ]

    let words: [String]

    init(_ text: String) {
        let all = HelpText.words(of: String(text.prefix(Self.longestText))).prefix(Self.mostWords)
        let telling = all.filter { !Self.common.contains($0) }
        words = (telling.isEmpty ? Array(all) : telling).map(Self.stem)
    }

    /// A plural is looked for as its singular, which it begins with.
    private static func stem(_ word: String) -> String {
        word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss") ? String(word.dropLast()) : word
    }

    /// How well a page fits; nil when none of the words is in it.
    ///
    /// - Complexity: As ``HelpText/places(of:)``, for each of at most eight words.
    func fit(_ page: HelpText) -> Fit? {
        var fit = Fit()
        for word in words {
            let places = page.places(of: word)
            if places.isEmpty { continue }
            var weight = 0
            if places.contains(.name) { weight += 16 } else if places.contains(.partOfName) { weight += 8 }
            if places.contains(.title) { weight += 4 }
            if places.contains(.body) { weight += 1 }
            if weight > 0 { fit.words += 1 }
            fit.weight += weight
        }
        return fit.words > 0 ? fit : nil
    }
}
