/// One line of a text with its part in the whole, for doors that show more than lines.
///
/// The parts are those of the plain form, so that it and what doors make of them cannot differ:
///
/// ```text
///   Commands                  heading: nothing but the style `title`
///   - a brass lamp            item: `- `, `* ` or `• `, indented or not; neighbours are one list
///     get THING               example: two spaces or more
///   You see a lamp here.      paragraph: anything else
/// ```
///
/// A table is a list whose items begin with what their row is about, because a screen reader reads line by line.
package struct TextBlock: Hashable, Sendable {
    package enum Kind: Hashable, Sendable, CaseIterable {
        case heading
        case paragraph
        case item
        case example
    }

    package var kind: Kind
    /// What stands on the line, without indentation and marker; not empty, and without line ends.
    package var text: StyledText

    package init(_ kind: Kind, _ text: StyledText) {
        self.kind = kind
        self.text = text
    }

    /// Reads one line; nil for one with nothing on it.
    init?(line: StyledText) {
        var line = line
        let indentation = line.removeSpaces()
        guard let first = line.runs.first else { return nil }
        let marker = first.text.first
        if marker == "-" || marker == "*" || marker == "\u{2022}" {
            var item = line
            item.removeFirst()
            if item.removeSpaces() > 0, !item.isEmpty {
                self.init(.item, item)
                return
            }
        }
        let isHeading = line.runs.allSatisfy { $0.style == .title }
        self.init(indentation > 1 ? .example : isHeading ? .heading : .paragraph, line)
    }
}

extension StyledText {
    /// The lines, each with its styles; one more than there are line ends.
    package var lines: [StyledText] {
        var lines = [StyledText()]
        for run in runs {
            // By scalars, because CR and LF are one character.
            let pieces = run.text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            for (index, piece) in pieces.enumerated() {
                if index > 0 { lines.append(StyledText()) }
                lines[lines.count - 1].append(String(piece), run.style)
            }
        }
        return lines
    }

    /// The lines that have something on them, with the part each plays.
    ///
    /// - Complexity: O(*n*) in the text.
    package var blocks: [TextBlock] { lines.compactMap { TextBlock(line: $0) } }

    /// Removes spaces at the beginning.
    ///
    /// - Returns: How many there were.
    fileprivate mutating func removeSpaces() -> Int {
        var count = 0
        while let first = runs.first {
            let rest = first.text.drop { $0 == " " }
            count += first.text.count - rest.count
            if rest.isEmpty {
                runs.removeFirst()
            } else {
                runs[0].text = String(rest)
                break
            }
        }
        return count
    }

    /// Removes the first character.
    fileprivate mutating func removeFirst() {
        if runs.isEmpty { return }
        runs[0].text = String(runs[0].text.dropFirst())
        if runs[0].text.isEmpty { runs.removeFirst() }
    }
}
