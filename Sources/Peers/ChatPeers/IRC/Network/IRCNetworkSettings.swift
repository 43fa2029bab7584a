import Basics
public import IRCWire

/// What a stand-alone network is called, what it takes, and how much of it.
public struct IRCNetworkSettings: Sendable {
    /// Somebody who may call themselves a server operator, by OPER.
    public struct Operator: Sendable {
        /// The name they give.
        public var name: String
        /// The password as it is kept: `$argon2id$…`, or what crypt(3) knows.
        public var storedPassword: String

        /// Makes an operator.
        public init(name: String, storedPassword: String) {
            self.name = name
            self.storedPassword = storedPassword
        }
    }

    /// The network's name, without spaces.
    public var network = "mudd"
    /// The program and its version, without spaces.
    public var version = "mudd"
    /// The message of the day, a line each; none, and clients are told that there is none (422).
    public var motd: [String] = []
    /// What ADMIN tells: up to three lines, the last one an address.
    public var administration: [String] = []
    /// Who may become a server operator.
    public var operators: [Operator] = []
    /// The password that everybody must give by PASS; nil for none.
    public var password: String?
    /// Which letters of names are the same.
    public var mapping = IRCCaseMapping.ascii
    /// What is taken as a nick.
    public var nicks = IRCNickRules()
    /// What is taken as the name of a channel.
    public var channels = IRCChannelRules()
    /// Whether passwords may come over the network in clear; from this machine they always may.
    public var allowsClearLogins = false
    /// Whether accounts can be made by REGISTER.
    public var allowsRegistration = true
    /// Accounts at most; each has about 400 octets.
    public var accounts = 10_000
    /// Accounts that one address (IPv4) or one block of 64 bits (IPv6) may make in ``accountWindow``.
    public var accountsPerSource = 10
    /// The window of ``accountsPerSource``.
    public var accountWindow = Duration.seconds(3600)
    /// Channels somebody may be in; CHANLIMIT.
    public var channelsPerUser = 100
    /// Channels at most.
    public var channelCount = 50_000
    /// Octets of a topic; TOPICLEN.
    public var topicOctets = 390
    /// Octets of what somebody says when they go away; AWAYLEN.
    public var awayOctets = 390
    /// Octets of the words of a kick; KICKLEN.
    public var kickOctets = 390
    /// Octets of a user name; USERLEN.
    public var userOctets = 10
    /// Octets of what somebody says about themselves; NAMELEN.
    public var realNameOctets = 150
    /// Octets of a channel's password; KEYLEN.
    public var keyOctets = 23
    /// Masks in each list of a channel; MAXLIST.
    public var listEntries = 100
    /// Nicks somebody may watch; MONITOR.
    public var monitored = 100
    /// Those who left that WHOWAS knows of.
    public var whowas = 2000
    /// Lines kept of each channel, and of what two accounts say to each other; each has about 400 octets.
    public var history = 1000
    /// Octets of the lines kept of each channel or conversation at most.
    public var historyOctetsEach = 1 << 20
    /// Octets of all kept lines; with more, each channel or conversation is left its equal share.
    ///
    /// Twice as many are never held.
    public var historyOctets = 128 << 20
    /// Conversations between two accounts that are kept; the one that was silent longest is forgotten.
    public var conversations = 1000
    /// Lines that one CHATHISTORY gets at most; CHATHISTORY.
    public var historyPerRequest = 500
    /// Addresses and masks that are kept out by KLINE at most.
    public var bans = 1000
    /// Lines that WHO and LIST give at most.
    public var queryLines = 1000

    /// Makes the usual settings.
    public init() {}
}

extension IRCNetworkSettings {
    /// What clients are greeted with: 001 to 005.
    func facts(startedAt: WallInstant) -> IRCServerFacts {
        let modes = IRCNetwork.channelModes
        return IRCServerFacts(
            network: network, version: version, created: startedAt.description, userModes: IRCNetwork.userModes.letters,
            channelModes: modes.letters, channelModesWithParameter: modes.lettersWithParameter, support: support)
    }

    /// What 005 tells.
    private var support: IRCISupport {
        let modes = IRCNetwork.channelModes
        var support = IRCISupport()
        support["AWAYLEN"] = String(awayOctets)
        support["BOT"] = "B"
        support["CASEMAPPING"] = mapping.token
        support["CHANLIMIT"] = "\(channels.types):\(channelsPerUser)"
        support["CHANMODES"] = modes.channelModesToken
        support["CHANNELLEN"] = String(channels.limit)
        support["CHANTYPES"] = channels.types
        support["CHATHISTORY"] = String(historyPerRequest)
        support["ELIST"] = IRCListRequest.token
        support["EXCEPTS"] = "e"
        support["INVEX"] = "I"
        support["KEYLEN"] = String(keyOctets)
        support["KICKLEN"] = String(kickOctets)
        support["MAXLIST"] = "beI:\(listEntries)"
        support["MAXTARGETS"] = String(IRCTargetLimits().message)
        support["MODES"] = String(IRCLimits.modeChanges)
        support["MONITOR"] = String(monitored)
        support["MSGREFTYPES"] = "msgid,timestamp"
        support["NAMELEN"] = String(realNameOctets)
        support["NETWORK"] = network
        support["NICKLEN"] = String(nicks.limit)
        support["PREFIX"] = modes.prefixToken
        support["STATUSMSG"] = String(modes.ranks.map(\.sign))
        support["TARGMAX"] = IRCTargetLimits().token
        support["TOPICLEN"] = String(topicOctets)
        support["USERLEN"] = String(userOctets)
        support["UTF8ONLY"] = ""
        support["WHOX"] = ""
        return support
    }
}
