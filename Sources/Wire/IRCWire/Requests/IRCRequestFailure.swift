/// A message that is no request, and what the client is told of it.
public struct IRCRequestFailure: Error, Hashable, Sendable {
    /// The answer; nil where none may be given, as to a `NOTICE`.
    public let reply: IRCReply?

    /// Makes a failure that is answered so.
    public init(_ reply: IRCReply?) {
        self.reply = reply
    }
}
