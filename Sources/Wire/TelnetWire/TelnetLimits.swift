/// Every number that bounds what a telnet peer can make us hold, send or do.
public enum TelnetLimits {
    /// Octets of one input line, without its end; also the default of ``TelnetPolicy/lineLimit``.
    ///
    /// A typed line is under 200; 2,048 leaves room for a pasted description. Source: own choice, twice the 1,024
    /// that MUD servers commonly take.
    public static let lineOctets = 2048

    /// Octets of line buffer kept allocated between two lines; most lines fit.
    package static let lineReserve = 256

    /// Octets kept of one subnegotiation, after undoubling, without option, `IAC SB` and `IAC SE`.
    ///
    /// Of GMCP more is kept, ``gmcpOctets``; a TTYPE or a NAWS needs fewer and is held to fewer.
    ///
    /// Source: own choice; 32 variables of 256 octets.
    public static let subnegotiationOctets = 8192

    /// Octets kept of one GMCP message, which may carry a whole text for an editor.
    public static let gmcpOctets = 65_536

    /// Octets of subnegotiation buffer kept allocated between two subnegotiations; a NAWS needs 4, a TTYPE up to 65.
    package static let subnegotiationReserve = 128

    /// Replies a peer can draw with WILL, WONT, DO and DONT for one option, both sides together.
    ///
    /// One agreement and one withdrawal. Source: loops in the field (xania #301, conman #9) never end by themselves.
    package static let repliesPerOption: UInt8 = 2

    /// Replies a peer can draw in all, for one connection; later negotiation is followed in silence.
    ///
    /// 512 lets a scanner be refused each of the 256 options once in each direction: 1,536 octets.
    package static let repliesPerConnection = 512

    /// Answers to `DO TIMING-MARK` and AYT that can be had without typing a line in between; each complete line
    /// earns one back.
    ///
    /// These two may be asked for as often as somebody presses a key, so the budget above would cut off honest users:
    /// Debian's client throws output away after Ctrl-C until its timing mark is answered.
    package static let courtesies = 8

    /// Times a terminal type is asked for.
    ///
    /// Source: RFC 1091 lets a client cycle for ever; MTTS needs 3 or 4.
    package static let terminalTypeRounds = 8

    /// Variables of the environment asked for, told, or taken from one message.
    public static let variables = 32

    /// Octets kept of a variable's name, and of its value.
    public static let variableOctets = 256

    /// Answers of a peer's environment, or ours, in one connection; and the same for agreements on a character set.
    ///
    /// Once is usual. Source: own choice, as many as ``terminalTypeRounds``.
    package static let dialogueRounds = 8

    /// Names taken from a list of character sets.
    package static let characterSets = 32

    /// Octets of a character set's name; a longer one is not taken.
    ///
    /// Source: IANA's registry of character sets.
    package static let characterSetOctets = 40

    /// Octets kept of one terminal type's name.
    ///
    /// Source: RFC 1091 says 40; MTTS client names are longer.
    public static let terminalTypeOctets = 64

    /// Columns of a window that we believe; what is outside is moved to the nearer end, and 0 means unknown.
    public static let columns = 20...500

    /// Rows of a window that we believe; what is outside is moved to the nearer end, and 0 means unknown.
    public static let rows = 5...500
}
