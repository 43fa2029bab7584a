package import Basics

/// In which colours somebody reads: a theme, and what they chose themselves for some kinds of text.
package struct TerminalPalette: Hashable, Sendable {
    package var theme: ColourTheme
    package var choices: [TextStyle: TextColour]

    package init(theme: ColourTheme = .either, choices: [TextStyle: TextColour] = [:]) {
        self.theme = theme
        self.choices = choices
    }
}

/// The background for which colours are chosen.
package enum ColourTheme: String, Hashable, Sendable, CaseIterable {
    /// Readable on a dark and on a light one.
    case either
    case dark
    case light
    /// No colours, but bold, underlined and reversed in the terminal's own.
    case contrast
    /// Nothing at all.
    case plain = "none"
}
