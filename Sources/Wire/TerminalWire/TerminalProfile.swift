/// How a player's terminal is to be written to.
package struct TerminalProfile: Hashable, Sendable {
    /// Columns of a line; nil leaves lines as long as they are.
    package var width: Int?
    package var colour: ColourDepth
    package var charset: Charset
    /// The player listens instead of looking: lines are not wrapped, so that speech does not pause inside sentences.
    package var screenReader: Bool

    package init(
        width: Int? = nil, colour: ColourDepth = .none, charset: Charset = .utf8, screenReader: Bool = false
    ) {
        self.width = width
        self.colour = colour
        self.charset = charset
        self.screenReader = screenReader
    }
}

/// How many colours a terminal shows.
package enum ColourDepth: UInt8, Hashable, Sendable, CaseIterable {
    case none
    /// The sixteen of ECMA-48 SGR 30–37 and 90–97.
    case ansi16
}

/// How characters become octets.
package enum Charset: UInt8, Hashable, Sendable, CaseIterable {
    case utf8
    /// ISO 8859-1, one octet a character.
    case latin1
    case ascii
}
