// What is told about logging in.
extension IRCReply {
    /// 900.
    public static func loggedIn(_ who: IRCSource, account: IRCParameter) -> IRCReply {
        IRCReply(
            .loggedIn, [IRCParameter(cleaning: who.text), account], "You are now logged in as \(account.text)")
    }

    /// 901.
    public static func loggedOut(_ who: IRCSource) -> IRCReply {
        IRCReply(.loggedOut, [IRCParameter(cleaning: who.text)], "You are now logged out")
    }

    /// 902: the account may not be used by this client.
    public static func nickLocked(_ text: IRCParameter) -> IRCReply { IRCReply(.nickLocked, [], text) }

    /// 903.
    public static var saslSuccess: IRCReply { IRCReply(.saslSuccess, [], "SASL authentication successful") }

    /// 904.
    public static func saslFailed(_ text: IRCParameter = "SASL authentication failed") -> IRCReply {
        IRCReply(.saslFailed, [], text)
    }

    /// 905: a chunk of more than 400 octets, or too many chunks.
    public static var saslTooLong: IRCReply { IRCReply(.saslTooLong, [], "SASL message too long") }

    /// 906: the client gave up, or registered before the end.
    public static var saslAborted: IRCReply { IRCReply(.saslAborted, [], "SASL authentication aborted") }

    /// 907.
    public static var saslAlready: IRCReply {
        IRCReply(.saslAlready, [], "You have already authenticated using SASL")
    }

    /// 908: the mechanisms there are; after a client asked for another.
    public static func saslMechanisms(_ names: [String]) -> IRCReply {
        IRCReply(
            .saslMechanisms, [IRCParameter(cleaning: names.joined(separator: ","))], "are available SASL mechanisms")
    }

    /// 396: the host that others see.
    public static func visibleHost(_ host: IRCParameter) -> IRCReply {
        IRCReply(.visibleHost, [host], "is now your displayed host")
    }
}
