/// The sentences of a language, by what they are in the game's own words.
///
/// ```text
///   "{1} <take> {2} out of {3}."     ->  {1}从{3}里拿出了{2}。
/// ```
///
/// A sentence that is missing is read in English.
package struct Catalogue: Sendable {
    /// A sentence with places for what is put in, each any number of times and in any order.
    package struct Pattern: Equatable, Sendable {
        package enum Part: Equatable, Sendable {
            case text(String)
            /// Counted from 1.
            case argument(Int)
            /// Where it is said how something is done, `{how}`; without it that follows the subject.
            case adverb
        }

        package let parts: [Part]

        package init(_ text: String) {
            var parts: [Part] = []
            var plain = ""
            var rest = text[...]
            while let first = rest.first {
                if first == "{", let end = rest.firstIndex(of: "}"),
                    let part = Self.part(rest[rest.index(after: rest.startIndex)..<end])
                {
                    if !plain.isEmpty { parts.append(.text(plain)) }
                    plain = ""
                    parts.append(part)
                    rest = rest[rest.index(after: end)...]
                } else {
                    plain.append(first)
                    rest = rest.dropFirst()
                }
            }
            if !plain.isEmpty { parts.append(.text(plain)) }
            self.parts = parts
        }

        private static func part(_ name: Substring) -> Part? {
            if name == "how" { return .adverb }
            guard let number = Int(name), (1...99).contains(number) else { return nil }
            return .argument(number)
        }

        /// The highest number of its arguments; 0 without any.
        package var arguments: Int {
            parts.reduce(0) { if case .argument(let number) = $1 { max($0, number) } else { $0 } }
        }
    }

    private var patterns: [String: Pattern] = [:]

    package init() {}

    package var keys: [String] { Array(patterns.keys) }
    package var isEmpty: Bool { patterns.isEmpty }

    package subscript(key: String) -> Pattern? {
        get { patterns[key] }
        set { patterns[key] = newValue }
    }

    /// What is wrong with a translation; nil when it fits its key.
    package static func problem(of pattern: String, for key: String) -> String? {
        let known = Pattern(key).arguments
        let used = Pattern(pattern).arguments
        return used > known ? "speaks of {\(used)}, and the sentence has only \(known)" : nil
    }
}
