import Basics
import WorldLanguage
import WorldModel

/// Letters as somebody names them: by their numbers, and by the folder when it is not the inbox.
///
/// ```text
///   3    3, 5 and 7    3-7    all    letter 3    3 in Sent
/// ```
struct LetterSelection {
    private var numbers = NumberSelection()
    var isAll = false
    /// As typed; nil for the inbox.
    var folder: String?

    private static let fillers: Set<String> = ["and", "letter", "letters", "number", "numbers", "note", "notes"]

    /// Reads a text; nil when it says something else than which letters.
    init?(_ text: String) {
        let line = InputLine(text)
        var words = line.tokens.map(\.word)
        if let place = words.firstIndex(of: "in"), place + 1 < words.count {
            folder = line.text(from: place + 1)
            words = Array(words[..<place])
        }
        for word in words where !Self.fillers.contains(word) {
            if word == "all" || word == "everything" {
                isAll = true
                continue
            }
            if !numbers.add(word) { return nil }
        }
        if numbers.ranges.isEmpty, !isAll { return nil }
    }

    /// The only number, if one is named.
    var number: Int? { isAll ? nil : numbers.number }

    func contains(_ number: Int) -> Bool { isAll || numbers.contains(number) }
}

/// A text with what is before and after its first equals sign that stands beside a space, as `to ada about tea = Come at 5`.
struct LetterLine {
    let head: String
    /// Nil when there is no sign, or nothing after it.
    let text: String?

    init(_ line: String) {
        let octets = Array(line.utf8)
        let isSpace = { (index: Int) in !octets.indices.contains(index) || octets[index] == UInt8(ascii: " ") }
        let sign = octets.indices.first {
            octets[$0] == UInt8(ascii: "=") && (isSpace($0 - 1) || isSpace($0 + 1))
        }
        guard let sign else {
            head = line.trimmed
            text = nil
            return
        }
        head = String(decoding: octets[..<sign], as: UTF8.self).trimmed
        let rest = String(decoding: octets[(sign + 1)...], as: UTF8.self).trimmed
        text = rest.isEmpty ? nil : rest
    }

    /// Names joined by commas and `and`, folded.
    static func names(_ words: some Sequence<String>) -> [String] { words.filter { $0 != "and" } }
}
