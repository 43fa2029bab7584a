/// The bounds of the telnet machine, each with its unit and where it comes from.
package enum TelnetLimits {
    /// Octets of one subnegotiation; the rest up to IAC SE is dropped (as in Twisted 26).
    package static let subnegotiation = 4096
    /// Octets of one input line, without its end.
    package static let line = 2048
    /// Answers one option can draw from us in one connection; a peer in a loop gets no more (RFC 1143 §2).
    package static let answersPerOption: UInt8 = 2
    /// Answers all options together can draw.
    package static let answers = 96
    /// Rounds of asking a client for its next terminal type; MTTS needs three.
    package static let terminalTypeRounds = 8
    /// Octets of a terminal type that are looked at (RFC 1010 allows 40).
    package static let terminalType = 64
    /// Columns that are believed.
    package static let columns = 20...500
    /// Rows that are believed.
    package static let rows = 5...500
}
