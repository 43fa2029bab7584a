// What a client reads when it has registered, and what it may ask about the server.
extension IRCReply {
    /// 001.
    public static func welcome(network: IRCParameter, _ who: IRCSource) -> IRCReply {
        IRCReply(.welcome, [], "Welcome to the \(network.text) Network, \(who.text)")
    }

    /// 002.
    public static func yourHost(server: IRCParameter, version: IRCParameter) -> IRCReply {
        IRCReply(.yourHost, [], "Your host is \(server.text), running version \(version.text)")
    }

    /// 003.
    public static func created(_ date: IRCParameter) -> IRCReply {
        IRCReply(.created, [], "This server was created \(date.text)")
    }

    /// 004; the modes are letters, those with a parameter again at the end.
    public static func myInfo(
        server: IRCParameter, version: IRCParameter, userModes: IRCParameter, channelModes: IRCParameter,
        modesWithParameter: IRCParameter
    ) -> IRCReply {
        IRCReply(.myInfo, [server, version, userModes, channelModes, modesWithParameter])
    }

    /// 005 in as many lines as the tokens need.
    public static func support(_ support: IRCISupport) -> [IRCReply] {
        support.lines().map { IRCReply(.iSupport, $0, "are supported by this server") }
    }

    /// 375, 372 for each line, 376; or 422 when there are none.
    public static func motd(_ lines: [IRCParameter], server: IRCParameter) -> [IRCReply] {
        if lines.isEmpty { return [.noMotd] }
        return [IRCReply(.motdStart, [], "- \(server.text) Message of the day - ")]
            + lines.map { IRCReply(.motd, [], "- \($0.text)") }
            + [IRCReply(.endOfMotd, [], "End of /MOTD command.")]
    }

    /// 251 to 255, 265 and 266.
    public static func users(_ counts: IRCUserCounts) -> [IRCReply] {
        let (all, most) = (counts.visible + counts.invisible, max(counts.most, counts.visible + counts.invisible))
        let (now, ever) = (IRCParameter(all), IRCParameter(most))
        return [
            IRCReply(
                .lUserClient, [],
                "There are \(counts.visible) users and \(counts.invisible) invisible on 1 servers"),
            IRCReply(.lUserOp, [IRCParameter(counts.operators)], "operator(s) online"),
            IRCReply(.lUserUnknown, [IRCParameter(counts.unregistered)], "unknown connection(s)"),
            IRCReply(.lUserChannels, [IRCParameter(counts.channels)], "channels formed"),
            IRCReply(.lUserMe, [], "I have \(all) clients and 0 servers"),
            IRCReply(.localUsers, [now, ever], "Current local users \(all), max \(most)"),
            IRCReply(.globalUsers, [now, ever], "Current global users \(all), max \(most)"),
        ]
    }

    /// 351.
    public static func version(_ version: IRCParameter, server: IRCParameter, _ text: IRCParameter) -> IRCReply {
        IRCReply(.version, [version, server], text)
    }

    /// 391.
    public static func time(server: IRCParameter, seconds: Int, _ text: IRCParameter) -> IRCReply {
        IRCReply(.time, [server, IRCParameter(seconds), "0"], text)
    }

    /// 256 to 259.
    public static func admin(server: IRCParameter, _ place: IRCParameter, _ people: IRCParameter, email: IRCParameter)
        -> [IRCReply]
    {
        [
            IRCReply(.adminMe, [server], "Administrative info"), IRCReply(.adminLocation1, [], place),
            IRCReply(.adminLocation2, [], people), IRCReply(.adminEmail, [], email),
        ]
    }

    /// 371 for each line, 374.
    public static func info(_ lines: [IRCParameter]) -> [IRCReply] {
        lines.map { IRCReply(.info, [], $0) } + [IRCReply(.endOfInfo, [], "End of /INFO list")]
    }

    /// 364 for this server alone, 365.
    public static func links(server: IRCParameter, _ description: IRCParameter) -> [IRCReply] {
        [
            IRCReply(.links, [server, server], "0 \(description.text)"),
            IRCReply(.endOfLinks, [.star], "End of /LINKS list"),
        ]
    }

    /// 704 for the first line, a title; an empty 705 and one for each line after it; 706; or 524 when there are none.
    public static func help(_ subject: IRCParameter, _ lines: [IRCParameter]) -> [IRCReply] {
        guard let first = lines.first else { return [.helpNotFound(subject)] }
        return [IRCReply(.helpStart, [subject], first), IRCReply(.helpText, [subject], "")]
            + lines.dropFirst().map { IRCReply(.helpText, [subject], $0) }
            + [IRCReply(.endOfHelp, [subject], "End of /HELP.")]
    }

    /// 242.
    public static func uptime(seconds: Int) -> IRCReply {
        let (days, rest) = (seconds / 86_400, seconds % 86_400)
        func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return IRCReply(
            .statsUptime, [], "Server Up \(days) days \(rest / 3600):\(pad(rest / 60 % 60)):\(pad(rest % 60))")
    }

    /// 219, after all lines of a `STATS`.
    public static func endOfStats(_ query: IRCParameter) -> IRCReply {
        IRCReply(.endOfStats, [query], "End of /STATS report")
    }

    /// 221: the client's own modes, as `+iw`.
    public static func userModes(_ modes: IRCParameter) -> IRCReply { IRCReply(.userModeIs, [modes]) }

    /// 381.
    public static var youAreOperator: IRCReply {
        IRCReply(.youAreOperator, [], "You are now an IRC operator")
    }

    /// 382.
    public static func rehashing(_ file: IRCParameter) -> IRCReply { IRCReply(.rehashing, [file], "Rehashing") }

    /// 263: the same later, please.
    public static func tryAgain(_ command: IRCClientCommand) -> IRCReply {
        IRCReply(.tryAgain, [IRCParameter(checked: command.rawValue)], "Please wait a while and try again.")
    }
}
