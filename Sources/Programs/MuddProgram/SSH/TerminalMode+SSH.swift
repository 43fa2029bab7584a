import Glibc
import SSHWire

extension TerminalMode {
    /// The size of the terminal at standard output; 80 by 24 where there is none.
    static var windowSize: SSHWindowSize {
        let size = size ?? (80, 24)
        return SSHWindowSize(columns: UInt32(clamping: size.columns), rows: UInt32(clamping: size.rows))
    }

    /// What a server is told of the terminal at standard input.
    var request: SSHTerminalRequest {
        SSHTerminalRequest(type: SSHHome.variable("TERM") ?? "dumb", size: Self.windowSize, modes: modes)
    }

    private var modes: SSHTerminalModes {
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return SSHTerminalModes() }
        var modes = SSHTerminalModes()
        let characters: [(SSHTerminalModes.Mode, Int32)] = [
            (.interrupt, VINTR), (.erase, VERASE), (.killLine, VKILL), (.endOfInput, VEOF),
        ]
        withUnsafeBytes(of: settings.c_cc) { octets in
            for (mode, index) in characters { modes[mode] = UInt32(octets[Int(index)]) }
        }
        modes[.canonical] = settings.c_lflag & tcflag_t(ICANON) == 0 ? 0 : 1
        modes[.echo] = settings.c_lflag & tcflag_t(ECHO) == 0 ? 0 : 1
        modes[.inputIsUTF8] = settings.c_iflag & tcflag_t(IUTF8) == 0 ? 0 : 1
        modes[.inputSpeed] = 38_400
        modes[.outputSpeed] = 38_400
        return modes
    }
}
