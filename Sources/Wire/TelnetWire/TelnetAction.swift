/// What a ``TelnetMachine`` asks its owner to do, in the order in which the peer caused it.
package enum TelnetAction: Equatable, Sendable {
    /// Take one complete input line, without its end; not decoded, not cleaned of escape sequences.
    case line([UInt8])
    /// Tell that a line was longer than the policy allows; it was and will be dropped up to its end. Once a line.
    case lineTooLong
    /// Client: take text that the server ended with GA or EOR instead of a line end.
    case prompt([UInt8])
    /// Take the size of the peer's window; nil where it says it does not know. Only sent when it changed.
    case windowSize(columns: Int?, rows: Int?)
    /// Take one of the names of the peer's terminal or program: 1 to 64 octets of printable ASCII.
    case terminalType(String)
    /// Take what the peer's program can do, by its MTTS bits.
    case terminalFeatures(TelnetTerminalFeatures)
    /// Notice that an option is now performed, or no longer.
    case optionChanged(TelnetOption, TelnetSide, enabled: Bool)
    /// Notice that the peer pressed its interrupt key (IP, BRK or ABORT); its unfinished line is gone.
    case interrupt
    /// Answer with something visible (AYT).
    case areYouThere
    /// Notice that the peer erased its unfinished line (EL).
    case eraseLine
    /// Write these octets at once and as they are: negotiation.
    case send([UInt8])
}
