/// Every number that bounds what somebody who edits a line can make us hold or send.
///
/// - Source: own choice.
package enum LineLimits {
    /// Octets of a line in UTF-8; as much as is taken from a client that sends whole lines.
    package static let lineOctets = 2048
    /// Octets of parameters of one control sequence; xterm's longest for a key is 7.
    package static let sequenceOctets = 16
    /// Lines that can be recalled.
    package static let historyLines = 200
    /// Octets of all lines that can be recalled, in UTF-8.
    package static let historyOctets = 64 * 1024
    /// Changes that can be taken back.
    package static let undoSteps = 32
    /// Characters of what is searched for in the history.
    package static let searchLength = 64
    /// Completions that are looked for, and lists of them that are shown, in what arrives at once; a pasted text may be
    /// full of tabs.
    package static let completionsPerRead = 4
    /// Candidates that are listed; more are told by their number.
    package static let listedCandidates = 60
    /// Rows of a terminal whose height is unknown: a VT100 had as many.
    package static let assumedHeight = 24
    /// Columns of a terminal whose width is unknown.
    package static let assumedWidth = 80
    /// Milliseconds after which an escape that nothing followed was the key itself.
    ///
    /// A terminal sends a sequence at once, but a slow network may cut it.
    package static let escapeMilliseconds = 500
    /// Pages that one can turn back.
    package static let pagesBack = 50
    /// Lines that a pager holds; what is longer is shown without waiting.
    package static let pagerLines = 20_000
}
