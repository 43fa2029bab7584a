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
    /// Lines of a page.
    private let height: Int
    /// The first line that was not shown yet.
    private var position = 0
    /// Where the pages began that were shown, the one on the screen last.
    private var starts: [Int] = []

    /// Takes a text that is worth it; nil for one that fits on one page, and for one that is too long to be kept.
    ///
    /// - Parameters:
    ///   - text: Octets as a ``TerminalRenderer`` makes them.
    ///   - height: Rows of the terminal, of which one is for the question.
    package init?(_ text: [UInt8], height: Int) {
        let page = max(2, height - 1)
        let ends = text.indices.filter { text[$0] == 0x0A }
        if ends.count <= page || ends.count > LineLimits.pagerLines { return nil }
        var lines: [[UInt8]] = []
        var start = 0
        for end in ends {
            lines.append(Array(text[start...end]))
            start = end + 1
        }
        if start < text.count { lines.append(Array(text[start...])) }
        self.lines = lines
        self.height = page
    }

    /// Whether everything was shown.
    package var isAtEnd: Bool { position >= lines.count }

    /// The octets of the next page; none at the end.
    package mutating func next() -> [UInt8] {
        if isAtEnd { return [] }
        starts.append(position)
        if starts.count > LineLimits.pagesBack { starts.removeFirst() }
        let end = min(lines.count, position + height)
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
