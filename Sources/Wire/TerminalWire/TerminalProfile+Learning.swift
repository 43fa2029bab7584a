extension TerminalProfile {
    /// Families of terminals that take the sixteen colours, as they occur in terminal types (RFC 1091).
    private static let colourful = [
        "XTERM", "ANSI", "VT1", "VT2", "LINUX", "SCREEN", "TMUX", "RXVT", "MUDLET", "TINTIN", "MUSHCLIENT",
    ]

    /// Learns from the name of a terminal, such as `xterm-256color`; one that says nothing of colours changes nothing.
    ///
    /// - Source: the names of terminfo, in which `-direct` is what others call `-truecolor`.
    package mutating func learn(fromTerminalType type: String) {
        let name = type.uppercased()
        let told: ColourDepth =
            if name.hasSuffix("-TRUECOLOR") || name.hasSuffix("-DIRECT") {
                .trueColour
            } else if name.hasSuffix("-256COLOR") {
                .indexed256
            } else if Self.colourful.contains(where: name.contains) {
                .ansi16
            } else {
                .none
            }
        // A client tells several names, and not the best one last.
        colour = max(colour, told)
    }
}
