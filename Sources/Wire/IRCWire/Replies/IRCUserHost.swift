/// One word of a 302: a person who is here.
///
/// ```text
///   alice*=-~al@host.example      `*` operator, `+` here or `-` away
/// ```
public struct IRCUserHost: Hashable, Sendable {
    /// The nick.
    public var nick: String
    /// Whether an operator of the server.
    public var isOperator: Bool
    /// Whether marked as away.
    public var isAway: Bool
    /// `user@host`.
    public var userHost: String

    /// Makes a person.
    public init(nick: String, isOperator: Bool, isAway: Bool, userHost: String) {
        self.nick = nick
        self.isOperator = isOperator
        self.isAway = isAway
        self.userHost = userHost
    }

    /// The word.
    public var text: String { nick + (isOperator ? "*" : "") + "=" + (isAway ? "-" : "+") + userHost }
}
