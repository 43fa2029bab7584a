public import IRCWire

/// What a client knows of the network it is connected to: itself, its channels and who is on them.
///
/// It is made anew with each connection. The server's word is taken for everything, and no more of it is kept than the
/// limits say: a server that goes beyond them is left.
///
/// - Isolation: none; a value type.
/// - Limits: ``mostChannels``, ``mostMembers``, ``mostModes`` of one channel.
/// - SeeAlso: `ChatPeersTests/IRCNetworkViewTests`.
public struct IRCNetworkView: Sendable {
    /// Channels that are known at most; servers of today let a client join 50 to 250.
    public static let mostChannels = 500
    /// Members of all channels together.
    public static let mostMembers = 200_000
    /// Modes of one channel.
    static let mostModes = 64

    /// The client's own nick.
    public internal(set) var nick: String
    /// The client as others see it; without user name and host until the server has shown them.
    public internal(set) var source: IRCSource
    /// The account that the client is logged in to.
    public internal(set) var account: String?
    /// What the server says it supports.
    public internal(set) var support = IRCISupport()
    /// The capabilities that are in force.
    public internal(set) var capabilities = IRCCapabilitySet()
    /// The channels that the client is on, by their folded names.
    private(set) var channelsByName: [String: IRCSeenChannel] = [:]
    private var memberCount = 0
    var mapping = IRCCaseMapping.rfc1459

    init(nick: String) {
        self.nick = nick
        source = IRCSource(nick)
    }

    /// The channels that the client is on, in the order of their names.
    public var channels: [IRCSeenChannel] { channelsByName.values.sorted { $0.name < $1.name } }

    /// A channel that the client is on.
    public func channel(_ name: String) -> IRCSeenChannel? { channelsByName[mapping.folded(name)] }

    /// A member of a channel that the client is on.
    public func member(_ nick: String, on channel: String) -> IRCSeenMember? {
        channelsByName[mapping.folded(channel)]?.members[mapping.folded(nick)]
    }

    /// Whether a nick is the client's own.
    public func isOwn(_ nick: String) -> Bool { mapping.isSame(nick, self.nick) }

    /// The form under which names are kept, as the members of a channel: the same for names that are the same to the server.
    public func key(_ name: String) -> String { mapping.folded(name) }

    /// Whether two names are the same to the server.
    public func isSame(_ first: String, _ second: String) -> Bool { mapping.isSame(first, second) }

    /// The channel of a message's target, without the sign of STATUSMSG; nil for a nick.
    public func channelName(of target: String) -> (name: String, statusSign: Character?)? {
        if support.isChannel(target) { return (target, nil) }
        guard let sign = target.first, support.statusSigns.contains(sign) else { return nil }
        let name = String(target.dropFirst())
        return support.isChannel(name) ? (name, sign) : nil
    }

    // MARK: Changes

    mutating func changeChannel(_ name: String, _ change: (inout IRCSeenChannel) -> Void) {
        guard let place = channelsByName.index(forKey: mapping.folded(name)) else { return }
        change(&channelsByName.values[place])
    }

    mutating func addChannel(_ name: String) throws(IRCClientFailure) {
        let key = mapping.folded(name)
        removeChannel(name)
        if channelsByName.count >= Self.mostChannels { throw .excessive("channels") }
        channelsByName[key] = IRCSeenChannel(name: name)
    }

    mutating func removeChannel(_ name: String) {
        guard let gone = channelsByName.removeValue(forKey: mapping.folded(name)) else { return }
        memberCount -= gone.members.count
    }

    /// Changes a member of a channel that is known, who is added if they are not.
    mutating func changeMember(
        _ nick: String, on channel: String, _ change: (inout IRCSeenMember) -> Void
    ) throws(IRCClientFailure) {
        let key = mapping.folded(nick)
        guard let place = channelsByName.index(forKey: mapping.folded(channel)) else { return }
        let isNew = channelsByName.values[place].members[key] == nil
        if isNew, memberCount >= Self.mostMembers { throw .excessive("members of channels") }
        change(&channelsByName.values[place].members[key, default: IRCSeenMember(nick: nick)])
        if isNew { memberCount += 1 }
    }

    mutating func removeMember(_ nick: String, from channel: String) {
        guard let place = channelsByName.index(forKey: mapping.folded(channel)) else { return }
        if channelsByName.values[place].members.removeValue(forKey: mapping.folded(nick)) != nil { memberCount -= 1 }
    }

    /// Takes somebody from all channels.
    ///
    /// - Returns: The names of those they were on, in order.
    /// - Complexity: O(*n*) in the channels.
    mutating func removeEverywhere(_ nick: String) -> [String] {
        let key = mapping.folded(nick)
        var names: [String] = []
        var place = channelsByName.startIndex
        while place < channelsByName.endIndex {
            if channelsByName.values[place].members.removeValue(forKey: key) != nil {
                memberCount -= 1
                names.append(channelsByName.values[place].name)
            }
            channelsByName.formIndex(after: &place)
        }
        return names.sorted()
    }

    /// Changes somebody on all channels where they are.
    mutating func changeEverywhere(_ nick: String, _ change: (inout IRCSeenMember) -> Void) {
        let key = mapping.folded(nick)
        var place = channelsByName.startIndex
        while place < channelsByName.endIndex {
            if let member = channelsByName.values[place].members.index(forKey: key) {
                change(&channelsByName.values[place].members.values[member])
            }
            channelsByName.formIndex(after: &place)
        }
    }

    mutating func rename(_ old: String, to new: String) {
        let (oldKey, newKey) = (mapping.folded(old), mapping.folded(new))
        var place = channelsByName.startIndex
        while place < channelsByName.endIndex {
            if var member = channelsByName.values[place].members.removeValue(forKey: oldKey) {
                member.nick = new
                if channelsByName.values[place].members.updateValue(member, forKey: newKey) != nil { memberCount -= 1 }
            }
            channelsByName.formIndex(after: &place)
        }
    }

    /// Takes what 005 says; a new mapping of letters gives all names new keys.
    mutating func learnSupport(_ tokens: some Sequence<String>) {
        support.receive(tokens)
        guard support.caseMapping != mapping else { return }
        mapping = support.caseMapping
        let known = channelsByName.values
        channelsByName = [:]
        memberCount = 0
        for var channel in known {
            let members = channel.members.values
            channel.members = [:]
            for member in members { channel.members[mapping.folded(member.nick)] = member }
            memberCount += channel.members.count
            channelsByName[mapping.folded(channel.name)] = channel
        }
    }
}
