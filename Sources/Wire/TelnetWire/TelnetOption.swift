/// A telnet option by its number; any octet is one, known or not.
package struct TelnetOption: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The server shows what is typed; asked for only to hide a password (RFC 857).
    package static let echo = TelnetOption(rawValue: 1)
    /// No go-ahead after prompts (RFC 858).
    package static let suppressGoAhead = TelnetOption(rawValue: 3)
    /// The client names its terminal, and by MTTS what it can do (RFC 1091).
    package static let terminalType = TelnetOption(rawValue: 24)
    /// Prompts end with EOR (RFC 885).
    package static let endOfRecord = TelnetOption(rawValue: 25)
    /// The client tells the size of its window (RFC 1073).
    package static let windowSize = TelnetOption(rawValue: 31)
}
