import AdminGateway
import Glibc

/// Gets a new password from a person or a pipe; never from the command line, where others could read it.
enum PasswordEntry {
    /// Octets of standard input that are looked at, far above the longest password.
    private static let longestInput = 65_536

    /// Asks twice at a terminal; otherwise reads the first line of standard input if that was said to be wanted.
    static func read(fromStandardInput isWanted: Bool, for name: String) throws(AdminFailure) -> String {
        if isatty(STDIN_FILENO) == 1 {
            let first = try ask("New password for \(name): ")
            guard try ask("Once more: ") == first else { throw AdminFailure(.usage, "The two passwords differ.") }
            return first
        }
        guard isWanted else {
            throw AdminFailure(.usage, "Standard input is not a terminal; say --password-stdin to read from it.")
        }
        return try firstLine()
    }

    private static func ask(_ question: String) throws(AdminFailure) -> String {
        let settings = switchEchoOff()
        defer {
            if var settings { tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings) }
            Console.ask("\n")
        }
        Console.ask(question)
        return try firstLine()
    }

    private static func firstLine() throws(AdminFailure) -> String {
        var octets: [UInt8] = []
        var octet: UInt8 = 0
        while octets.count < longestInput {
            let count = Glibc.read(STDIN_FILENO, &octet, 1)
            if count < 0, errno == EINTR { continue }
            if count <= 0 || octet == 0x0A { break }
            octets.append(octet)
        }
        if octets.last == 0x0D { octets.removeLast() }
        guard let text = String(validating: octets, as: UTF8.self), !text.isEmpty else {
            throw AdminFailure(.usage, "Standard input holds no password in UTF-8.")
        }
        return text
    }

    /// Switches the terminal's echo off; gives its settings from before.
    private static func switchEchoOff() -> termios? {
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return nil }
        let old = settings
        settings.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
        return old
    }
}
