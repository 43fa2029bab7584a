import TerminalWire

/// What a VT100 shows of the octets that are written to it; a double for tests.
///
/// Knows what this game sends and what a VT100 does with it: CR, LF, BS, BEL, signs of one and two columns with the
/// wrap at the last column put off until the next sign, CUU CUD CUF CUP, EL, ED, DECSTBM, DECSC, DECRC. Styles are
/// passed over. What it does not know is counted, so that a test can insist on nothing else being sent.
package struct TerminalScreen {
    package private(set) var width: Int
    package private(set) var height: Int
    /// The rows, top first, with a nil behind each sign of two columns.
    private var cells: [[Character?]]
    package private(set) var row = 0
    package private(set) var column = 0
    /// Rows that scrolled out at the top, oldest first, without trailing spaces.
    package private(set) var history: [String] = []
    package private(set) var bells = 0
    /// Sequences and controls that were not understood.
    package private(set) var unknown = 0
    private var top = 0
    private var bottom: Int
    private var isWrapDue = false
    private var kept = (row: 0, column: 0)
    private var pending: [Unicode.Scalar] = []
    private var isInSequence = false
    private var octets: [UInt8] = []

    package init(width: Int, height: Int) {
        self.width = max(2, width)
        self.height = max(2, height)
        bottom = self.height - 1
        cells = Array(repeating: Array(repeating: " ", count: self.width), count: self.height)
    }

    /// The visible rows without trailing spaces, and without the empty ones at the end.
    package var lines: [String] {
        var lines = cells.map { Self.text($0) }
        while lines.last == "" { lines.removeLast() }
        return lines
    }

    /// Everything that was ever on the screen, top first.
    package var transcript: [String] { history + lines }

    private static func text(_ row: [Character?]) -> String {
        var text = String(row.compactMap { $0 })
        while text.last == " " { text.removeLast() }
        return text
    }

    /// Takes octets that were written to the terminal; a character has to arrive whole.
    package mutating func write(_ bytes: [UInt8]) {
        for character in String(decoding: bytes, as: UTF8.self) {
            if isInSequence || character.unicodeScalars.first.map(TextSafety.isControl) == true {
                for scalar in character.unicodeScalars { take(scalar) }
            } else {
                put(character)
            }
        }
    }

    /// Takes another size as tmux, xterm and others do, all rows scrolling again.
    ///
    /// More rows show again what had scrolled out, as far as there is something; fewer rows take away those below the cursor
    /// first, and let the top ones scroll out. Rows are cut, not broken anew.
    package mutating func resize(width columns: Int, height rows: Int) {
        let (newWidth, newHeight) = (max(2, columns), max(2, rows))
        func cut(_ row: [Character?]) -> [Character?] {
            Array((row + Array(repeating: " ", count: max(0, newWidth - row.count))).prefix(newWidth))
        }
        cells = cells.map(cut)
        while cells.count < newHeight {
            guard let last = history.popLast() else {
                cells.append(Array(repeating: " ", count: newWidth))
                continue
            }
            cells.insert(cut(Array(last)), at: 0)
            row += 1
        }
        while cells.count > newHeight {
            if row < cells.count - 1 {
                cells.removeLast()
            } else {
                history.append(Self.text(cells.removeFirst()))
                row -= 1
            }
        }
        (width, height) = (newWidth, newHeight)
        column = min(column, width - 1)
        (top, bottom) = (0, height - 1)
        isWrapDue = false
    }

    private mutating func take(_ scalar: Unicode.Scalar) {
        if isInSequence { return takeInSequence(scalar) }
        switch scalar {
        case "\u{1B}":
            isInSequence = true
            pending = []
        case "\r":
            column = 0
            isWrapDue = false
        case "\n": lineFeed()
        case "\u{8}": column = max(0, column - 1)
        case "\u{7}": bells += 1
        default:
            if TextSafety.isControl(scalar) { unknown += 1 } else { put(Character(scalar)) }
        }
    }

    private mutating func takeInSequence(_ scalar: Unicode.Scalar) {
        if pending.isEmpty {
            if scalar == "[" { return pending.append(scalar) }
            isInSequence = false
            switch scalar {
            case "7": kept = (row, column)
            case "8": (row, column, isWrapDue) = (kept.row, kept.column, false)
            default: unknown += 1
            }
            return
        }
        pending.append(scalar)
        if !(0x40...0x7E).contains(scalar.value) { return }
        isInSequence = false
        var text = String.UnicodeScalarView()
        text.append(contentsOf: pending.dropFirst().dropLast())
        finish(String(text), scalar)
    }

    private mutating func finish(_ parameters: String, _ final: Unicode.Scalar) {
        let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        let first = max(1, numbers.first ?? 1)
        switch final {
        case "A": row = max(row >= top ? top : 0, row - first)
        case "B": row = min(row <= bottom ? bottom : height - 1, row + first)
        case "C": column = min(width - 1, column + first)
        case "H":
            row = min(height, first) - 1
            column = min(width, max(1, numbers.count > 1 ? numbers[1] : 1)) - 1
        case "J" where parameters == "2": for index in cells.indices { eraseRow(index, from: 0) }
        case "J" where parameters.isEmpty:
            for index in row..<height { eraseRow(index, from: index == row ? column : 0) }
        case "K" where parameters.isEmpty: eraseRow(row, from: column)
        case "r":
            top = first - 1
            bottom = (numbers.count > 1 ? min(height, max(1, numbers[1])) : height) - 1
            (row, column) = (0, 0)
        case "m": return
        case "h", "l": if parameters != "?2004" { unknown += 1 }
        default: unknown += 1
        }
        isWrapDue = false
    }

    private mutating func eraseRow(_ index: Int, from start: Int) {
        for column in start..<width { cells[index][column] = " " }
    }

    private mutating func lineFeed() {
        isWrapDue = false
        if row == bottom {
            if top == 0 { history.append(Self.text(cells[0])) }
            cells.remove(at: top)
            cells.insert(Array(repeating: " ", count: width), at: bottom)
        } else if row < height - 1 {
            row += 1
        }
    }

    private mutating func put(_ character: Character) {
        let columns = DisplayWidth.columns(of: character)
        if columns == 0 {
            if column > 0, let base = cells[row][column - 1] {
                cells[row][column - 1] = Character("\(base)\(character)")
            }
            return
        }
        if isWrapDue || column + columns > width {
            column = 0
            lineFeed()
        }
        // Half of a sign of two columns is no sign.
        if column > 0, cells[row][column] == nil { cells[row][column - 1] = " " }
        cells[row][column] = character
        if columns == 2 { cells[row][column + 1] = nil }
        column += columns
        if column < width, cells[row][column] == nil { cells[row][column] = " " }
        if column >= width {
            column = width - 1
            isWrapDue = true
        }
    }
}
