/// How many targets a client may name in one command.
///
/// - Source: the Modern IRC document, `RPL_ISUPPORT` parameters `TARGMAX`, `MAXTARGETS`.
public struct IRCTargetLimits: Hashable, Sendable {
    /// Recipients of one `PRIVMSG`, `NOTICE` or `TAGMSG`.
    public var message = 4
    /// Channels of one `JOIN` or `PART`, and channels asked for in one `NAMES` or `LIST`.
    public var channels = 20
    /// People of one `KICK`.
    public var kick = 4
    /// People of one `WHOIS`.
    public var whois = 1
    /// People of one `USERHOST`; five by the protocol.
    public var userHost = 5
    /// People of one `ISON`, `MONITOR +` or `MONITOR -`: what fits in a line.
    public var people = 100

    /// Makes the limits that are in force when nobody sets others.
    public init() {}

    /// The value of the `TARGMAX` token.
    public var token: String {
        "JOIN:\(channels),KICK:\(kick),LIST:\(channels),NAMES:\(channels),NOTICE:\(message),PART:\(channels),"
            + "PRIVMSG:\(message),TAGMSG:\(message),USERHOST:\(userHost),WHOIS:\(whois)"
    }
}
