public import SSHWire

/// What a server makes of an attempt to log in.
public enum SSHLoginVerdict: Hashable, Sendable {
    /// The user is in. To a probe it says that its key would do.
    case accept
    /// The user is not in; `partially` when what was shown is right and more is wanted, by `methods` if they change.
    case refuse(partially: Bool = false, methods: Set<SSHLoginMethod>? = nil)
    /// The user is asked, or asked more: in `keyboard-interactive` only.
    case ask(SSHLoginQuestions)
    /// The password is right and has to be changed.
    case expirePassword(prompt: String)
}
