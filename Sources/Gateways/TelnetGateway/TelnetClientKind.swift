import TelnetWire

/// Whether a client is a terminal that somebody types at, as `telnet` in a window is, or a program with an input line of
/// its own.
///
/// A terminal tells one name, which terminfo has, and agrees to nothing that is for games alone. Programs for games tell
/// several names or one that no terminal has, and agree to some of those options.
struct TelnetClientKind {
    private var names: [String] = []
    /// Whether it said that it is a program for games.
    var isProgram = false

    /// How the names of terminals begin of which terminfo knows that they can do what a VT100 does.
    private static let terminals = [
        "XTERM", "VT100", "VT102", "VT220", "VT320", "VT420", "LINUX", "SCREEN", "TMUX", "RXVT", "KONSOLE", "GNOME",
        "PUTTY",
        "ALACRITTY", "KITTY", "FOOT", "ST-", "KTERM", "ETERM", "CYGWIN",
    ]

    /// What only programs for games agree to.
    private static let gameOptions: [TelnetOption] = [
        .endOfRecord, .characterSet, .gmcp, .msdp, .mssp, .mxp, .mccp2, .mccp3,
    ]

    /// Takes one of the names that a client tells.
    mutating func note(terminalType: String) {
        if !names.contains(terminalType), names.count < 2 { names.append(terminalType) }
    }

    /// Takes an option that is in force now, on whichever side.
    mutating func note(_ option: TelnetOption) {
        if Self.gameOptions.contains(option) { isProgram = true }
    }

    /// Whether it is a terminal for all that is known.
    var isPlainTerminal: Bool {
        guard !isProgram, names.count == 1, let name = names.first?.uppercased() else { return false }
        return Self.terminals.contains { name.hasPrefix($0) }
    }
}
