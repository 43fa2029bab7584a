/// Every number that bounds what an IRC peer can make us hold or do.
public enum IRCLimits {
    /// Octets of a message without its tags, CR LF included.
    ///
    /// Source: RFC 2812 §2.3; Modern IRC "Message Format".
    public static let bodyOctets = 512

    /// Octets of a body that a server's LINELEN is believed to allow.
    ///
    /// Source: own choice, far beyond the 2,048 to 8,192 that servers tell.
    public static let longestBodyOctets = 65_536

    /// Octets of the tags a client may send, `@` and the space included: 4,094 of data.
    ///
    /// Source: IRCv3 Message Tags, "Size limit".
    public static let clientTagOctets = 4096

    /// Octets of the tags a server may send, `@` and the space included: its own 4,094 of data and a client's.
    ///
    /// Source: IRCv3 Message Tags, "Size limit".
    public static let serverTagOctets = 8191

    /// Parameters of a message; the fifteenth takes what is left of the line.
    ///
    /// Source: RFC 2812 §2.3.
    public static let parameters = 15

    /// Tags read from one message; later ones are left out.
    ///
    /// Source: own choice; 4,094 octets could hold 2,047, and no program sends more than a dozen.
    public static let tags = 64

    /// Octets of a command's name; the longest in use, `AUTHENTICATE`, has 12.
    public static let commandOctets = 32

    /// Octets of a mask; longer ones are cut.
    ///
    /// Source: own choice: no longer one arrives in a message of ``bodyOctets``.
    public static let maskOctets = 512

    /// Octets of a nick unless told otherwise.
    ///
    /// Source: own choice; RFC 2812 has 9, networks of today 30 and more.
    public static let nickOctets = 32

    /// Octets of a channel's name unless told otherwise, its first character included.
    ///
    /// Source: RFC 2812 §1.3 has 50; servers of today 64.
    public static let channelOctets = 64

    /// Tokens in one ISUPPORT line.
    ///
    /// Source: Modern IRC, `RPL_ISUPPORT`: 15 parameters less the nick and the words at the end.
    public static let supportTokensPerLine = 13

    /// Tokens kept of what a server says it supports.
    ///
    /// Source: own choice; large networks send about 60.
    public static let supportTokens = 256
}
