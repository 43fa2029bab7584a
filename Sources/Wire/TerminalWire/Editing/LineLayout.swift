import Basics

/// A prompt and a line, laid out in the rows of a terminal.
///
/// The last column stays empty, because terminals differ in where the cursor stands after something was written there.
/// What does not fit on the screen is left out, in whole rows, but never the row of the cursor.
struct LineLayout: Hashable, Sendable {
    /// One sign on the screen.
    struct Cell: Hashable, Sendable {
        var character: Character
        var columns: Int
        var style: TextStyle
    }

    private(set) var rows: [[Cell]] = [[]]
    private(set) var cursorRow = 0
    private(set) var cursorColumn = 0

    /// Nothing, with the cursor in the first column.
    init() {}

    /// Lays out a prompt and the line behind it.
    ///
    /// - Parameters:
    ///   - prompt: What stands before the line; may have line ends.
    ///   - text: The line.
    ///   - cursor: The index of the character on which the cursor stands.
    ///   - profile: Its charset decides how wide a sign is.
    ///   - width: Columns of the terminal.
    ///   - height: Rows that may be used.
    init(
        prompt: StyledText, text: [Character], cursor: Int, profile: TerminalProfile, width: Int, height: Int
    ) {
        let limit = max(2, width - 1)
        var column = 0
        func place(_ character: Character, _ style: TextStyle) {
            for cell in Self.cells(character, style, profile.charset) {
                if column + cell.columns > limit {
                    rows.append([])
                    column = 0
                }
                rows[rows.count - 1].append(cell)
                column += cell.columns
            }
        }
        for run in prompt.runs {
            for character in run.text {
                if character.isNewline {
                    rows.append([])
                    column = 0
                } else {
                    place(character, run.style)
                }
            }
        }
        for index in 0...text.count {
            // A cursor on a wide sign that goes to the next row goes with it.
            if index == cursor || index == text.count && cursor > index {
                if index < text.count, let next = Self.cells(text[index], .plain, profile.charset).first,
                    column + next.columns > limit
                {
                    rows.append([])
                    column = 0
                }
                cursorRow = rows.count - 1
                cursorColumn = column
            }
            if index < text.count { place(text[index], .plain) }
        }
        keep(height: max(1, height))
    }

    private mutating func keep(height: Int) {
        if rows.count <= height { return }
        let first = max(0, cursorRow - (height - 1))
        rows = Array(rows[first..<min(rows.count, first + height)])
        cursorRow -= first
    }

    /// The columns before a cell of a row.
    func column(of index: Int, in row: Int) -> Int {
        rows[row][..<index].reduce(0) { $0 + $1.columns }
    }

    /// A sign as a charset has it, which may be several letters.
    private static func cells(_ character: Character, _ style: TextStyle, _ charset: Charset) -> [Cell] {
        if character.isASCII {
            return TextSafety.isControl(character.unicodeScalars.first ?? " ")
                ? [] : [Cell(character: character, columns: 1, style: style)]
        }
        if character.unicodeScalars.contains(where: { TextSafety.isControl($0) || TextSafety.isDirectionOverride($0) })
        {
            return []
        }
        switch charset {
        case .latin1, .ascii:
            if charset == .latin1, let known = Transliteration.latin1(character) {
                return [Cell(character: known, columns: 1, style: style)]
            }
            return Transliteration.ascii(character).map { Cell(character: $0, columns: 1, style: style) }
        default:
            return [Cell(character: character, columns: DisplayWidth.columns(of: character), style: style)]
        }
    }
}
