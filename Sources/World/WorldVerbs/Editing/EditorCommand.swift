import Basics

/// A line typed in the editor: text, or a command, which begins with a dot and a letter.
///
/// ```text
///   .            the text is done          .word …       a command
///   ..text       text that begins with a dot            ...           three dots are no command
///   .5 litres    text: no letter follows the dot
/// ```
///
/// The full stop of Chinese keyboards does as well for a command.
enum EditorLine: Equatable {
    case text(String)
    case command(EditorCommand)
    /// A known command with something after it that it cannot do with.
    case misused(EditorWord)
    /// A dot and a word that is no command.
    case unknown(String)

    private static let dots: Set<Character> = [".", "\u{3002}", "\u{FF0E}"]

    init(_ line: String) {
        guard let first = line.first, Self.dots.contains(first) else {
            self = .text(line)
            return
        }
        let rest = line.dropFirst()
        if rest.isEmpty {
            self = .command(.finish)
            return
        }
        let word = rest.prefix { $0.isASCII && $0.isLetter }
        if word.isEmpty {
            let isStuffed = first == "." && rest.first == "." && !rest.hasPrefix("..")
            self = .text(isStuffed ? String(rest) : line)
            return
        }
        guard let known = EditorWord(named: word.lowercased()) else {
            self = .unknown(String(word.prefix(20)))
            return
        }
        self = EditorCommand(known, String(rest[word.endIndex...])).map { .command($0) } ?? .misused(known)
    }
}

/// What can be asked of the editor.
enum EditorCommand: Equatable {
    case help
    case list(LineSpan?)
    case preview
    case delete(LineSpan)
    case insert(LineNumber, String)
    case replace(LineNumber, String)
    case substitute(String, String, in: LineSpan?)
    case move(LineSpan, to: LineNumber)
    case undo
    case clear
    case leave
    /// To throw the text away.
    case discard
    case finish
    /// A command of the game.
    case perform(String)

    /// Reads what follows the word; nil when the word does not go with it.
    init?(_ word: EditorWord, _ text: String) {
        var words = EditorWords(text)
        switch word {
        case .help: self = .help
        case .preview: self = .preview
        case .undo: self = .undo
        case .clear: self = .clear
        case .leave: self = .leave
        case .discard: self = .discard
        case .finish: self = .finish
        case .list:
            if words.isEmpty {
                self = .list(nil)
            } else {
                guard let span = words.span(), words.isEmpty else { return nil }
                self = .list(span)
            }
            return
        case .delete:
            guard let span = words.span(), words.isEmpty else { return nil }
            self = .delete(span)
            return
        case .insert:
            guard let line = words.line() else { return nil }
            self = .insert(line, words.text)
            return
        case .replace:
            guard let line = words.line() else { return nil }
            self = .replace(line, words.text)
            return
        case .move:
            guard let span = words.span(), let goal = words.line(), words.isEmpty else { return nil }
            self = .move(span, to: goal)
            return
        case .substitute:
            let span = words.span()
            guard let (old, new) = words.substitution() else { return nil }
            self = .substitute(old, new, in: span)
            return
        case .perform:
            let command = text.trimmed
            if command.isEmpty { return nil }
            self = .perform(command)
            return
        }
        if !words.isEmpty { return nil }
    }
}

/// Reads what follows a command of the editor, from the left.
private struct EditorWords {
    private var rest: Substring

    init(_ text: String) { rest = text[...].drop { $0 == " " } }

    var isEmpty: Bool { rest.allSatisfy { $0 == " " } }
    /// What is left, without the one space before it.
    var text: String { String(rest.first == " " ? rest.dropFirst() : rest) }

    /// `3`, `$` or `last`; nil and nothing taken when there is none.
    mutating func line() -> LineNumber? {
        var text = rest.drop { $0 == " " }
        guard let line = Self.line(of: &text), text.first.map({ $0 == " " }) ?? true else { return nil }
        rest = text
        return line
    }

    /// `3` or `3-5`.
    mutating func span() -> LineSpan? {
        var text = rest.drop { $0 == " " }
        guard let first = Self.line(of: &text) else { return nil }
        var last = first
        if text.first == "-" {
            text = text.dropFirst()
            guard let end = Self.line(of: &text) else { return nil }
            last = end
        }
        guard text.first.map({ $0 == " " }) ?? true else { return nil }
        rest = text.drop { $0 == " " }
        return LineSpan(first: first, last: last)
    }

    private static func line(of text: inout Substring) -> LineNumber? {
        for word in ["$", "last"] where text.hasPrefix(word) {
            text = text.dropFirst(word.count)
            return .last
        }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        if digits.isEmpty { return nil }
        text = text[digits.endIndex...]
        // A number that no Int holds names no line either.
        return .number(Int(digits) ?? .max)
    }

    /// `/old/new/`, with any sign in place of the strokes; the last one may be left out.
    mutating func substitution() -> (old: String, new: String)? {
        guard let sign = rest.first, !sign.isLetter, !sign.isNumber, sign != " " else { return nil }
        let parts = rest.dropFirst().split(separator: sign, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2 else { return nil }
        if parts.count == 3, !parts[2].allSatisfy({ $0 == " " }) { return nil }
        return (String(parts[0]), String(parts[1]))
    }
}
