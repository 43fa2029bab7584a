/// A way to be let in that a server may offer.
///
/// - Source: RFC 4252 sections 7 and 8, RFC 4256. `none` is no method to offer (RFC 4252 section 5.2), and `hostbased` is not
///   spoken.
public enum SSHLoginMethod: String, Hashable, Sendable, CaseIterable {
    /// A signature with a key that the user has enrolled.
    case publicKey = "publickey"
    /// Questions of the server.
    case keyboardInteractive = "keyboard-interactive"
    /// A password.
    case password

    /// The methods in the order in which a server lists them.
    static func ordered(_ methods: Set<SSHLoginMethod>) -> [SSHLoginMethod] { allCases.filter(methods.contains) }
}
