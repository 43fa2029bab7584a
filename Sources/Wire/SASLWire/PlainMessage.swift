/// The one message of PLAIN, from the client: who it is, its password, and whom it wants to act for.
///
/// ```text
///   [authorization identity] NUL authentication identity NUL password
/// ```
///
/// Names and password are as the client wrote them; nothing is prepared (RFC 4013).
///
/// - Limits: ``SASLLimits/name`` and ``SASLLimits/password``.
/// - Source: RFC 4616 section 2.
package struct PlainMessage: Hashable, Sendable, CustomStringConvertible {
    /// Whom the client wants to act for; nil for itself.
    package let authorizationIdentity: String?
    /// Whose password it is.
    package let name: String
    package let password: String

    /// Makes the message a client sends.
    ///
    /// - Throws: ``SASLFailure`` when a part is empty, too long, or has a NUL.
    package init(authorizationIdentity: String? = nil, name: String, password: String) throws(SASLFailure) {
        if let authorizationIdentity {
            try SASLText.check(authorizationIdentity, "authorization identity", limit: SASLLimits.name)
        }
        try SASLText.check(name, "name", limit: SASLLimits.name)
        try SASLText.check(password, "password", limit: SASLLimits.password)
        self.authorizationIdentity = authorizationIdentity
        self.name = name
        self.password = password
    }

    /// Reads the message a server received.
    package init(parsing octets: [UInt8]) throws(SASLFailure) {
        if octets.count > SASLLimits.message { throw .tooLong("message", limit: SASLLimits.message) }
        let parts = octets.split(separator: 0, omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .malformed("PLAIN message") }
        authorizationIdentity =
            parts[0].isEmpty
            ? nil : try SASLText.parse(parts[0], "authorization identity", limit: SASLLimits.name)
        name = try SASLText.parse(parts[1], "name", limit: SASLLimits.name)
        password = try SASLText.parse(parts[2], "password", limit: SASLLimits.password)
    }

    /// The octets on the wire.
    package var encoded: [UInt8] {
        Array((authorizationIdentity ?? "").utf8) + [0] + Array(name.utf8) + [0] + Array(password.utf8)
    }

    /// The name alone, so that no log shows a password.
    package var description: String { "PLAIN of \(name)" }
}
