/// How a player's terminal is to be written to.
package struct TerminalProfile: Hashable, Sendable {
    /// Columns of a line; nil leaves lines as long as they are.
    package var width: Int?
    package var colour: ColourDepth
    package var charset: Charset
    /// The player listens instead of looking: lines are not wrapped, so that speech does not pause inside sentences.
    package var screenReader: Bool
    /// Whether the time stands before what others say and do; whoever renders knows the time and puts it there.
    package var showsTime: Bool

    package init(
        width: Int? = nil, colour: ColourDepth = .none, charset: Charset = .utf8, screenReader: Bool = false,
        showsTime: Bool = false
    ) {
        self.width = width
        self.colour = colour
        self.charset = charset
        self.screenReader = screenReader
        self.showsTime = showsTime
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

/// How characters become octets.
package enum Charset: UInt8, Hashable, Sendable, CaseIterable {
    case utf8
    /// ISO 8859-1, one octet a character.
    case latin1
    case ascii
}
