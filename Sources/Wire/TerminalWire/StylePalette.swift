import Basics

/// The one table of what a style looks like in colour.
///
/// ```text
///   ESC [ parameters m       SGR; ends with ESC [ 0 m
///   38;5;N   38;2;R;G;B      one of 256 colours; red, green and blue
/// ```
///
/// With sixteen colours the parameters are the terminal's own, so that a player's palette decides about contrast.
/// There is no blue (34), which is unreadable on black, and no white or black (37, 30), which vanish on one of the
/// usual backgrounds. The colours of the deeper palettes are the same everywhere, so they keep a contrast of
/// 4.5 : 1 both on black and on white. Colour is never the only cue: the text says by itself what its styles mean.
///
/// - Source: ECMA-48 §8.3.117, ITU-T T.416 §13.1.8 as xterm has it; WCAG 2.2 §1.4.3 for contrast.
enum StylePalette {
    static let reset: [UInt8] = [0x1B, 0x5B, 0x30, 0x6D]

    /// The sequence that starts a style; empty if it looks like plain text.
    static func start(_ style: TextStyle, _ depth: ColourDepth) -> [UInt8] {
        switch depth {
        case .none: []
        case .ansi16: ansi16[Int(style.rawValue)]
        case .indexed256: indexed256[Int(style.rawValue)]
        case .trueColour: trueColour[Int(style.rawValue)]
        }
    }

    private static let ansi16 = TextStyle.allCases.map { sequence(look(of: $0).ansi16) }
    private static let indexed256 = TextStyle.allCases.map { sequence(look(of: $0).indexed256) }
    private static let trueColour = TextStyle.allCases.map { sequence(look(of: $0).trueColour) }

    private static func sequence(_ parameters: String) -> [UInt8] {
        parameters.isEmpty ? [] : Array("\u{1B}[\(parameters)m".utf8)
    }

    private typealias Look = (ansi16: String, indexed256: String, trueColour: String)

    private static func look(of style: TextStyle) -> Look {
        switch style {
        case .plain: ("", "", "")
        case .title, .emphasis: ("1", "1", "1")
        case .exit: ("36", "38;5;63", "38;2;12;114;231")
        case .thing: ("32", "38;5;29", "38;2;7;137;29")
        case .person: ("35", "38;5;163", "38;2;223;25;124")
        case .speech: ("33", "38;5;131", "38;2;143;114;0")
        case .warning: ("1;31", "1;31", "1;38;2;232;26;19")
        case .command: ("1;36", "1;38;5;63", "1;38;2;0;130;142")
        case .faint: ("2", "38;5;243", "38;2;118;118;118")
        case .damage: ("31", "31", "38;2;232;26;19")
        case .healing: ("1;32", "1;38;5;29", "1;38;2;7;137;29")
        case .channel: ("1;35", "38;5;98", "38;2;118;94;237")
        case .tell: ("1;33", "1;38;5;131", "38;2;185;92;0")
        case .quote: ("3", "3", "3")
        }
    }
}
