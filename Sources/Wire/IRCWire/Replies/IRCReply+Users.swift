public import Basics

// What is told about people.
extension IRCReply {
    /// 301: who was written to, or asked about, is away.
    public static func away(_ nick: IRCParameter, _ text: IRCParameter) -> IRCReply { IRCReply(.away, [nick], text) }

    /// 305.
    public static var unaway: IRCReply { IRCReply(.unaway, [], "You are no longer marked as being away") }

    /// 306.
    public static var nowAway: IRCReply { IRCReply(.nowAway, [], "You have been marked as being away") }

    /// 302: who of those asked for is here; five at most.
    public static func userHost(_ people: [IRCUserHost]) -> IRCReply {
        IRCReply(.userHost, [], IRCParameter(cleaning: people.map(\.text).joined(separator: " ")))
    }

    /// 303: which of the nicks asked for are here; one line, empty when none is.
    public static func isOn(_ nicks: [IRCParameter]) -> IRCReply {
        IRCReply(.isOn, [], packed(nicks.lazy.map(\.text)).first ?? "")
    }

    /// 352.
    public static func who(_ person: IRCWhoPerson, channel: IRCParameter?) -> IRCReply {
        IRCReply(
            .whoReply,
            [channel ?? .star, person.user, person.host, person.server, person.nick, person.flags],
            "\(person.hops) \(person.realName.text)")
    }

    /// 354: the fields that were asked for.
    public static func who(_ person: IRCWhoPerson, channel: IRCParameter?, fields: IRCWhoxFields) -> IRCReply {
        var words: [IRCParameter] = []
        for field in IRCWhoxFields.Field.allCases where fields.fields.contains(field) {
            switch field {
            case .token: words.append(fields.token ?? "0")
            case .channel: words.append(channel ?? .star)
            case .user: words.append(person.user)
            case .address: words.append(person.address ?? "255.255.255.255")
            case .host: words.append(person.host)
            case .server: words.append(person.server)
            case .nick: words.append(person.nick)
            case .flags: words.append(person.flags)
            case .hops: words.append(IRCParameter(person.hops))
            case .idle: words.append(IRCParameter(person.idleSeconds))
            case .account: words.append(person.account ?? "0")
            case .operatorLevel: words.append("n/a")
            case .realName: return IRCReply(.whoSpecialReply, words, person.realName)
            }
        }
        return IRCReply(.whoSpecialReply, words)
    }

    /// 315; the mask as it was asked for.
    public static func endOfWho(_ mask: IRCParameter) -> IRCReply {
        IRCReply(.endOfWho, [mask.isMiddle ? mask : .star], "End of /WHO list")
    }

    /// 311 and all else that is told of a person, 318.
    ///
    /// - Parameters:
    ///   - person: What is told.
    ///   - asked: The nick as it was asked for, which ends the answer.
    /// - Returns: The replies in order.
    public static func whois(_ person: IRCWhoisPerson, asked: IRCParameter) -> [IRCReply] {
        let nick = person.nick
        var replies = [IRCReply(.whoisUser, [nick, person.user, person.host, .star], person.realName)]
        if let fingerprint = person.certificateFingerprint {
            replies.append(
                IRCReply(
                    .whoisCertificateFingerprint, [nick], "has client certificate fingerprint \(fingerprint.text)"))
        }
        if person.account != nil, person.isNickOwner {
            replies.append(IRCReply(.whoisRegisteredNick, [nick], "has identified for this nick"))
        }
        replies += packed(person.channels.lazy.map(\.text)).map { IRCReply(.whoisChannels, [nick], $0) }
        replies.append(IRCReply(.whoisServer, [nick, person.server], person.serverDescription))
        if let text = person.awayText { replies.append(.away(nick, text)) }
        if person.isOperator { replies.append(IRCReply(.whoisOperator, [nick], "is an IRC operator")) }
        if person.isBot { replies.append(IRCReply(.whoisBot, [nick], "is a bot")) }
        if let account = person.account {
            replies.append(IRCReply(.whoisAccount, [nick, account], "is logged in as"))
        }
        if person.isSecure { replies.append(IRCReply(.whoisSecure, [nick], "is using a secure connection")) }
        replies += person.notes.map { IRCReply(.whoisSpecial, [nick], $0) }
        if let address = person.realHost {
            replies.append(IRCReply(.whoisHost, [nick], "is connecting from \(address.text)"))
        }
        if let modes = person.modes { replies.append(IRCReply(.whoisModes, [nick], "is using modes \(modes.text)")) }
        if let (idle, since) = person.idle.flatMap({ idle in person.signedOn.map { (idle, $0) } }) {
            replies.append(
                IRCReply(.whoisIdle, [nick, IRCParameter(idle), since.ircSeconds], "seconds idle, signon time"))
        }
        replies.append(.endOfWhois(asked))
        return replies
    }

    /// 318; the nick as it was asked for.
    public static func endOfWhois(_ nick: IRCParameter) -> IRCReply {
        IRCReply(.endOfWhois, [nick], "End of /WHOIS list")
    }

    /// 314 and 312 for one time that somebody was here; end all with ``endOfWhowas(_:)``.
    public static func whowas(
        nick: IRCParameter, user: IRCParameter, host: IRCParameter, realName: IRCParameter, server: IRCParameter,
        left: WallInstant
    ) -> [IRCReply] {
        [
            IRCReply(.whowasUser, [nick, user, host, .star], realName),
            IRCReply(.whoisServer, [nick, server], IRCParameter(cleaning: left.description)),
        ]
    }

    /// 369; the nick as it was asked for.
    public static func endOfWhowas(_ nick: IRCParameter) -> IRCReply {
        IRCReply(.endOfWhowas, [nick], "End of WHOWAS")
    }

    /// 730 in as many lines as needed: watched ones who are here, as `nick!user@host`.
    public static func monitorOnline(_ people: [IRCSource]) -> [IRCReply] {
        commaPacked(people.map(\.text)).map { IRCReply(.monitorOnline, [], $0) }
    }

    /// 731 in as many lines as needed: watched ones who are not here.
    public static func monitorOffline(_ nicks: [IRCParameter]) -> [IRCReply] {
        commaPacked(nicks.map(\.text)).map { IRCReply(.monitorOffline, [], $0) }
    }

    /// 732 in as many lines as needed, and 733.
    public static func monitorList(_ nicks: [IRCParameter]) -> [IRCReply] {
        commaPacked(nicks.map(\.text)).map { IRCReply(.monitorList, [], $0) }
            + [IRCReply(.endOfMonitorList, [], "End of MONITOR list")]
    }

    private static func commaPacked(_ words: [String]) -> [IRCParameter] {
        packed(words).map { text in
            IRCParameter(checked: String(text.text.map { $0 == " " ? "," : $0 }))
        }
    }
}
