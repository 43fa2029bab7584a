/// A long text, shown a page at a time.
///
/// ```text
///   Enter, space, n      the next page
///   b                    the page before
///   q                    the rest is not shown
/// ```
///
/// - Isolation: none; a value type.
/// - Limits: ``LineLimits/pagerLines`` and ``LineLimits/pagesBack``.
/// - SeeAlso: `TerminalWireTests/TextPagerTests`.
package struct TextPager: Hashable, Sendable {
    /// What somebody wants of the pager.
    package enum Answer: Hashable, Sendable {
        case next, back, quit

        /// What a line means; nil for one that is not meant for the pager.
        package init?(line: String) {
            switch line.lowercased().filter({ !$0.isWhitespace }) {
            case "", "n", "next": self = .next
            case "b", "back": self = .back
            case "q", "quit": self = .quit
            default: return nil
            }
        }

        /// What a key means; nil for one that is not meant for the pager.
        package init?(key: TerminalKey) {
            switch key {
            case .enter, .text(" "), .text("n"), .special(.pageDown, _), .special(.down, _): self = .next
            case .text("b"), .special(.pageUp, _), .special(.up, _): self = .back
            case .text("q"), .text("Q"), .escape, .control(0x03), .control(0x04): self = .quit
            default: return nil
            }
        }
    }

    private let lines: [[UInt8]]
    /// Rows of the screen that each line needs.
    private let rows: [Int]
    /// Rows of a page.
    private let height: Int
    /// The first line that was not shown yet.
    private var position = 0
    /// Where the pages began that were shown, the one on the screen last.
    private var starts: [Int] = []

    /// Takes a text that is worth it; nil for one that fits on one page, and for one that is too long to be kept.
    ///
    /// - Parameters:
    ///   - text: Octets as a ``TerminalRenderer`` makes them.
    ///   - height: Rows of the terminal that scroll, of which one is for the question.
    ///   - width: Columns at which the terminal goes on in the next row; nil counts every line as one row.
    package init?(_ text: [UInt8], height: Int, width: Int? = nil) {
        let page = max(2, height - 1)
        let ends = text.indices.filter { text[$0] == 0x0A }
        if ends.count > LineLimits.pagerLines { return nil }
        var lines: [[UInt8]] = []
        var start = 0
        for end in ends {
            lines.append(Array(text[start...end]))
            start = end + 1
        }
        if start < text.count { lines.append(Array(text[start...])) }
        let rows = lines.map { Self.rows(of: $0, width: width) }
        if rows.prefix(ends.count).reduce(0, +) <= page { return nil }
        self.lines = lines
        self.rows = rows
        self.height = page
    }

    /// Rows of a terminal that a line fills.
    private static func rows(of line: [UInt8], width: Int?) -> Int {
        guard let width, width > 0, line.count > width else { return 1 }
        var scanner = EscapeScanner(Array(String(decoding: line, as: UTF8.self).unicodeScalars))
        var columns = 0
        while let scalar = scanner.next() {
            if scalar.value >= 0x20 { columns += DisplayWidth.columns(of: scalar) }
        }
        return max(1, (columns + width - 1) / width)
    }

    /// Whether everything was shown.
    package var isAtEnd: Bool { position >= lines.count }

    /// The octets of the next page; none at the end.
    package mutating func next() -> [UInt8] {
        if isAtEnd { return [] }
        starts.append(position)
        if starts.count > LineLimits.pagesBack { starts.removeFirst() }
        var end = position + 1
        var used = rows[position]
        while end < lines.count, used + rows[end] <= height {
            used += rows[end]
            end += 1
        }
        defer { position = end }
        return Array(lines[position..<end].joined())
    }

    /// The octets of the page before; of the first one again when there is none.
    package mutating func back() -> [UInt8] {
        if let current = starts.popLast() { position = current }
        if let before = starts.popLast() { position = before }
        return next()
    }
}
