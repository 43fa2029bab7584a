// What is refused, in the order of the numerics. Names come as the client wrote them.
extension IRCReply {
    /// 400: something went wrong with a command for which there is no better numeric.
    public static func unknownError(_ command: IRCParameter, _ text: IRCParameter) -> IRCReply {
        IRCReply(.unknownError, [command], text)
    }

    /// 401.
    public static func noSuchNick(_ nick: IRCParameter) -> IRCReply { IRCReply(.noSuchNick, [nick], "No such nick") }

    /// 402.
    public static func noSuchServer(_ server: IRCParameter) -> IRCReply {
        IRCReply(.noSuchServer, [server], "No such server")
    }

    /// 403.
    public static func noSuchChannel(_ channel: IRCParameter) -> IRCReply {
        IRCReply(.noSuchChannel, [channel], "No such channel")
    }

    /// 404: the channel does not take this message from this client.
    public static func cannotSend(
        to channel: IRCParameter, _ text: IRCParameter = "Cannot send to channel"
    ) -> IRCReply {
        IRCReply(.cannotSendToChannel, [channel], text)
    }

    /// 405: the client is on as many channels as it may be.
    public static func tooManyChannels(_ channel: IRCParameter) -> IRCReply {
        IRCReply(.tooManyChannels, [channel], "You have joined too many channels")
    }

    /// 406: nobody is remembered under that nick.
    public static func wasNoSuchNick(_ nick: IRCParameter) -> IRCReply {
        IRCReply(.wasNoSuchNick, [nick], "There was no such nickname")
    }

    /// 407: the command names more targets than it may.
    public static func tooManyTargets(_ target: IRCParameter) -> IRCReply {
        IRCReply(.tooManyTargets, [target], "Too many targets")
    }

    /// 409: a `PING` or `PONG` with nothing in it.
    public static var noOrigin: IRCReply { IRCReply(.noOrigin, [], "No origin specified") }

    /// 410: no subcommand of `CAP`.
    public static func invalidCapabilityCommand(_ subcommand: IRCParameter) -> IRCReply {
        IRCReply(.invalidCapabilityCommand, [subcommand], "Invalid CAP command")
    }

    /// 411.
    public static func noRecipient(_ command: IRCClientCommand) -> IRCReply {
        IRCReply(.noRecipient, [], "No recipient given (\(command.rawValue))")
    }

    /// 412.
    public static var noTextToSend: IRCReply { IRCReply(.noTextToSend, [], "No text to send") }

    /// 417: the line or its tags are longer than they may be.
    public static var inputTooLong: IRCReply { IRCReply(.inputTooLong, [], "Input line was too long") }

    /// 421.
    public static func unknownCommand(_ command: IRCParameter) -> IRCReply {
        IRCReply(.unknownCommand, [command], "Unknown command")
    }

    /// 422.
    public static var noMotd: IRCReply { IRCReply(.noMotd, [], "There is no message of the day") }

    /// 431.
    public static var noNickGiven: IRCReply { IRCReply(.noNicknameGiven, [], "No nickname given") }

    /// 432: no nick that can be.
    public static func erroneousNick(
        _ nick: IRCParameter, _ text: IRCParameter = "Erroneous nickname"
    ) -> IRCReply {
        IRCReply(.erroneousNickname, [nick], text)
    }

    /// 433.
    public static func nickInUse(
        _ nick: IRCParameter, _ text: IRCParameter = "Nickname is already in use"
    ) -> IRCReply {
        IRCReply(.nicknameInUse, [nick], text)
    }

    /// 435: whoever is banned from a channel they are in keeps the nick that is banned.
    public static func bannedNickChange(_ nick: IRCParameter, _ channel: IRCParameter) -> IRCReply {
        IRCReply(.bannedNickChange, [nick, channel], "Cannot change nickname while banned on channel")
    }

    /// 441: the person that the command is about is not on the channel.
    public static func userNotInChannel(_ nick: IRCParameter, _ channel: IRCParameter) -> IRCReply {
        IRCReply(.userNotInChannel, [nick, channel], "They aren't on that channel")
    }

    /// 442: the client itself is not on the channel.
    public static func notOnChannel(_ channel: IRCParameter) -> IRCReply {
        IRCReply(.notOnChannel, [channel], "You're not on that channel")
    }

    /// 443: who is invited is there already.
    public static func userOnChannel(_ nick: IRCParameter, _ channel: IRCParameter) -> IRCReply {
        IRCReply(.userOnChannel, [nick, channel], "is already on channel")
    }

    /// 451: the command comes before registration is complete.
    public static var notRegistered: IRCReply { IRCReply(.notRegistered, [], "You have not registered") }

    /// 461.
    public static func needMoreParameters(_ command: IRCClientCommand) -> IRCReply {
        IRCReply(.needMoreParameters, [IRCParameter(checked: command.rawValue)], "Not enough parameters")
    }

