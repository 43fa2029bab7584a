import Basics

/// The words of one page of help, folded, each once and in order, so that a search need not read the page again.
struct HelpText: Sendable {
    /// Where on a page a word stands.
    struct Places: OptionSet, Sendable {
        let rawValue: UInt8

        /// It is a whole name of the page.
        static let name = Places(rawValue: 1)
        static let partOfName = Places(rawValue: 2)
        static let title = Places(rawValue: 4)
        static let body = Places(rawValue: 8)
    }

    /// A name with what tells quickly that another is far from it.
    struct Name: Sendable {
        let name: String
        let folded: String
        /// In characters.
        let length: Int
        /// See ``Spelling/letters(of:)``.
        let letters: UInt32
    }

    let names: [Name]
    private let words: [String]
    /// As many as words.
    private let places: [Places]

    init(names: [String], title: String, body: String) {
        self.names = names.map { name in
            let folded = name.folded
            return Name(name: name, folded: folded, length: folded.count, letters: Spelling.letters(of: folded))
        }
        var found: [String: Places] = [:]
        for name in self.names {
            let words = Self.words(of: name.folded)
            if words == [name.folded] { found[name.folded, default: []].insert(.name) }
            for word in words { found[word, default: []].insert(.partOfName) }
        }
        for word in Self.words(of: title) { found[word, default: []].insert(.title) }
        for word in Self.words(of: body) { found[word, default: []].insert(.body) }
        let all = found.sorted { $0.key < $1.key }
        words = all.map(\.key)
        places = all.map(\.value)
    }

    /// Letters and digits that belong together, folded.
    static func words(of text: String) -> [String] {
        text.folded.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// Where words with that beginning stand; `name` only for the word itself and its plural.
    ///
    /// - Complexity: O(log *n*) in the words of the page, and O(*m*) in those that begin so.
    func places(of beginning: String) -> Places {
        var (low, high) = (0, words.count)
        while low < high {
            let middle = (low + high) / 2
            if words[middle] < beginning { low = middle + 1 } else { high = middle }
        }
        var all: Places = []
        while low < words.count, words[low].hasPrefix(beginning) {
            var here = places[low]
            if here.contains(.name), words[low] != beginning, words[low] != beginning + "s" { here.remove(.name) }
            all.formUnion(here)
            low += 1
        }
        return all
    }
}

/// The words of all pages of help, each page read once in each language, when it is first looked through.
struct HelpTexts: Sendable {
    /// Pages in all languages; when there would be more, all are read anew.
    static let capacity = 8192

    /// By language and page.
    private var known: [String: [String: HelpText]] = [:]
    private(set) var count = 0

    /// The words of a page.
    ///
    /// - Parameters:
    ///   - page: What tells it from all others.
    ///   - language: The code of the language it is read in; empty for English.
    ///   - read: Reads the page.
    /// - Returns: What is known of it, or what was read now.
    mutating func text(_ page: String, in language: String, _ read: () -> HelpText) -> HelpText {
        if let text = known[language]?[page] { return text }
        if count >= Self.capacity { self = HelpTexts() }
        let text = read()
        known[language, default: [:]][page] = text
        count += 1
        return text
    }
}
