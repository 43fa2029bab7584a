public import IRCWire

/// Something that was said to a client, or that it said itself.
public struct IRCClientMessage: Hashable, Sendable {
    /// Which command carried it.
    public enum Kind: Hashable, Sendable {
        /// `PRIVMSG`.
        case message
        /// `NOTICE`, which programs must not answer by themselves.
        case notice
        /// A CTCP `ACTION`: the text goes on from the sender's name.
        case action
    }

    /// How it was said.
    public var kind: Kind
    /// Who said it: a client, or a server.
    public var sender: IRCSource
    /// Whom it was said to, as it stands in the message.
    public var target: String
    /// The channel it was said on, as the server writes it; nil for what was said to one person.
    public var channel: String?
    /// The sign of `STATUSMSG` when it was said to a channel's operators, or those with voice, only.
    public var statusSign: Character?
    /// What was said, with its formatting codes; lines of a multi-line message are joined by line feeds.
    public var text: String
    /// The tags it came with.
    public var tags: IRCTags
    /// Whether it is the client's own, sent back by `echo-message` or from another of its connections.
    public var isOwn: Bool
    /// Whether it is part of history that was asked for, or that the server repeats by itself.
    public var isHistory: Bool

    /// The message's own identifier, the same for all who get it; nil when the server gives none.
    public var id: String? { tags["msgid"] }
    /// The account of the sender; nil for none, or when the server does not tell.
    public var account: String? { tags["account"] }
    /// When it was said, as `2026-01-01T00:00:00.000Z`; nil when the server does not tell.
    public var time: String? { tags["time"] }
}
