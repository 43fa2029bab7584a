import IRCWire

/// The ways to log in, one after the other.
///
/// - Source: IRCv3 `sasl` 3.2.
extension IRCClientRegistration {
    /// Goes on after a login that is good.
    mutating func accept() -> [Step] {
        guard stage == .authenticating else { return [] }
        isLoggedIn = true
        return end()
    }

    /// Goes on after a mechanism that did not succeed: with the next one, without a login, or not at all.
    mutating func refuse(_ text: String) -> [Step] {
        guard stage == .authenticating else { return [] }
        if !mechanisms.isEmpty { return [.loginFailed(text)] + authenticate() }
        return [.loginFailed(text)] + withoutLogin(text)
    }

    /// The mechanisms that will do here, the best first.
    var usableMechanisms: [String] {
        let own: [String] =
            switch settings.login {
            case nil: []
            case .password: isEncrypted ? ["SCRAM-SHA-256", "PLAIN"] : ["SCRAM-SHA-256"]
            case .scram: ["SCRAM-SHA-256"]
            case .plain: ["PLAIN"]
            case .external: isEncrypted ? ["EXTERNAL"] : []
            }
        guard let value = offered[.sasl] else { return [] }
        // A server of version 301 does not say which.
        if value.isEmpty { return own }
        let known = Set(value.split(separator: ",").map { $0.uppercased() })
        return own.filter(known.contains)
    }

    mutating func authenticate() -> [Step] {
        if mechanisms.isEmpty { return withoutLogin("the server offers no way to log in that will do") }
        let mechanism = mechanisms.removeFirst()
        return [.authenticate(mechanism: mechanism), .send("AUTHENTICATE", [IRCParameter(cleaning: mechanism)])]
    }

    mutating func withoutLogin(_ text: String) -> [Step] {
        settings.needsLogin ? [.fail(.loginRefused(text))] : end()
    }

    mutating func end() -> [Step] {
        stage = .ending
        return [.send("CAP", ["END"])]
    }
}
