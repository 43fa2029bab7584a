public import IRCWire

/// What a `FAIL`, `WARN` or `NOTE` says (IRCv3 standard replies).
public struct IRCSeenReply: Hashable, Sendable {
    /// How bad it is.
    public enum Kind: String, Hashable, Sendable {
        /// What was asked for was not done.
        case fail = "FAIL"
        /// It was done, but.
        case warn = "WARN"
        /// For information.
        case note = "NOTE"
    }

    /// How bad it is.
    public var kind: Kind
    /// The command it is about; `*` for none.
    public var command: String
    /// The code for programs, such as `NEED_REGISTRATION`.
    public var code: String
    /// What stands between the code and the words.
    public var context: [String]
    /// The words for people.
    public var text: String
}

/// What a client is told, in the order in which it happens.
///
/// When the handler is told, ``IRCClient/view`` is already as it is after the event.
public enum IRCClientEvent: Hashable, Sendable {
    // The connection.
    /// The client is registered; the server tells about itself next.
    case registered(nick: String)
    /// The server has told about itself, and the client is about to join its channels.
    case ready
    /// The connection is gone, or could not be made; another attempt follows unless the client was stopped.
    case disconnected(String)
    /// The server, which is reached in clear, wants to be reached by TLS at this port (IRCv3 `sts`).
    ///
    /// The client goes on as it is: whoever made its endpoint can make another one.
    case strictTransport(port: Int)
    /// The server has accepted a login.
    case loggedIn(account: String)
    /// The server has ended the login.
    case loggedOut
    /// A way to log in did not succeed; others may.
    case loginFailed(String)
    /// Capabilities have come into force, or gone.
    case capabilities(enabled: IRCCapabilitySet, disabled: IRCCapabilitySet)

    // What is said.
    /// Something was said.
    case message(IRCClientMessage)
    /// Somebody's program asks this one something; VERSION, PING and CLIENTINFO are answered already.
    case query(IRCCTCP, from: IRCSource, target: String)
    /// Somebody's program answers.
    case queryAnswer(IRCCTCP, from: IRCSource)

    // Channels.
    /// Somebody, perhaps the client itself, has come to a channel.
    case joined(channel: String, who: IRCSource, account: String?, isOwn: Bool)
    /// The members of a channel that was joined are known.
    case complete(channel: String)
    /// Somebody has left a channel.
    case parted(channel: String, who: IRCSource, reason: String, isOwn: Bool)
    /// Somebody was thrown out of a channel.
    case kicked(channel: String, nick: String, by: IRCSource, reason: String, isOwn: Bool)
    /// The client could not come to one of its channels; the numeric or FAIL code, and what the server said.
    case joinRefused(channel: String, code: String, text: String)
    /// The topic of a channel is known, or has changed; nil when there is none.
    case topic(channel: String, text: String?, by: IRCSource?)
    /// Modes of a channel, or of the client, have changed.
    case modes(target: String, changes: [IRCModeChange], by: IRCSource?)
    /// Somebody was asked to come to a channel.
    case invited(nick: String, channel: String, by: IRCSource)

    // People.
    /// Somebody has another nick.
    case nickChanged(who: IRCSource, to: String, isOwn: Bool)
    /// Somebody has left the network; the channels are those that the client shared with them.
    case quit(who: IRCSource, reason: String, channels: [String])
    /// Somebody is away with these words, or is back.
    case away(who: IRCSource, text: String?)
    /// Somebody has logged in, or out.
    case account(who: IRCSource, account: String?)
    /// Somebody has another user name or host.
    case host(who: IRCSource, user: String, host: String)
    /// Somebody has other words about themselves.
    case realName(who: IRCSource, text: String)
    /// A nick that is watched with MONITOR has come, or gone.
    case presence(nick: String, isOnline: Bool)

    // The server.
    /// A standard reply that answers no request of the client's own.
    case reply(IRCSeenReply)
    /// The server ends the connection, and says why.
    case error(String)
    /// Anything else, and what happened in history that was asked for.
    case other(IRCMessage)
}

extension IRCClientEvent {
    /// What was said, when it is that.
    var heard: IRCClientMessage? { if case .message(let message) = self { message } else { nil } }

    /// Whether it tells only whoever asked.
    var isAnswerOnly: Bool {
        switch self {
        case .other, .reply: true
        default: false
        }
    }
}
