import Basics

/// One word of a line and where it began, so that text can be had as it was typed.
struct Token: Equatable {
    /// Folded, without punctuation at its end.
    var word: String
    /// In octets from the beginning of the line.
    var start: Int
    /// The same for the end of the word, without its punctuation.
    var end: Int
    /// A comma after a word, which reads as `and`.
    var isComma = false
    /// Whether a full stop or semicolon follows the word.
    var endsSentence = false
}

/// A line as typed, with its words.
///
/// - Complexity: O(*n*); one run over the octets.
struct InputLine {
    private let octets: [UInt8]
    /// Whether every word was read.
    private(set) var isWhole = true
    var tokens: [Token] = []

    private static let space = UInt8(ascii: " ")
    private static let comma = UInt8(ascii: ",")
    private static let mark = UInt8(ascii: "\"")

    /// Reads a line.
    ///
    /// - Parameters:
    ///   - text: The line.
    ///   - limit: How many words are read at most; the rest is there only as text.
    init(_ text: String, atMost limit: Int = .max) {
        octets = Array(text.utf8)
        tokens.reserveCapacity(8)
        var index = 0
        while index < octets.count, tokens.count < limit {
            if octets[index] == Self.space {
                index += 1
                continue
            }
            let start = index
            if let end = endOfQuotation(from: start) {
                let word = String(decoding: octets[(start + 1)..<end], as: UTF8.self).trimmed.folded
                tokens.append(Token(word: word, start: start, end: end + 1))
                index = end + 1
                continue
            }
            while index < octets.count, octets[index] != Self.space { index += 1 }
            append(start..<index)
        }
        isWhole = index >= octets.count
        if isWhole { while tokens.last?.isComma == true { tokens.removeLast() } }
    }

    /// The mark that ends a quotation, which is one word: `get "jack in the box"`; nil when there is no quotation here.
    private func endOfQuotation(from start: Int) -> Int? {
        guard octets[start] == Self.mark, let end = octets[(start + 1)...].firstIndex(of: Self.mark), end > start + 1
        else {
            return nil
        }
        return octets[(start + 1)..<end].contains { $0 != Self.space } ? end : nil
    }

    /// Adds a word without the punctuation of `get lamp, key` and `look at it!`.
    private mutating func append(_ range: Range<Int>) {
        var end = range.upperBound
        var hasComma = false
        var endsSentence = false
        while end - range.lowerBound > 1, Self.endsWord(octets[end - 1]) {
            end -= 1
            if octets[end] == Self.comma { hasComma = true }
            if octets[end] == UInt8(ascii: ".") || octets[end] == UInt8(ascii: ";") { endsSentence = true }
        }
        let word = String(decoding: octets[range.lowerBound..<end], as: UTF8.self).folded
        tokens.append(Token(word: word, start: range.lowerBound, end: end, endsSentence: endsSentence))
        if hasComma { tokens.append(Token(word: "and", start: end, end: range.upperBound, isComma: true)) }
    }

    private static func endsWord(_ octet: UInt8) -> Bool {
        switch octet {
        case comma, UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ";"): true
        default: false
        }
    }

    /// The rest of the line from a token on, as typed.
    func text(from token: Int) -> String {
        var token = token
        while token < tokens.count, tokens[token].isComma { token += 1 }
        guard token < tokens.count else { return "" }
        return String(decoding: octets[tokens[token].start...], as: UTF8.self).trimmed
    }

    /// The line as typed up to a token.
    func text(before token: Int) -> String {
        guard token < tokens.count else { return String(decoding: octets, as: UTF8.self) }
        return String(decoding: octets[..<tokens[token].start], as: UTF8.self).trimmed
    }

    /// A word as it was typed, capitals and all; the word itself when it does not stand in the line.
    func typed(_ word: String) -> String {
        guard let token = tokens.first(where: { $0.word == word && !$0.isComma }) else { return word }
        let typed = octets[token.start..<token.end].drop { $0 == Self.mark }
        return String(decoding: typed.last == Self.mark ? typed.dropLast() : typed, as: UTF8.self)
    }

    /// The line as typed, but for the first word of that spelling; nil when there is none.
    func replacing(_ word: String, with other: String) -> String? {
        guard let token = tokens.first(where: { $0.word == word && !$0.isComma }) else { return nil }
        return String(decoding: octets[..<token.start] + Array(other.utf8) + octets[token.end...], as: UTF8.self)
    }

    func words(_ range: Range<Int>) -> [String] { tokens[range].map(\.word) }

    /// The folded words of a text, for comparing with keywords.
    static func words(of text: String) -> [String] { InputLine(text).tokens.filter { !$0.isComma }.map(\.word) }
}
