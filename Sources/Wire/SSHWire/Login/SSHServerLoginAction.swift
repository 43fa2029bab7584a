/// What the owner of a server's login has to do, in order.
public enum SSHServerLoginAction: Hashable, Sendable {
    /// Send this message.
    case send([UInt8])
    /// Judge this, and answer it by exactly one of ``SSHServerLogin/accept()``, ``SSHServerLogin/refuse(partially:methods:)``,
    /// ``SSHServerLogin/allowKey(_:)``, ``SSHServerLogin/ask(_:)`` and ``SSHServerLogin/expirePassword(prompt:)``, now or
    /// later. Anything but answers begins anew: a conversation that went on before is over.
    case check(SSHLoginAttempt)
    /// This user is in: the connection protocol begins with the next message.
    case succeeded(user: String)
}
