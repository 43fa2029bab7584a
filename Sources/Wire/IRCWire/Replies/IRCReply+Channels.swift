public import Basics

// What is told about channels.
extension IRCReply {
    /// 331 or 332: the topic, or that there is none.
    public static func topic(_ channel: IRCParameter, _ topic: IRCParameter?) -> IRCReply {
        guard let topic, !topic.isEmpty else { return IRCReply(.noTopic, [channel], "No topic is set") }
        return IRCReply(.topic, [channel], topic)
    }

    /// 333: who set the topic, and when.
    public static func topicSetter(_ channel: IRCParameter, _ who: IRCParameter, _ time: WallInstant) -> IRCReply {
        IRCReply(.topicWhoTime, [channel, who, time.ircSeconds])
    }

    /// 353 in as many lines as the names need; end it with ``endOfNames(_:)``.
    public static func names(
        _ channel: IRCParameter, _ visibility: IRCChannelVisibility, _ members: some Sequence<IRCMemberName>
    ) -> [IRCReply] {
        packed(members.lazy.map(\.text)).map {
            IRCReply(.nameReply, [IRCParameter(checked: visibility.rawValue), channel], $0)
        }
    }

    /// 366; `*` after a `NAMES` of all channels.
    public static func endOfNames(_ channel: IRCParameter) -> IRCReply {
        IRCReply(.endOfNames, [channel], "End of /NAMES list")
    }

    /// 321.
    public static var listStart: IRCReply { IRCReply(.listStart, ["Channel"], "Users  Name") }

    /// 322.
    public static func list(_ channel: IRCParameter, people: Int, topic: IRCParameter) -> IRCReply {
        IRCReply(.list, [channel, IRCParameter(people)], topic)
    }

    /// 323.
    public static var listEnd: IRCReply { IRCReply(.listEnd, [], "End of /LIST") }

    /// 324: the channel's modes and their parameters, as ``IRCModeSet/composed(_:limit:)`` gives them.
    public static func channelModes(_ channel: IRCParameter, _ modes: [IRCParameter]) -> IRCReply {
        IRCReply(.channelModeIs, [channel] + modes)
    }

    /// 329.
    public static func creationTime(_ channel: IRCParameter, _ time: WallInstant) -> IRCReply {
        IRCReply(.creationTime, [channel, time.ircSeconds])
    }

    /// 341, to who invited.
    public static func inviting(_ nick: IRCParameter, _ channel: IRCParameter) -> IRCReply {
        IRCReply(.inviting, [nick, channel])
    }

    /// 367, 348 or 346: one mask of a channel's list.
    public static func mask(_ kind: IRCMaskList, _ channel: IRCParameter, _ entry: IRCMaskEntry) -> IRCReply {
        let numeric: IRCNumeric =
            switch kind {
            case .bans: .banList
            case .exceptions: .exceptionList
            case .inviteExceptions: .inviteExceptionList
            }
        return IRCReply(numeric, [channel, entry.mask, entry.setter, entry.time.ircSeconds])
    }

    /// 368, 349 or 347: the end of such a list.
    public static func endOfMasks(_ kind: IRCMaskList, _ channel: IRCParameter) -> IRCReply {
        switch kind {
        case .bans: IRCReply(.endOfBanList, [channel], "End of channel ban list")
        case .exceptions: IRCReply(.endOfExceptionList, [channel], "End of channel exception list")
        case .inviteExceptions: IRCReply(.endOfInviteExceptionList, [channel], "End of channel invite exception list")
        }
    }
}
