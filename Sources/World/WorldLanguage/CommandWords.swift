import Basics

/// What may be typed in a language: whole lines, verbs and words, each with what it is in English.
package struct CommandWords: Sendable {
    /// A line with places for anything: `把{1}放进{2}` is `put {1} in {2}`.
    package struct Line: Equatable, Sendable {
        package let pattern: Catalogue.Pattern
        package let command: Catalogue.Pattern

        package init(_ pattern: String, _ command: String) {
            self.pattern = Catalogue.Pattern(pattern)
            self.command = Catalogue.Pattern(command)
        }

        /// The sign that every line of the form begins with; nil when it is any.
        var sign: Character? {
            if case .text(let text)? = pattern.parts.first { text.first } else { nil }
        }
    }

    /// Tried first, in this order.
    package var lines: [Line] = []
    /// What a line begins with, with or without a space after it.
    package var verbs: [String: String] = [:]
    /// Whole words after a verb.
    package var words: [String: String] = [:]

    package init() {}
}

/// Turns a line in another language into the command it means.
///
/// A line is looked at only when it begins with a sign that no English command begins with.
package struct CommandTranslator: Sendable {
    private var lines: [CommandWords.Line] = []
    /// In their order: the lines that begin with a sign, with those among them that begin with anything.
    private var linesBySign: [Character: [CommandWords.Line]] = [:]
    /// Those that begin with anything.
    private var openLines: [CommandWords.Line] = []
    private var verbs: [String: String] = [:]
    private var words: [String: String] = [:]
    /// Those of the words that say whose something is.
    private var owners: [(String, String)] = []
    /// In characters.
    private var longestVerb = 0

    package init() {}

    package mutating func add(_ words: CommandWords) {
        lines += words.lines
        openLines = lines.filter { $0.sign == nil }
        linesBySign = [:]
        for case let sign? in Set(lines.map(\.sign)) {
            linesBySign[sign] = lines.filter { $0.sign == nil || $0.sign == sign }
        }
        verbs.merge(words.verbs) { known, _ in known }
        self.words.merge(words.words) { known, _ in known }
        owners = self.words.filter { NounPhrase.owners.contains($0.value) }.sorted { $0.key < $1.key }
        longestVerb = verbs.keys.reduce(0) { max($0, $1.count) }
    }

    /// The English command of a line; nil when the line is none of another language.
    ///
    /// - Parameters:
    ///   - line: As typed.
    ///   - isName: Whether a word names something around, which then is no verb with something after it.
    ///   - takesText: Whether what follows a verb is text, and stays as it is.
    /// - Returns: The command.
    package func command(_ line: String, isName: (String) -> Bool, takesText: (String) -> Bool) -> String? {
        // The first octet of what is written with three octets from U+2E80 on, or with four.
        guard let first = line.utf8.first, first >= 0xE2, !verbs.isEmpty else { return nil }
        let text = line.trimmed
        for line in text.first.flatMap({ linesBySign[$0] }) ?? openLines {
            if let command = filled(line, text) { return command }
        }
        let head = text.prefix { $0 != " " && $0 != "," && $0 != "，" }
        if let verb = verbs[String(head)] {
            return joined(verb, String(text.dropFirst(head.count)).trimmed, takesText)
        }
        if isName(String(head)) { return nil }
        for length in stride(from: min(longestVerb, head.count), through: 1, by: -1) {
            if let verb = verbs[String(text.prefix(length))] {
                return joined(verb, String(text.dropFirst(length)).trimmed, takesText)
            }
        }
        return nil
    }

    private func joined(_ verb: String, _ rest: String, _ takesText: (String) -> Bool) -> String {
        if rest.isEmpty { return verb }
        let name = verb.prefix { $0 != " " }
        return verb + " " + (takesText(String(name)) ? rest : replaced(rest))
    }

    /// Words with their English ones in place of those that are known.
    private func replaced(_ text: String) -> String {
        text.split(separator: " ").map { english(String($0)) }.joined(separator: " ")
    }

    /// A word in English; `我的书包` is `my 书包`.
    private func english(_ word: String) -> String {
        if let known = words[word] { return known }
        for (owner, english) in owners where word.hasPrefix(owner) {
            let owned = String(word.dropFirst(owner.count))
            return "\(english) \(words[owned] ?? owned)"
        }
        return word
    }

    private func filled(_ line: CommandWords.Line, _ text: String) -> String? {
        guard let arguments = Self.match(line.pattern.parts[...], text[...]) else { return nil }
        var command = ""
        for part in line.command.parts {
            switch part {
            case .text(let text): command += text
            case .argument(let number):
                guard let argument = arguments[number] else { return nil }
                command += replaced(argument)
            case .adverb: break
            }
        }
        return command
    }

    /// What stands in the places of a pattern, each as short as can be; nil when the text is not of that form.
    private static func match(_ parts: ArraySlice<Catalogue.Pattern.Part>, _ text: Substring) -> [Int: String]? {
        var arguments: [Int: String] = [:]
        var rest = text
        var place: Int?
        for part in parts {
            switch part {
            case .text(let literal):
                if let number = place {
                    guard let range = rest.firstRange(of: literal) else { return nil }
                    arguments[number] = String(rest[..<range.lowerBound]).trimmed
                    rest = rest[range.upperBound...]
                    place = nil
                } else {
                    guard rest.hasPrefix(literal) else { return nil }
                    rest = rest.dropFirst(literal.count)
                }
            case .argument(let number): place = number
            case .adverb: break
            }
        }
        if let number = place {
            arguments[number] = String(rest).trimmed
        } else if !rest.isEmpty {
            return nil
        }
        return arguments.values.contains("") ? nil : arguments
    }
}
