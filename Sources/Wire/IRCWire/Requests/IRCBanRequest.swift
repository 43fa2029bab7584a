/// A `KLINE`: keeps those that match a mask off the server.
///
/// ```text
///   KLINE 60 *@bad.example :Floods      for an hour
///   KLINE *@bad.example :Floods         for good
/// ```
public struct IRCBanRequest: Hashable, Sendable {
    /// For how long, in minutes; nil for good.
    public var minutes: Int?
    /// Whom it is for, as `user@host`.
    public var mask: IRCParameter
    /// What they are told.
    public var reason: IRCParameter?

    /// Makes a request for a ban.
    public init(minutes: Int? = nil, mask: IRCParameter, reason: IRCParameter? = nil) {
        self.minutes = minutes
        self.mask = mask
        self.reason = reason
    }
}
