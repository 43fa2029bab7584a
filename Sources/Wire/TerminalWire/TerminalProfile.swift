/// How a player's terminal is to be written to.
package struct TerminalProfile: Hashable, Sendable {
    /// Columns of a line; nil leaves lines as long as they are.
    package var width: Int?
    package var colour: ColourDepth
    package var palette: TerminalPalette
    package var charset: Charset
    /// The player listens instead of looking: lines are not wrapped, so that speech does not pause inside sentences.
    package var screenReader: Bool
    /// Whether commands can be clicked, by MXP; only when the client has agreed to it.
    package var hasLinks = false
    /// Whether the terminal wants to know where prompts and answers begin, to jump between them: OSC 133.
    package var marksPrompts = false
    /// Whether the time stands before what others say and do; whoever renders knows the time and puts it there.
    package var showsTime: Bool

    package init(
        width: Int? = nil, colour: ColourDepth = .none, charset: Charset = .utf8, screenReader: Bool = false,
        showsTime: Bool = false, palette: TerminalPalette = TerminalPalette()
    ) {
        self.width = width
        self.colour = colour
        self.charset = charset
        self.screenReader = screenReader
        self.showsTime = showsTime
        self.palette = palette
    }
}

/// How many colours a terminal shows, fewest first.
package enum ColourDepth: UInt8, Hashable, Sendable, CaseIterable, Comparable {
    case none
    /// The sixteen of ECMA-48 SGR 30–37 and 90–97.
    case ansi16
    /// The palette of xterm, SGR 38;5.
    case indexed256
    /// Red, green and blue of eight bits each, SGR 38;2.
    case trueColour

    package static func < (left: ColourDepth, right: ColourDepth) -> Bool { left.rawValue < right.rawValue }
}

/// Which characters a client has, those first that are rather wanted; the names are those of the setting.
///
/// What is rendered is UTF-8 all the same, with the characters of `latin1` or of ASCII alone for these two; the door puts
/// it into the octets of the character set.
package enum Charset: String, Hashable, Sendable, CaseIterable {
    case utf8
    /// ISO 8859-1.
    case latin1
    /// Simplified Chinese of Windows.
    case gbk
    /// Traditional Chinese.
    case big5
    /// The code page of the first personal computers, with frames and shades.
    case cp437
    case ascii
}
