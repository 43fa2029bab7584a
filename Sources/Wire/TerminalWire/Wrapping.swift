import Basics

/// Breaks styled text into lines of a width, at spaces, with continuation lines indented like their line.
///
/// A word that is longer than a line is broken. No line ends in a space.
struct Wrapping {
    /// The widest indentation that is repeated; deeper ones would leave no room.
    private static let deepestIndentation = 16

    private let width: Int
    private var lines: [[StyledText.Run]] = []
    private var line: [StyledText.Run] = []
    private var column = 0
    private var word: [StyledText.Run] = []
    private var wordColumns = 0
    private var spaces = 0
    private var indentation = 0
    private var isLineEmpty = true

    init(width: Int) {
        self.width = width
    }

    mutating func add(_ text: String, _ style: TextStyle) {
        for character in text {
            switch character {
            case "\n": endLine()
            case " ":
                endWord()
                spaces += 1
            default:
                if let scalar = character.unicodeScalars.first, SafeText.isForbidden(scalar) { continue }
                addToWord(character, style)
            }
        }
    }

    private mutating func addToWord(_ character: Character, _ style: TextStyle) {
        let columns = DisplayWidth.columns(of: character)
        if width > 0, wordColumns + columns > width {
            // Longer than any line.
            endWord()
        }
        if let last = word.indices.last, word[last].style == style {
            word[last].text.append(character)
        } else {
            word.append(StyledText.Run(String(character), style))
        }
        wordColumns += columns
    }

    private mutating func endWord() {
        if word.isEmpty { return }
        if isLineEmpty { indentation = min(spaces, Self.deepestIndentation) + hanging }
        if width > 0, !isLineEmpty, column + spaces + wordColumns > width {
            breakLine()
        }
        if spaces > 0 {
            append(String(repeating: " ", count: spaces), .plain)
            column += spaces
            spaces = 0
        }
        for run in word { append(run.text, run.style) }
        column += wordColumns
        isLineEmpty = false
        word = []
        wordColumns = 0
    }

    /// A list's mark is not repeated, but the text under it stands where the text began.
    private var hanging: Int {
        word.count == 1 && (word[0].text == "-" || word[0].text == "*") ? 2 : 0
    }

    private mutating func append(_ text: String, _ style: TextStyle) {
        if let last = line.indices.last, line[last].style == style {
            line[last].text += text
        } else {
            line.append(StyledText.Run(text, style))
        }
    }

    private mutating func breakLine() {
        lines.append(line)
        line = []
        column = 0
        spaces = width > indentation * 2 ? indentation : 0
    }

    private mutating func endLine() {
        endWord()
        lines.append(line)
        line = []
        column = 0
        spaces = 0
        indentation = 0
        isLineEmpty = true
    }

    mutating func finished() -> [[StyledText.Run]] {
        endWord()
        lines.append(line)
        line = []
        return lines
    }
}
