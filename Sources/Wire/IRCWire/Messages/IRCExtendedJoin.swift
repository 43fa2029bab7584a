/// What extended-join adds to a `JOIN`.
public struct IRCExtendedJoin: Hashable, Sendable {
    /// The account; nil for none.
    public var account: IRCParameter?
    /// The real name.
    public var realName: IRCParameter

    /// Makes the addition.
    public init(account: IRCParameter?, realName: IRCParameter) {
        self.account = account
        self.realName = realName
    }
}
