/// How a client proves to a server whose account it uses, by SASL before it is registered.
///
/// - Source: IRCv3 `sasl` 3.1 and 3.2; RFC 4616, RFC 4422 appendix A, RFC 7677.
public enum IRCClientLogin: Hashable, Sendable {
    /// Name and password; by SCRAM-SHA-256 where the server offers it, and by PLAIN only inside TLS.
    case password(name: String, password: String)
    /// Name and password by SCRAM-SHA-256 only, which shows the password to nobody.
    case scram(name: String, password: String)
    /// Name and password in clear, also where nothing is encrypted: for a server on the same machine.
    case plain(name: String, password: String)
    /// The certificate that the client shows to the TLS server; `name` is the account when there are several for it.
    case external(name: String?)
}

extension IRCClientLogin: CustomStringConvertible {
    /// The way and the name, so that no log shows a password.
    public var description: String {
        switch self {
        case .password(let name, _): "password of \(name)"
        case .scram(let name, _): "SCRAM-SHA-256 of \(name)"
        case .plain(let name, _): "PLAIN of \(name)"
        case .external(let name): "EXTERNAL of \(name ?? "the certificate")"
        }
    }
}
