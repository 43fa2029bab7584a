package import Basics

/// Keeps a prompt and a line at the foot of what a terminal shows, whatever is written meanwhile.
///
/// ```text
///   output ──┐     what others do is written above,
///   output   │     and the line stays whole
///   > take la_     the prompt and the line, over as many rows as they need
///   Hall 12:30     the line of status, which does not scroll
/// ```
///
/// Only what has changed is sent. All that is known of the terminal is its size: the screen is written relative to the
/// cursor, which is always where this left it.
///
/// - Isolation: none; a value type. Appends octets to the output that the caller gives.
/// - Limits: a line of more rows than the terminal has is shown in part.
/// - Complexity: a change is O(*n*) in the line.
/// - SeeAlso: `TerminalWireTests/LineScreenTests`.
package struct LineScreen: Sendable {
    private var profile: TerminalProfile
    private var width: Int
    private var height: Int
    /// Whether the terminal has told its height: where its last row is cannot be guessed.
    private var hasHeight: Bool
    /// What the terminal shows of the line.
    private var shown = LineLayout()
    /// What stands in the last row; nil when that scrolls like the others.
    private(set) var status: StyledText?
    /// Whether the last row does not scroll.
    private var hasStatusRow = false

    /// Rows that are there for text and the line.
    var scrollingRows: Int { height - (hasStatusRow ? 1 : 0) }

    /// Rows below which a line of status would leave too little.
    private static let leastHeightWithStatus = 6

    package init(profile: TerminalProfile, width: Int? = nil, height: Int? = nil) {
        self.profile = profile
        self.width = width ?? LineLimits.assumedWidth
        self.height = height ?? LineLimits.assumedHeight
        hasHeight = height != nil
    }

    /// Shows a prompt and a line in place of what was shown.
    ///
    /// - Parameters:
    ///   - prompt: What stands before the line.
    ///   - text: The line; empty while it is hidden.
    ///   - cursor: The index of the character on which the cursor stands.
    ///   - output: Gets the octets.
    package mutating func draw(prompt: StyledText, text: [Character], cursor: Int, into output: inout [UInt8]) {
        let layout = LineLayout(
            prompt: prompt, text: text, cursor: cursor, profile: profile, width: width, height: scrollingRows)
        show(layout, into: &output)
    }

    /// Takes the prompt and the line away; what is written next stands in their place.
    package mutating func erase(into output: inout [UInt8]) { show(LineLayout(), into: &output) }

    /// Leaves the prompt and the line where they are, as part of what was said, and goes to the next row.
    package mutating func commit(into output: inout [UInt8]) {
        output += TerminalSequences.down(shown.rows.count - 1 - shown.cursorRow)
        output += TerminalSequences.lineEnd
        shown = LineLayout()
    }

    /// Writes text in the place of the line, which has to be drawn again behind it.
    ///
    /// - Parameters:
    ///   - text: Octets as a ``TerminalRenderer`` makes them, in whole lines; a line end that is missing is added.
    ///   - output: Gets the octets.
    package mutating func print(_ text: [UInt8], into output: inout [UInt8]) {
        if text.isEmpty { return }
        erase(into: &output)
        output += text
        if !Self.endsLine(text) { output += TerminalSequences.lineEnd }
    }

    /// Whether nothing visible follows the last line end.
    private static func endsLine(_ text: [UInt8]) -> Bool {
        var end = text.count
        while end > 0 {
            if text[end - 1] == 0x0A { return true }
            guard text[end - 1] == UInt8(ascii: "m"), let escape = text[..<end].lastIndex(of: 0x1B),
                end - escape <= LineLimits.sequenceOctets * 2
            else { return false }
            end = escape
        }
        return true
    }

    // MARK: The whole screen

    /// Takes the size and the look of the terminal, and draws the line of status where that is now.
    ///
    /// The line has to be drawn again.
    package mutating func change(
        profile: TerminalProfile, width: Int?, height: Int?, into output: inout [UInt8]
    ) {
        let newWidth = width ?? LineLimits.assumedWidth
        let newHeight = height ?? LineLimits.assumedHeight
        let sizeIsSame = newWidth == self.width && newHeight == self.height && hasHeight == (height != nil)
        if profile == self.profile, sizeIsSame { return }
        erase(into: &output)
        if hasStatusRow {
            output +=
                TerminalSequences.keepCursor + TerminalSequences.scrollEverywhere + TerminalSequences.restoreCursor
            // Where the old row is now, depends on the terminal: one that grows may show again what had scrolled out. But it
            // is below the line, and nothing else is.
            output += TerminalSequences.eraseToScreenEnd
            hasStatusRow = false
        }
        self.profile = profile
        self.width = newWidth
        self.height = newHeight
        hasHeight = height != nil
        setStatus(status, into: &output)
    }

    /// Clears the screen; the line has to be drawn again.
    package mutating func clear(into output: inout [UInt8]) {
        output += TerminalSequences.eraseScreen
        shown = LineLayout()
        if hasStatusRow { drawStatus(into: &output) }
    }

    /// Shows a text in a last row that does not scroll, or gives that row back; the line has to be drawn again.
    ///
    /// A terminal of few rows, or of a height that is not known, gives none.
    package mutating func setStatus(_ text: StyledText?, into output: inout [UInt8]) {
        let isWanted = text != nil && hasHeight && height >= Self.leastHeightWithStatus
        if text == status, isWanted == hasStatusRow { return }
        status = text
        if isWanted, !hasStatusRow {
            erase(into: &output)
            // When the cursor is in the last row, everything goes up by one.
            output += TerminalSequences.lineEnd + TerminalSequences.up(1)
            output += TerminalSequences.keepCursor + TerminalSequences.scroll(first: height - 1)
            output += TerminalSequences.restoreCursor
        } else if !isWanted, hasStatusRow {
            output += TerminalSequences.keepCursor + TerminalSequences.row(height) + TerminalSequences.eraseToLineEnd
            output += TerminalSequences.scrollEverywhere + TerminalSequences.restoreCursor
        }
        hasStatusRow = isWanted
        if isWanted { drawStatus(into: &output) }
    }

    private func drawStatus(into output: inout [UInt8]) {
        let layout = LineLayout(
            prompt: StyledText(status?.plain ?? ""), text: [], cursor: 0, profile: profile, width: width,
            height: .max)
        output += TerminalSequences.keepCursor + TerminalSequences.row(height) + TerminalSequences.reversed
        write(layout.rows[0][...], into: &output)
        output += TerminalSequences.normal + TerminalSequences.eraseToLineEnd + TerminalSequences.restoreCursor
    }

    // MARK: From one layout to the next

    private mutating func show(_ new: LineLayout, into output: inout [UInt8]) {
        var row = shown.cursorRow
        var column = shown.cursorColumn
        /// Goes to a place among the rows that there are.
        func move(to newRow: Int, _ newColumn: Int) {
            output += newRow < row ? TerminalSequences.up(row - newRow) : TerminalSequences.down(newRow - row)
            if newColumn != column {
                if newColumn == 0 || newColumn < column { output.append(0x0D) }
                output += TerminalSequences.right(newColumn < column ? newColumn : newColumn - column)
            }
            (row, column) = (newRow, newColumn)
        }
        for index in new.rows.indices {
            let cells = new.rows[index]
            var start = 0
            if index < shown.rows.count {
                let old = shown.rows[index]
                if old == cells { continue }
                start = Self.common(old, cells)
                move(to: index, shown.column(of: start, in: index))
            } else {
                move(to: index - 1, column)
                output += TerminalSequences.lineEnd
                (row, column) = (index, 0)
            }
            write(cells[start...], into: &output)
            let end = new.column(of: cells.count, in: index)
            if index >= shown.rows.count || end < shown.column(of: shown.rows[index].count, in: index) {
                output += TerminalSequences.eraseToLineEnd
            }
            column = end
        }
        if new.rows.count < shown.rows.count {
            for index in new.rows.count..<shown.rows.count {
                move(to: index, 0)
                output += TerminalSequences.eraseToLineEnd
            }
        }
        move(to: new.cursorRow, new.cursorColumn)
        shown = new
    }

    /// How many cells both rows begin with; what takes no column goes with the sign it stands on.
    private static func common(_ old: [LineLayout.Cell], _ new: [LineLayout.Cell]) -> Int {
        var count = 0
        while count < min(old.count, new.count), old[count] == new[count] { count += 1 }
        while count > 0,
            count < old.count && old[count].columns == 0 || count < new.count && new[count].columns == 0
        {
            count -= 1
        }
        return count
    }

    private func write(_ cells: ArraySlice<LineLayout.Cell>, into output: inout [UInt8]) {
        var style = TextStyle.plain
        var isStyled = false
        for cell in cells {
            if cell.style != style {
                if isStyled { output += StylePalette.reset }
                style = cell.style
                let start = StylePalette.start(style, profile.colour, profile.palette)
                output += start
                isStyled = !start.isEmpty
            }
            output.append(contentsOf: String(cell.character).utf8)
        }
        if isStyled { output += StylePalette.reset }
    }
}
