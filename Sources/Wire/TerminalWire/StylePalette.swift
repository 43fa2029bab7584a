import Basics

/// The one table of what a style looks like in colour.
///
/// ```text
///   ESC [ parameters m       SGR; ends with ESC [ 0 m
///   38;5;N   38;2;R;G;B      one of 256 colours; red, green and blue
/// ```
///
/// With sixteen colours the parameters are the terminal's own, so that a player's palette decides about contrast.
/// Without a theme there is no blue (34), which is unreadable on black, and no white or black (37, 30), which vanish on
/// one of the usual backgrounds; the colours of the deeper palettes are the same everywhere, so they keep a contrast of
/// 4.5 : 1 both on black and on white. Themes know the background and keep 7 : 1 on it. Colour is never the only cue: the
/// text says by itself what its styles mean.
///
/// - Source: ECMA-48 §8.3.117, ITU-T T.416 §13.1.8 as xterm has it; WCAG 2.2 §1.4.3 and §1.4.6 for contrast.
enum StylePalette {
    static let reset: [UInt8] = [0x1B, 0x5B, 0x30, 0x6D]

    /// The sequence that starts a style; empty if it looks like plain text.
    static func start(
        _ style: TextStyle, _ depth: ColourDepth, _ palette: TerminalPalette = TerminalPalette()
    ) -> [UInt8] {
        if depth == .none || palette.theme == .plain { return [] }
        if !palette.choices.isEmpty, let chosen = palette.choices[style] { return start(chosen, depth, palette.theme) }
        let table = tables[place(of: palette.theme)]
        return table[(Int(depth.rawValue) - 1) * TextStyle.allCases.count + Int(style.rawValue)]
    }

    /// The sequence of a colour that was chosen.
    private static func start(_ colour: TextColour, _ depth: ColourDepth, _ theme: ColourTheme) -> [UInt8] {
        sequence(shade(of: colour, theme), depth)
    }

    private static func place(of theme: ColourTheme) -> Int {
        switch theme {
        case .either: 0
        case .dark: 1
        case .light: 2
        case .contrast, .plain: 3
        }
    }

    /// By theme, then by depth from sixteen colours on, then by style.
    private static let tables: [[[UInt8]]] = [ColourTheme.either, .dark, .light, .contrast].map { theme in
        [ColourDepth.ansi16, .indexed256, .trueColour].flatMap { depth in
            TextStyle.allCases.map { sequence(look(of: $0, theme), depth) }
        }
    }

    private static func sequence(_ look: Look, _ depth: ColourDepth) -> [UInt8] {
        let parameters =
            switch depth {
            case .none: ""
            case .ansi16: look.ansi16
            case .indexed256: look.indexed256
            case .trueColour: look.trueColour
            }
        return parameters.isEmpty ? [] : Array("\u{1B}[\(parameters)m".utf8)
    }

    private typealias Look = (ansi16: String, indexed256: String, trueColour: String)

    private static func look(of style: TextStyle, _ theme: ColourTheme) -> Look {
        switch theme {
        case .either, .plain: lookOnEither(style)
        case .dark: lookOnDark(style)
        case .light: lookOnLight(style)
        case .contrast: lookInContrast(style)
        }
    }

    private static func lookOnEither(_ style: TextStyle) -> Look {
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

    private static func lookOnDark(_ style: TextStyle) -> Look {
        switch style {
        case .plain: ("", "", "")
        case .title, .emphasis: ("1", "1", "1")
        case .exit: ("96", "38;5;117", "38;2;135;206;250")
        case .thing: ("92", "38;5;114", "38;2;140;220;140")
        case .person: ("95", "38;5;213", "38;2;255;150;230")
        case .speech: ("93", "38;5;222", "38;2;255;220;130")
        case .warning: ("1;91", "1;38;5;210", "1;38;2;255;140;130")
        case .command: ("1;96", "1;38;5;123", "1;38;2;120;240;250")
        case .faint: ("37", "38;5;250", "38;2;185;185;185")
        case .damage: ("91", "38;5;210", "38;2;255;140;130")
        case .healing: ("1;92", "1;38;5;114", "1;38;2;140;220;140")
        case .channel: ("1;95", "38;5;183", "38;2;210;175;255")
        case .tell: ("1;93", "1;38;5;222", "38;2;255;190;120")
        case .quote: ("3", "3", "3")
        }
    }

    private static func lookOnLight(_ style: TextStyle) -> Look {
        switch style {
        case .plain: ("", "", "")
        case .title, .emphasis: ("1", "1", "1")
        case .exit: ("34", "38;5;18", "38;2;0;50;150")
        case .thing: ("32", "38;5;22", "38;2;0;85;20")
        case .person: ("35", "38;5;89", "38;2;130;0;90")
        case .speech: ("31", "38;5;88", "38;2;110;60;0")
        case .warning: ("1;31", "1;38;5;88", "1;38;2;150;0;0")
        case .command: ("1;34", "1;38;5;18", "1;38;2;0;75;95")
        case .faint: ("90", "38;5;239", "38;2;80;80;80")
        case .damage: ("31", "38;5;88", "38;2;150;0;0")
        case .healing: ("1;32", "1;38;5;22", "1;38;2;0;85;20")
        case .channel: ("1;35", "38;5;54", "38;2;80;30;150")
        case .tell: ("1;31", "1;38;5;52", "38;2;120;45;0")
        case .quote: ("3", "3", "3")
        }
    }

    private static func lookInContrast(_ style: TextStyle) -> Look {
        switch style {
        case .plain, .speech, .thing, .quote, .faint: ("", "", "")
        case .title: ("1;4", "1;4", "1;4")
        case .exit: ("4", "4", "4")
        case .person, .emphasis, .command, .healing, .channel, .tell: ("1", "1", "1")
        case .warning, .damage: ("7", "7", "7")
        }
    }

    /// The shade of a colour that suits a theme.
    private static func shade(of colour: TextColour, _ theme: ColourTheme) -> Look {
        let isDark = theme == .dark
        switch colour {
        case .plain: return ("", "", "")
        case .red: return isDark ? ("91", "38;5;210", "38;2;255;140;130") : ("31", "38;5;124", "38;2;175;0;0")
        case .green: return isDark ? ("92", "38;5;114", "38;2;140;220;140") : ("32", "38;5;28", "38;2;0;135;0")
        case .yellow:
            if isDark { return ("93", "38;5;222", "38;2;255;220;130") }
            return theme == .light ? ("33", "38;5;94", "38;2;110;80;0") : ("33", "38;5;136", "38;2;150;115;0")
        case .blue: return isDark ? ("94", "38;5;117", "38;2;135;206;250") : ("34", "38;5;26", "38;2;0;95;215")
        case .magenta: return isDark ? ("95", "38;5;213", "38;2;255;150;230") : ("35", "38;5;127", "38;2;175;0;175")
        case .cyan: return isDark ? ("96", "38;5;123", "38;2;120;240;250") : ("36", "38;5;30", "38;2;0;125;135")
        case .white: return ("97", "38;5;231", "38;2;255;255;255")
        case .black: return ("30", "38;5;16", "38;2;0;0;0")
        case .grey: return isDark ? ("37", "38;5;250", "38;2;185;185;185") : ("90", "38;5;243", "38;2;118;118;118")
        }
    }
}
