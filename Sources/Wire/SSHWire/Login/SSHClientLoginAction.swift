public import SSHKeys

/// What the owner of a client's login has to do, in order.
public enum SSHClientLoginAction: Hashable, Sendable {
    /// Send this message.
    case send([UInt8])
    /// Show this text, cleaned of what could harm a terminal; it may come at any time before the end.
    case banner(String)
    /// Attempt something: what was attempted last did not suffice. `partially` says that it was right and more is wanted.
    case choose(SSHLoginMethods, partially: Bool)
    /// The key that was shown would do: sign with it, or attempt something else.
    case keyAccepted(SSHPublicKey, SSHSignatureAlgorithm)
    /// Ask the user this, and call ``SSHClientLogin/answer(_:)``.
    case ask(SSHLoginQuestions)
    /// The password is right and has expired: call ``SSHClientLogin/changePassword(old:new:)``, or attempt something else.
    case passwordExpired(prompt: String)
    /// The user is in: the connection protocol begins with the next message.
    case succeeded
}
