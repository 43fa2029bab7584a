/// A person as `WHO` and WHOX show one.
public struct IRCWhoPerson: Hashable, Sendable {
    /// The user's name.
    public var user: IRCParameter
    /// The host that others see.
    public var host: IRCParameter
    /// The address that others may see; nil for none.
    public var address: IRCParameter?
    /// The server's name.
    public var server: IRCParameter
    /// The nick.
    public var nick: IRCParameter
    /// `H` for here or `G` for gone, `*` for an operator, the channel's prefixes, `B` for a bot.
    public var flags: IRCParameter
    /// How many servers are between.
    public var hops = 0
    /// Seconds since the person last said something.
    public var idleSeconds = 0
    /// The account; nil for none.
    public var account: IRCParameter?
    /// What the person calls itself.
    public var realName: IRCParameter

    /// Makes a person.
    public init(
        nick: IRCParameter, user: IRCParameter, host: IRCParameter, server: IRCParameter, flags: IRCParameter,
        realName: IRCParameter, account: IRCParameter? = nil
    ) {
        self.nick = nick
        self.user = user
        self.host = host
        self.server = server
        self.flags = flags
        self.realName = realName
        self.account = account
    }

    /// Makes the flags of a person.
    ///
    /// - Parameters:
    ///   - isAway: Whether marked as away.
    ///   - isOperator: Whether an operator of the server.
    ///   - prefixes: Of the person's ranks on the channel that is shown: all of them for a client with multi-prefix.
    ///   - bot: The letter of the user mode for bots (ISUPPORT `BOT`); nil for a person.
    /// - Returns: The flags, as `H*@`.
    public static func flags(isAway: Bool, isOperator: Bool, prefixes: String = "", bot: Character? = nil)
        -> IRCParameter
    {
        IRCParameter(
            cleaning: (isAway ? "G" : "H") + (isOperator ? "*" : "") + (bot.map { String($0) } ?? "") + prefixes)
    }
}
