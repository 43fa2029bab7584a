import Basics
import IRCWire

/// Somebody who is registered on an ``IRCNetwork``: who they are, where they are, what is kept for them.
///
/// - Isolation: belongs to the reactor's thread.
final class IRCUser {
    let connection: IRCServerConnection
    /// The nick as they write it, and the form under which it is found.
    @exclusivity(unchecked) private(set) var nick: IRCParameter
    private(set) var key: String
    /// The user name with which they came; it never changes.
    let userName: String
    let host: String
    var realName: IRCParameter
    @exclusivity(unchecked) var account: String?
    /// What they said when they went away; nil while they are here.
    @exclusivity(unchecked) var awayMessage: IRCParameter?
    @exclusivity(unchecked) var modes: IRCUserModes = []
    /// Where they are; a handful.
    private(set) var channels: [IRCChannel] = []
    let signedOnAt: WallInstant
    /// When they last said something to somebody.
    @exclusivity(unchecked) var lastSpokeAt: MonotonicInstant
    /// The channels they were invited to and have not come to, by key, with the channels' numbers.
    private(set) var invitations: [String: UInt64] = [:]
    /// Whom they watch: the nicks as they wrote them, by key.
    var monitored: [String: IRCParameter] = [:]
    /// How they stand before their messages.
    @exclusivity(unchecked) private(set) var source: IRCSource

    init(
        _ connection: IRCServerConnection, key: String, realName: IRCParameter, signedOnAt: WallInstant,
        now: MonotonicInstant
    ) {
        self.connection = connection
        nick = IRCParameter(cleaning: connection.nick)
        (userName, host, source) = (connection.user, connection.host, connection.source)
        (self.key, self.realName, account) = (key, realName, connection.account)
        (self.signedOnAt, lastSpokeAt) = (signedOnAt, now)
    }

    var isOperator: Bool { modes.contains(.operator) }

    func has(_ capability: IRCCapability) -> Bool { connection.capabilities.contains(capability) }

    func reply(_ reply: IRCReply) { connection.reply(reply) }

    func reply(_ replies: [IRCReply]) { connection.reply(replies) }

    func rename(to nick: IRCNick, key: String) {
        (self.nick, self.key) = (nick.parameter, key)
        connection.rename(nick: nick.text)
        source = connection.source
    }

    // MARK: Channels

    func isIn(_ channel: IRCChannel) -> Bool { channels.contains { $0 === channel } }

    func enter(_ channel: IRCChannel) {
        channels.append(channel)
        invitations[channel.key] = nil
    }

    func leave(_ channel: IRCChannel) { channels.removeAll { $0 === channel } }

    func sharesChannel(with other: IRCUser) -> Bool { channels.contains(where: other.isIn) }

    /// Whether they may know of a channel: not of a secret one that they are not in.
    func maySee(_ channel: IRCChannel) -> Bool { !channel.modes.contains(.secret) || isIn(channel) }

    /// Whether they may see somebody without knowing the nick.
    func maySee(_ other: IRCUser) -> Bool {
        other === self || !other.modes.contains(.invisible) || isOperator || sharesChannel(with: other)
    }

    func isInvited(to channel: IRCChannel) -> Bool { invitations[channel.key] == channel.number }

    func noteInvitation(to channel: IRCChannel, atMost limit: Int) {
        if invitations.count >= limit, let one = invitations.first { invitations[one.key] = nil }
        invitations[channel.key] = channel.number
    }
}
