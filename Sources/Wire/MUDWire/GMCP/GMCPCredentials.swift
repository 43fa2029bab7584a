import JSONWire

/// An account and its password, as a client that keeps them sends them; only over TLS should it be asked to.
///
/// - Limits: ``GMCPLimits/credentialOctets`` each.
package struct GMCPCredentials: Hashable, Sendable, CustomStringConvertible {
    package let account: String
    package let password: String

    package init(account: String, password: String) {
        self.account = account
        self.password = password
    }

    /// Never says the password.
    package var description: String { "credentials of an account" }

    /// Reads the body of `Char.Login.Credentials`; nil when the client has none.
    init?(_ body: JSONValue?) throws(GMCPFailure) {
        guard let body else { return nil }
        guard let fields = body.objectValue else { throw .unexpectedBody(of: "Char.Login.Credentials") }
        guard let account = fields["account"]?.stringValue, let password = fields["password"]?.stringValue,
            !account.isEmpty
        else { return nil }
        guard account.utf8.count <= GMCPLimits.credentialOctets, password.utf8.count <= GMCPLimits.credentialOctets
        else { throw .unexpectedBody(of: "Char.Login.Credentials") }
        self.account = account
        self.password = password
    }

    var body: JSONValue { ["account": .string(account), "password": .string(password)] }
}
