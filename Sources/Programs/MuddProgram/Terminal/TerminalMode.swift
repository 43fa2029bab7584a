import Glibc

/// How the terminal at standard input treats what is typed; a pipe or a file stays as it is.
struct TerminalMode: Sendable {
    enum Kind: Equatable {
        /// The terminal edits a line and gives it when it is ended, or when the escape key is pressed.
        case lines(shown: Bool)
        /// Each key comes at once, and none is shown.
        case keys
    }

    /// Ctrl-], which ends a line for the reader and is no part of it.
    static let escape: UInt8 = 0x1D

    private let original: termios?

    init() {
        var settings = termios()
        original = tcgetattr(STDIN_FILENO, &settings) == 0 ? settings : nil
    }

    /// Whether a person types.
    var isTerminal: Bool { original != nil }

    func set(_ kind: Kind) {
        guard var settings = original else { return }
        switch kind {
        case .lines(let isShown):
            settings.c_lflag |= tcflag_t(ICANON | ISIG)
            if !isShown { settings.c_lflag &= ~tcflag_t(ECHO) }
            withUnsafeMutableBytes(of: &settings.c_cc) { $0[Int(VEOL)] = Self.escape }
        case .keys:
            settings.c_iflag &= ~tcflag_t(ICRNL | IXON)
            settings.c_lflag &= ~tcflag_t(ICANON | ISIG | IEXTEN | ECHO)
            withUnsafeMutableBytes(of: &settings.c_cc) {
                $0[Int(VMIN)] = 1
                $0[Int(VTIME)] = 0
            }
        }
        tcsetattr(STDIN_FILENO, TCSADRAIN, &settings)
    }

    /// Gives the terminal the settings back that it had.
    func restore() {
        if var original { tcsetattr(STDIN_FILENO, TCSADRAIN, &original) }
    }

    /// The size of the terminal at standard output; nil where there is none.
    static var size: (columns: Int, rows: Int)? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return (Int(size.ws_col), Int(size.ws_row))
    }
}
