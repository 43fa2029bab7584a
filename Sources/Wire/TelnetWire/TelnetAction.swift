/// What a ``TelnetMachine`` asks its owner to do, in the order in which the peer caused it.
///
/// The last four, from ``send(_:)`` on, are for the machine's owner alone: a connection obeys them, and its handler never
/// sees them.
public enum TelnetAction: Equatable, Sendable {
    /// Take one complete input line, without its end; not decoded, not cleaned of escape sequences.
    case line([UInt8])
    /// Tell that a line was longer than the policy allows; it was and will be dropped up to its end. Once a line.
    case lineTooLong
    /// Take keys as they were pressed, in character mode, and a client's text where the policy wants it raw.
    ///
    /// Enter is one CR however the peer spells it (CR LF, CR NUL, CR); everything else is as it came. Pieces are cut
    /// as the input was.
    case octets([UInt8])
    /// Notice that from here on the peer's keyboard comes as ``octets(_:)``, or as ``line(_:)`` again.
    ///
    /// What was typed of an unfinished line comes as octets right after it.
    case characterMode(enabled: Bool)
    /// Client: take text that the server ended with GA or EOR instead of a line end.
    case prompt([UInt8])
    /// Take the size of the peer's window; nil where it says it does not know. Only sent when it changed.
    case windowSize(columns: Int?, rows: Int?)
    /// Take one of the names of the peer's terminal or program: 1 to 64 octets of printable ASCII.
    case terminalType(String)
    /// Take what the peer's program can do, by its MTTS bits.
    case terminalFeatures(TelnetTerminalFeatures)
    /// Server: take the value of one of the variables that the policy asks for: printable ASCII, at most
    /// ``TelnetLimits/variableOctets`` each. A label that the peer chose: it proves nothing and names nobody.
    case environment(name: String, value: String)
    /// Use this character set from now on, both ways; one of the policy's names, as the policy spells it.
    case characterSet(String)
    /// Take the payload of a message of GMCP, MSDP, MSSP or MXP, undoubled and not read; only of options in force.
    case message(TelnetOption, [UInt8])
    /// Notice that an option is now performed, or no longer.
    case optionChanged(TelnetOption, TelnetSide, enabled: Bool)
    /// Notice that the peer pressed its interrupt key (IP, BRK or ABORT); its unfinished line is gone.
    case interrupt
    /// Answer with something visible (AYT).
    case areYouThere
    /// Forget what has not been sent yet of the present command's output (AO).
    case abortOutput
    /// Notice that the peer erased its unfinished line (EL).
    case eraseLine
    /// Write these octets at once and as they are: negotiation.
    case send([UInt8])
    /// Deflate everything that is written after this, sends too; what announces it was sent plain just before.
    ///
    /// MCCP2 in a server, MCCP3 in a client. The stream ends with ``writePlain`` or ``TelnetMachine/stopCompressing()``.
    case compressOutput
    /// End the deflated stream, and write plain from here on.
    case writePlain
    /// Notice that everything the machine did not take of the last call is deflated: inflate it, and all that follows,
    /// before the machine sees it.
    ///
    /// MCCP3 in a server, MCCP2 in a client. An owner that does not drain the queue at once looks at
    /// ``TelnetMachine/inputIsCompressed`` after each call instead.
    case decompressInput
}
