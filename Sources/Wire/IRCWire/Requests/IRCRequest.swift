public import Basics

/// What a client asks for: one case a command, with parameters checked for number and shape.
///
/// Names and masks stay as the client wrote them: whether a nick exists or a channel may be called so is for those
/// to say who answer.
///
/// - SeeAlso: ``init(_:limits:)``, which reads a message; ``IRCRequestFailure``, what is answered when it can't.
public enum IRCRequest: Hashable, Sendable {
    // MARK: Connection

    /// `CAP`.
    case capability(IRCCapabilityRequest)
    /// `AUTHENTICATE`: a mechanism's name, a chunk of a response, `+` or `*`.
    case authenticate(IRCParameter)
    case pass(IRCParameter)
    /// `NICK`; the parameter may be no valid nick (432).
    case nick(IRCParameter)
    case user(name: IRCParameter, realName: IRCParameter)
    case ping(token: IRCParameter)
    case pong(token: IRCParameter?)
    case oper(name: IRCParameter, password: IRCParameter)
    case quit(reason: IRCParameter?)
    /// `ERROR`, which clients have no business to send; nothing is answered.
    case error
    /// `REGISTER` of an account; nil for the name means the nick in use (`*`), nil for the address none (`*`).
    case register(account: IRCParameter?, email: IRCParameter?, password: IRCParameter)
    /// `VERIFY` of an account by a code sent out of band.
    case verify(account: IRCParameter, code: IRCParameter)

    // MARK: Channels

    case join([IRCJoinRequest])
    /// `JOIN 0`: leaves every channel.
    case partAll
    case part([IRCParameter], reason: IRCParameter?)
    /// `TOPIC`; nil asks for it, an empty one clears it.
    case topic(channel: IRCParameter, IRCParameter?)
    /// `NAMES`; none given means all that can be seen, or none.
    case names([IRCParameter])
    case list(IRCListRequest)
    case invite(nick: IRCParameter, channel: IRCParameter)
    /// `KICK`: pairs of channel and nick.
    case kick([IRCKickRequest], reason: IRCParameter?)
    /// `MODE`; nil for the modes asks for those in force.
    ///
    /// - SeeAlso: ``IRCModeSet``, which reads the modes.
    case mode(target: IRCParameter, modes: IRCParameter?, arguments: [IRCParameter])

    // MARK: Messages

    /// `PRIVMSG`, `NOTICE` or `TAGMSG`.
    case message(IRCMessageRequest)
    /// A `draft/multiline` batch that has come to its end, put together by ``IRCMultilineAssembler``.
    case multiline(IRCMultilineRequest)
    /// `BATCH`.
    case batch(IRCBatchRequest)
    case history(IRCHistoryRequest)
    /// `MARKREAD`; nil for the time asks for it.
    case markRead(target: IRCParameter, time: WallInstant?)

    // MARK: Users

    case who(IRCWhoRequest)
    /// `WHOIS` of these nicks or masks; the server to ask is left out.
    case whois([IRCParameter])
    /// `WHOWAS`; nil or less than 1 for the count means all there are.
    case whowas(nick: IRCParameter, count: Int?)
    /// `AWAY`; nil for the text, or an empty one, means back.
    case away(IRCParameter?)
    case userHost([IRCParameter])
    case isOn([IRCParameter])
    case setName(IRCParameter)
    case monitor(IRCMonitorRequest)

    // MARK: Server

    case motd(server: IRCParameter?)
    case version(server: IRCParameter?)
    case admin(server: IRCParameter?)
    case lusers
    case time(server: IRCParameter?)
    /// `STATS`; nil for the letter lists the letters.
    case stats(query: IRCParameter?, server: IRCParameter?)
    case help(subject: IRCParameter?)
    case info(server: IRCParameter?)
    case links

    // MARK: Operators

    case kill(nick: IRCParameter, reason: IRCParameter)
    case kline(IRCBanRequest)
    case unkline(mask: IRCParameter)
    case wallops(IRCParameter)
    /// `REHASH`, `RESTART`, `CONNECT` or `SQUIT`.
    case administer(IRCClientCommand)
}
