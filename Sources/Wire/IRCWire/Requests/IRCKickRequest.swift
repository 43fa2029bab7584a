/// One person of a `KICK`.
///
/// ```text
///   KICK #a bob,carol :Enough.        two from one channel
///   KICK #a,#b bob,carol :Enough.     bob from #a, carol from #b
/// ```
public struct IRCKickRequest: Hashable, Sendable {
    /// The channel's name as the client wrote it.
    public var channel: IRCParameter
    /// The nick of who is to go.
    public var nick: IRCParameter

    /// Makes a request for a person to go.
    public init(channel: IRCParameter, nick: IRCParameter) {
        self.channel = channel
        self.nick = nick
    }
}
