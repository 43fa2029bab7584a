/// A `PRIVMSG`, `NOTICE` or `TAGMSG` of a client.
///
/// ```text
///   @+draft/reply=63E1 PRIVMSG #a,bob :Hello
/// ```
public struct IRCMessageRequest: Hashable, Sendable {
    /// Which of the three commands it is.
    public enum Kind: Hashable, Sendable {
        case privmsg, notice, tagmsg

        /// The command's name.
        public var command: IRCClientCommand {
            switch self {
            case .privmsg: .privmsg
            case .notice: .notice
            case .tagmsg: .tagmsg
            }
        }
    }

    /// Which of the three commands it is.
    public var kind: Kind
    /// Whom it is for: nicks and channels, these perhaps after a prefix as `@`; one at least.
    public var targets: [IRCParameter]
    /// The words, never empty; an empty parameter for a `TAGMSG`.
    public var text: IRCParameter
    /// The tags that travel with the message: client-only ones.
    public var tags: IRCTags

    /// Makes a message.
    public init(_ kind: Kind, to targets: [IRCParameter], text: IRCParameter, tags: IRCTags = IRCTags()) {
        self.kind = kind
        self.targets = targets
        self.text = text
        self.tags = tags
    }
}
