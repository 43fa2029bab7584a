import Basics
package import TerminalWire
package import WorldLanguage

extension TerminalProfile {
    /// Puts a player's own settings over what the client told; one that is missing or unknown changes nothing.
    package mutating func apply(_ preferences: Preferences) {
        if let width = preferences.number(.width) { self.width = width }
        switch preferences[.color] {
        case "on": colour = max(colour, .ansi16)
        case "off": colour = .none
        case "16": colour = .ansi16
        case "256": colour = .indexed256
        case "true": colour = .trueColour
        default: break
        }
        if let theme = preferences.chosen(.theme) { palette.theme = ColourTheme(rawValue: theme) ?? .either }
        palette.choices = preferences.colours
        if let charset = Charset(rawValue: preferences[.encoding]) { self.charset = charset }
        if let reader = preferences.chosen(.screenreader), reader != "auto" { screenReader = reader == "on" }
        if let timestamps = preferences.chosen(.timestamps) { showsTime = timestamps == "on" }
    }
}
