/// What a ``LineEditor`` asks its owner to do, in the order of the keys that caused it.
package enum LineEditorAction: Hashable, Sendable {
    /// Take a line that is whole; the editor already holds the next one, which is empty.
    case line(String)
    /// Tell that a line was longer than ``LineLimits/lineOctets``; it can be recalled, and none of it was taken.
    case lineTooLong
    /// Find how the word before the cursor goes on, and answer with what was found.
    ///
    /// The cursor is an index of characters; the text is the whole line.
    case complete(text: String, cursor: Int)
    /// Show what the word may become.
    case list([String])
    /// Notice that the line was given up.
    case interrupt
    /// Notice that nothing more is meant to come.
    case endOfInput
    /// Draw the screen anew.
    case clear
    /// Ring: the key did nothing.
    case bell
}

/// How the word before the cursor may go on.
package struct LineCompletion: Hashable, Sendable {
    /// The index of the first character that a candidate stands for.
    package var start: Int
    /// What may stand from there up to the cursor.
    package var candidates: [String]

    package init(start: Int, candidates: [String]) {
        self.start = start
        self.candidates = candidates
    }
}
