/// How many colours a terminal shows.
package enum ColourDepth: Hashable, Sendable {
    case none
    case ansi16
}

/// Which characters a terminal shows.
package enum TerminalCharset: Hashable, Sendable {
    case utf8
    case latin1
    case ascii
}

/// What is known of one player's screen; equal profiles get equal octets.
package struct TerminalProfile: Hashable, Sendable {
    /// Columns at which lines are wrapped; 0 leaves wrapping to the client.
    package var width: Int
    package var colour: ColourDepth
    package var charset: TerminalCharset
    /// Whether the screen is read aloud: no prompts, nothing that is there for its looks.
    package var screenReader: Bool

    package init(
        width: Int = 0, colour: ColourDepth = .none, charset: TerminalCharset = .utf8, screenReader: Bool = false
    ) {
        self.width = width
        self.colour = colour
        self.charset = charset
        self.screenReader = screenReader
    }
}
