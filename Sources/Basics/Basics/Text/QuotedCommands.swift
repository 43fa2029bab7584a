/// What may be typed, told from the words around it where no colour does that.
///
/// ```text
///   Type 'commands' for a list, or 'help'.       in a sentence
///   Use it like this: tell NAME TEXT.            after a colon it is clear already
///   Gestures: agree, applaud, babble and beam    so it is in a long list,
///     tell NAME TEXT                             and in a line of its own
/// ```
///
/// - SeeAlso: `BasicsTests/QuotedCommandsTests`.
extension StyledText {
    /// Commands in one row from which on it is a list, and needs no marks.
    private static let list = 4
    private static let mark = "'"

    /// The text with marks around the commands in its sentences.
    ///
    /// - Complexity: O(*n*) in the text; itself when there is no command in it.
    package var quotingCommands: StyledText {
        guard runs.contains(where: { $0.style == .command }) else { return self }
        var result = self
        var first = 0
        while first < runs.count {
            guard runs[first].style == .command else {
                first += 1
                continue
            }
            // Those that only a comma or a word such as `or` stands between.
            var last = first
            while last + 2 < runs.count, runs[last + 2].style == .command, Self.joins(runs[last + 1].text) { last += 2 }
            let count = (last - first) / 2 + 1
            let before = first > 0 ? lineEnd(of: first - 1) : ""
            let after = last + 1 < runs.count ? lineStart(of: last + 1) : ""
            if count < Self.list, Self.isSentence(before, after) {
                for index in stride(from: first, through: last, by: 2) where !runs[index].text.contains(Self.mark) {
                    result.runs[index].text = Self.mark + runs[index].text + Self.mark
                }
            }
            first = last + 1
        }
        return result
    }

    /// What stands before a run in its line; empty at the beginning of a line.
    private func lineEnd(of index: Int) -> Substring {
        let text = runs[index].text
        guard let end = text.unicodeScalars.lastIndex(of: "\n") else {
            // Whatever is before it makes it the middle of a line.
            return index > 0 && text.allSatisfy { $0 == " " } ? "x" : text[...]
        }
        return text[text.unicodeScalars.index(after: end)...]
    }

    private func lineStart(of index: Int) -> Substring {
        let text = runs[index].text
        return text[..<(text.unicodeScalars.firstIndex(of: "\n") ?? text.endIndex)]
    }

    /// Whether a row of commands between two texts of a line is a part of a sentence.
    private static func isSentence(_ before: Substring, _ after: Substring) -> Bool {
        let before = before.reversed().drop { $0 == " " }
        if before.first == ":" || before.first == "：" { return false }
        // Also after the marker of an item in a list.
        let isFirst = before.isEmpty || before.count == 1 && "-*•".contains(before.first ?? "-")
        if !isFirst { return true }
        return after.first == " " && after.dropFirst().first.map { $0.isLetter } ?? false
    }

    private static let joints: Set<String> = [
        ", ", " or ", " and ", ", or ", ", and ", "、", "或", "和", " 或 ", " 和 ", "或 ", "和 ", " 或", " 和",
    ]

    /// Spaces alone stand between columns, as of words to choose from.
    private static func joins(_ text: String) -> Bool { joints.contains(text) || text.allSatisfy { $0 == " " } }
}
