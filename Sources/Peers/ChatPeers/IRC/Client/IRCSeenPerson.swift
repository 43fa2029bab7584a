import IRCWire

/// Somebody on a network, as WHOIS tells.
public struct IRCSeenPerson: Hashable, Sendable {
    /// The nick as they write it.
    public let nick: String
    /// The user name.
    public let user: String
    /// The host, or what the server shows for it.
    public let host: String
    /// The words about themselves.
    public let realName: String
    /// The account they are logged in to; nil for none.
    public internal(set) var account: String?
    /// The server they are connected to; nil when that is not told.
    public internal(set) var server: String?
    /// The channels that the server tells of, with the signs before their names.
    public internal(set) var channels: [String] = []
    /// Seconds since they said anything; nil when that is not told.
    public internal(set) var idleSeconds: Int?
    /// The words with which they are away; nil when they are not.
    public internal(set) var away: String?
    /// Whether they run the network.
    public internal(set) var isOperator = false
    /// Whether their connection is encrypted.
    public internal(set) var isSecure = false
    /// Whether they say to be a program.
    public internal(set) var isBot = false

    /// Reads the answer to a WHOIS; nil when it tells of nobody.
    init?(_ messages: [IRCMessage]) {
        guard let found = messages.first(where: { $0.command.numeric == .whoisUser }), found.parameters.count >= 6
        else {
            return nil
        }
        let words = found.parameters.map(\.text)
        (nick, user, host, realName) = (words[1], words[2], words[3], words[5])
        for message in messages where message.text(at: 1) == nick { learn(message) }
    }

    private mutating func learn(_ message: IRCMessage) {
        let word = message.text(at: 2)
        switch message.command.numeric {
        case .whoisAccount: account = word
        case .whoisServer: server = word
        case .whoisChannels: channels += (word ?? "").split(separator: " ").map(String.init)
        case .whoisIdle: idleSeconds = word.flatMap { Int($0) }
        case .away: away = word
        case .whoisOperator: isOperator = true
        case .whoisSecure: isSecure = true
        case .whoisBot: isBot = true
        default: break
        }
    }
}

/// A channel of a network, as LIST tells.
public struct IRCListedChannel: Hashable, Sendable {
    /// The name.
    public let name: String
    /// How many are on it, as far as the server shows.
    public let memberCount: Int
    /// The topic; empty for none.
    public let topic: String
}