    /// 462: `USER`, `PASS` or the like once registration is complete.
    public static var alreadyRegistered: IRCReply { IRCReply(.alreadyRegistered, [], "You may not reregister") }

    /// 464: the password of `PASS` or `OPER` is wrong.
    public static var passwordMismatch: IRCReply { IRCReply(.passwordMismatch, [], "Password incorrect") }

    /// 465: the client is kept off; the connection ends after it.
    public static func banned(_ text: IRCParameter) -> IRCReply { IRCReply(.youAreBanned, [], text) }

    /// 471: as many are on the channel as its `+l` allows.
    public static func channelIsFull(_ channel: IRCParameter) -> IRCReply {
        IRCReply(.channelIsFull, [channel], "Cannot join channel (+l)")
    }

    /// 472: no channel's mode.
    public static func unknownMode(_ mode: IRCParameter) -> IRCReply {
        IRCReply(.unknownMode, [mode], "is an unknown mode character to me")
    }

    /// 473: the channel's `+i` asks for an invitation.
    public static func inviteOnly(_ channel: IRCParameter) -> IRCReply {
        IRCReply(.inviteOnlyChannel, [channel], "Cannot join channel (+i)")
    }

    /// 474: a ban of the channel matches.
    public static func bannedFromChannel(_ channel: IRCParameter) -> IRCReply {
        IRCReply(.bannedFromChannel, [channel], "Cannot join channel (+b)")
    }

    /// 475: the key is wrong or missing.
    public static func badChannelKey(_ channel: IRCParameter) -> IRCReply {
        IRCReply(.badChannelKey, [channel], "Cannot join channel (+k)")
    }

    /// 476: no name that a channel can have.
    public static func badChannelMask(_ channel: IRCParameter) -> IRCReply {
        IRCReply(.badChannelMask, [channel], "Bad channel name")
    }

    /// 477: the channel is for those with an account.
    public static func needRegisteredNick(
        _ channel: IRCParameter, _ text: IRCParameter = "You need to be logged in to an account"
    ) -> IRCReply {
        IRCReply(.needRegisteredNick, [channel], text)
    }

    /// 478: no more masks fit on the list of that mode.
    public static func banListFull(_ channel: IRCParameter, mode: IRCParameter) -> IRCReply {
        IRCReply(.banListFull, [channel, mode], "Channel list is full")
    }

    /// 481: only for operators of the server.
    public static func noPrivileges(
        _ text: IRCParameter = "Permission Denied- You're not an IRC operator"
    ) -> IRCReply {
        IRCReply(.noPrivileges, [], text)
    }

    /// 482: only for operators of the channel.
    public static func channelOperatorNeeded(
        _ channel: IRCParameter, _ text: IRCParameter = "You're not channel operator"
    ) -> IRCReply {
        IRCReply(.channelOperatorNeeded, [channel], text)
    }

    /// 483.
    public static var cannotKillServer: IRCReply { IRCReply(.cannotKillServer, [], "You can't kill a server!") }

    /// 491: nobody becomes an operator from here.
    public static func noOperatorHost(_ text: IRCParameter = "No O-lines for your host") -> IRCReply {
        IRCReply(.noOperatorHost, [], text)
    }

    /// 501: no user's mode.
    public static var unknownUserMode: IRCReply { IRCReply(.unknownUserMode, [], "Unknown MODE flag") }

    /// 502: another's modes are not shown or changed.
    public static var usersDontMatch: IRCReply {
        IRCReply(.usersDontMatch, [], "Cant change mode for other users")
    }

    /// 524.
    public static func helpNotFound(_ subject: IRCParameter) -> IRCReply {
        IRCReply(.helpNotFound, [subject], "No help available on this topic")
    }

    /// 525: no key that a channel can have.
    public static func invalidKey(_ channel: IRCParameter) -> IRCReply {
        IRCReply(.invalidKey, [channel], "Key is not well-formed")
    }

    /// 696: a mode's parameter is missing or makes no sense.
    public static func invalidModeParameter(
        _ target: IRCParameter, mode: IRCParameter, parameter: IRCParameter, _ text: IRCParameter
    ) -> IRCReply {
        IRCReply(.invalidModeParameter, [target, mode, parameter.isMiddle ? parameter : .star], text)
    }

    /// 723: an operator without this privilege.
    public static func noPrivilege(_ privilege: IRCParameter) -> IRCReply {
        IRCReply(.noPrivilege, [privilege], "Insufficient oper privileges.")
    }

    /// 734: the list of watched nicks is full; `nicks` did not go in.
    public static func monitorListFull(limit: Int, nicks: [IRCParameter]) -> IRCReply {
        IRCReply(
            .monitorListFull, [IRCParameter(limit), IRCParameter(cleaning: nicks.map(\.text).joined(separator: ","))],
            "Monitor list is full.")
    }
}
