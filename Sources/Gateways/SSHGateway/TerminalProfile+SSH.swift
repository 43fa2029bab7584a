import SSHWire
import TerminalWire

extension TerminalProfile {
    /// Learns from the terminal that a client has asked for.
    mutating func learn(from terminal: SSHTerminalRequest) {
        learn(fromTerminalType: terminal.type)
        // What is called dumb has no colours, whatever its name goes on with.
        if Self.isDumb(terminal.type) { colour = .none }
        marksPrompts = Self.marking.contains { terminal.type.lowercased().contains($0) }
        width = Self.width(of: terminal.size)
    }

    /// Whether a terminal of that name knows no sequences at all, as the windows of editors in which programs run.
    static func isDumb(_ type: String) -> Bool { type.hasPrefix("dumb") || dumb.contains(type) }

    /// What terminfo calls generic, where nobody knows what it can do.
    private static let dumb: Set<String> = ["", "unknown", "network", "dialup", "emacs"]

    /// What terminals are called that make use of marks; others might show them.
    private static let marking = ["kitty", "foot", "wezterm", "ghostty", "contour", "iterm", "vscode"]

    /// Columns of a window; nil when the client does not know.
    static func width(of size: SSHWindowSize) -> Int? { size.columns == 0 ? nil : Int(min(size.columns, widest)) }

    /// Rows of a window; nil when the client does not know.
    static func height(of size: SSHWindowSize) -> Int? { size.rows == 0 ? nil : Int(min(size.rows, widest)) }

    /// No window has more columns or rows, whatever a client says.
    private static let widest: UInt32 = 65_535

    /// Learns from a variable of the client's environment, which is a label and nothing more.
    ///
    /// - Returns: Whether it says something.
    mutating func learn(_ value: String, ofVariable name: String) -> Bool {
        switch name {
        case "COLORTERM":
            if ["truecolor", "24bit"].contains(value.lowercased()) { colour = max(colour, .trueColour) }
        case "NO_COLOR":
            // Of any content but none: https://no-color.org
            if !value.isEmpty { colour = .none }
        case "LC_ALL", "LC_CTYPE", "LANG":
            // The encoding stands behind a dot: de_DE.ISO-8859-1. Without one nothing is known.
            let encoding = value.split(separator: ".", maxSplits: 1).dropFirst().first?.prefix { $0 != "@" }
                .lowercased()
            if let encoding, !["utf-8", "utf8"].contains(encoding) { charset = .ascii }
        case "LC_MESSAGES": break
        case "TERM_PROGRAM", "LC_TERMINAL":
            if Self.marking.contains(where: value.lowercased().contains) { marksPrompts = true }
        case "SCREEN_READER":
            if value == "1" { screenReader = true }
        default:
            return false
        }
        return true
    }
}
