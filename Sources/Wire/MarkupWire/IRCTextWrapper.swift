import Basics
import TerminalWire

/// Wraps one line of text into messages that are not too long.
///
/// A word is kept apart until it ends, so that it can go to the next message whole.
struct IRCTextWrapper {
    /// A stretch of a word, or of the spaces before it, in one style.
    private struct Piece {
        var text: String
        var style: TextStyle
    }

    private let limit: Int
    private let isFormatted: Bool
    private var messages: [String] = []
    private var message = ""
    /// The style that the message's end stands in.
    private var style = TextStyle.plain
    private var spaces: [Piece] = []
    private var word: [Piece] = []

    init(limit: Int, isFormatted: Bool) {
        self.limit = limit
        self.isFormatted = isFormatted
    }

    mutating func append(_ run: StyledText.Run) {
        for character in run.text {
            if character == " " || character.unicodeScalars.contains(where: TextSafety.isSpaceLike) {
                if !word.isEmpty { endWord() }
                Self.add(" ", run.style, to: &spaces)
            } else if let safe = Self.safe(character) {
                Self.add(safe, run.style, to: &word)
            }
        }
    }

    /// Ends the line and hands over its messages.
    mutating func finish() -> [String] {
        endWord()
        endMessage()
        return messages
    }

    private static func add(_ text: String, _ style: TextStyle, to pieces: inout [Piece]) {
        if let last = pieces.indices.last, pieces[last].style == style {
            pieces[last].text += text
        } else {
            pieces.append(Piece(text: text, style: style))
        }
    }

    /// The character without what may not be sent; nil when nothing is left.
    private static func safe(_ character: Character) -> String? {
        var kept = String.UnicodeScalarView()
        for scalar in character.unicodeScalars
        where !TextSafety.isControl(scalar) && !TextSafety.isDirectionOverride(scalar) {
            kept.append(scalar)
        }
        return kept.isEmpty ? nil : String(kept)
    }

    // MARK: Messages

    private mutating func endWord() {
        if word.isEmpty { return }
        if !message.isEmpty, !fits(spaces + word) {
            endMessage()
            spaces = []
        }
        for piece in spaces + word { write(piece) }
        spaces = []
        word = []
    }

    private func fits(_ pieces: [Piece]) -> Bool {
        var octets = message.utf8.count
        var style = style
        for piece in pieces {
            octets += code(from: style, to: piece).utf8.count + piece.text.utf8.count
            style = piece.style
        }
        return octets + end(of: style).utf8.count <= limit
    }

    /// Writes what belongs together, and cuts it where a message is full.
    private mutating func write(_ piece: Piece) {
        for character in piece.text {
            for part in Self.parts(of: character) {
                let one = Piece(text: part, style: piece.style)
                if !fits([one]) { endMessage() }
                message += code(from: style, to: one)
                message += part
                style = piece.style
            }
        }
    }

    /// Octets of a character that is kept whole; a tower of marks is not.
    private static let longestCharacter = 20

    private static func parts(of character: Character) -> [String] {
        if character.utf8.count <= longestCharacter { return [String(character)] }
        return character.unicodeScalars.map { String($0) }
    }

    private mutating func endMessage() {
        message += end(of: style)
        // Codes and spaces alone say nothing.
        if message.contains(where: { $0 != " " }) { messages.append(message) }
        message = ""
        style = .plain
    }

    private func code(from old: TextStyle, to piece: Piece) -> String {
        if !isFormatted || old == piece.style { return "" }
        let start = IRCRenderer.start(piece.style)
        return end(of: old) + start + (Self.isColour(start) && piece.text.first == "," ? "\u{2}\u{2}" : "")
    }

    private static func isColour(_ code: String) -> Bool { code.last?.isNumber == true }

    private func end(of style: TextStyle) -> String {
        isFormatted && style != .plain ? "\u{F}" : ""
    }
}
