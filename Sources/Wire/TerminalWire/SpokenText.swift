import Basics

extension StyledText {
    /// The text for somebody who listens to it line by line: one column, and nothing but words.
    ///
    /// ```text
    ///   spaces that indent or align      none, one
    ///   frames, rules (===, ---, U+2500 to U+259F)      left out
    ///   empty lines                      left out
    /// ```
    ///
    /// Headings and list items keep their form, which a screen reader announces as it is.
    ///
    /// - Complexity: O(*n*).
    var spoken: StyledText {
        var result = StyledText()
        for line in lines {
            let words = line.spokenLine
            if words.isEmpty { continue }
            if !result.isEmpty { result.append("\n") }
            result.append(words)
        }
        return result
    }

    /// One line of it; empty for one without words.
    private var spokenLine: StyledText {
        var result = StyledText()
        // Nothing has been written, so that spaces would indent.
        var followsSpace = true
        for run in runs {
            var text = ""
            for character in run.text where !character.isDrawing {
                if character == " ", followsSpace { continue }
                followsSpace = character == " "
                text.append(character)
            }
            result.append(text, run.style)
        }
        return result.isRule ? StyledText() : result
    }

    /// Whether it is a line of signs only, drawn rather than said.
    private var isRule: Bool {
        var count = 0
        for run in runs {
            for character in run.text where character != " " {
                if !Self.ruleSigns.contains(character) { return false }
                count += 1
            }
        }
        return count != 1 && count != 2
    }

    /// Signs that rules and frames are made of where there is only ASCII.
    private static let ruleSigns: Set<Character> = ["-", "=", "_", "~", "*", "+", "|", "#"]
}

extension Character {
    /// Box drawings and block elements.
    fileprivate var isDrawing: Bool {
        unicodeScalars.first.map { (0x2500...0x259F).contains($0.value) } == true
    }
}
