/// One channel of a `JOIN`.
///
/// ```text
///   JOIN #a,#b key-of-a
/// ```
public struct IRCJoinRequest: Hashable, Sendable {
    /// The channel's name as the client wrote it.
    public var channel: IRCParameter
    /// The key that goes with it.
    public var key: IRCParameter?

    /// Makes a request for a channel.
    public init(channel: IRCParameter, key: IRCParameter? = nil) {
        self.channel = channel
        self.key = key
    }
}
