import Basics

extension IRCEvent {
    /// The command, its parameters, and the last one where a person's text stands.
    var parts: (command: IRCCommand, parameters: [IRCParameter], text: IRCParameter?) {
        switch self {
        case .join(let channel, nil): ("JOIN", [channel], nil)
        case .join(let channel, let extended?): ("JOIN", [channel, extended.account ?? .star], extended.realName)
        case .part(let channel, let reason): ("PART", [channel], reason)
        case .kick(let channel, let nick, let reason): ("KICK", [channel, nick], reason ?? nick)
        case .topic(let channel, let topic): ("TOPIC", [channel], topic)
        case .mode(let target, let words): ("MODE", [target] + words, nil)
        case .invite(let nick, let channel): ("INVITE", [nick, channel], nil)
        case .nick(let nick): ("NICK", [nick], nil)
        case .quit(let reason): ("QUIT", [], reason ?? "")
        case .away(let text): ("AWAY", [], text)
        case .account(let account): ("ACCOUNT", [account ?? .star], nil)
        case .changeHost(let user, let host): ("CHGHOST", [user, host], nil)
        case .setName(let name): ("SETNAME", [], name)
        case .kill(let nick, let reason): ("KILL", [nick], reason)
        case .message(let kind, let target, let text):
            (kind.command.command, [target], kind == .tagmsg ? nil : text)
        case .wallops(let text): ("WALLOPS", [], text)
        case .markRead(let target, let time): ("MARKREAD", [target, time.map(Self.timestamp) ?? .star], nil)
        case .historyTarget(let target, let time):
            ("CHATHISTORY", ["TARGETS", target, IRCParameter(checked: time.ircTime)], nil)
        case .batchStart(let reference, let type, let parameters):
            ("BATCH", [IRCParameter(checked: "+" + reference.text), type] + parameters, nil)
        case .batchEnd(let reference): ("BATCH", [IRCParameter(checked: "-" + reference.text)], nil)
        case .ping(let token): ("PING", [], token)
        case .pong(let server, let token): ("PONG", [server], token)
        case .error(let text): ("ERROR", [], text)
        case .capability(let event, let nick): ("CAP", [nick] + event.words, event.list)
        case .authenticate(let chunk): ("AUTHENTICATE", [chunk], nil)
        case .registered(.registered, let account, let text): ("REGISTER", ["SUCCESS", account], text)
        case .registered(.verificationRequired, let account, let text):
            ("REGISTER", ["VERIFICATION_REQUIRED", account], text)
        case .registered(.verified, let account, let text): ("VERIFY", ["SUCCESS", account], text)
        case .acknowledged: ("ACK", [], nil)
        }
    }

    private static func timestamp(_ time: WallInstant) -> IRCParameter {
        IRCParameter(checked: "timestamp=" + time.ircTime)
    }
}

extension IRCCapabilityEvent {
    fileprivate var words: [IRCParameter] {
        switch self {
        case .available(_, let isLast): isLast ? ["LS"] : ["LS", .star]
        case .enabled(_, let isLast): isLast ? ["LIST"] : ["LIST", .star]
        case .acknowledged: ["ACK"]
        case .refused: ["NAK"]
        case .new: ["NEW"]
        case .removed: ["DEL"]
        }
    }

    /// The capabilities, separated by spaces, as they stand in the message.
    public var list: IRCParameter {
        switch self {
        case .available(let list, _), .enabled(let list, _), .acknowledged(let list), .refused(let list),
            .new(let list), .removed(let list):
            list
        }
    }
}
