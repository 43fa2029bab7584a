import Basics

/// The one table of what a style looks like in colour.
///
/// ```text
///   ESC [ parameters m       SGR; ends with ESC [ 0 m
/// ```
///
/// The parameters are the terminal's own colours, so that a player's palette decides about contrast. There is no
/// blue (34), which is unreadable on black, and no white or black (37, 30), which vanish on one of the usual
/// backgrounds. Colour is never the only cue: the text says by itself what its styles mean.
///
/// - Source: ECMA-48 §8.3.117.
enum StylePalette {
    static let reset: [UInt8] = [0x1B, 0x5B, 0x30, 0x6D]

    /// The sequence that starts a style; empty if it looks like plain text.
    static func start(_ style: TextStyle, _ depth: ColourDepth) -> [UInt8] {
        switch depth {
        case .none: []
        case .ansi16: ansi16[Int(style.rawValue)]
        }
    }

    private static let ansi16: [[UInt8]] = TextStyle.allCases.map { style in
        let parameters = parameters(style)
        return parameters.isEmpty ? [] : Array("\u{1B}[\(parameters)m".utf8)
    }

    private static func parameters(_ style: TextStyle) -> String {
        switch style {
        case .plain: ""
        case .title: "1"
        case .exit: "36"
        case .thing: "32"
        case .person: "35"
        case .speech: "33"
        case .emphasis: "1"
        case .warning: "1;31"
        case .command: "1;36"
        case .faint: "2"
        }
    }
}
