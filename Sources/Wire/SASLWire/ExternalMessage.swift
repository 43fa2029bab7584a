/// The one message of EXTERNAL, from the client: whom it wants to act for, on the strength of the channel.
///
/// ```text
///   [authorization identity]      empty: whoever the channel proves the client to be
/// ```
///
/// - Limits: ``SASLLimits/name``.
/// - Source: RFC 4422 appendix A.
package struct ExternalMessage: Hashable, Sendable {
    /// Whom the client wants to act for; nil for whoever the channel proves.
    package let authorizationIdentity: String?

    /// Makes the message a client sends.
    ///
    /// - Throws: ``SASLFailure`` when the identity is empty, too long, or has a NUL.
    package init(authorizationIdentity: String? = nil) throws(SASLFailure) {
        if let authorizationIdentity {
            try SASLText.check(authorizationIdentity, "authorization identity", limit: SASLLimits.name)
        }
        self.authorizationIdentity = authorizationIdentity
    }

    /// Reads the message a server received.
    package init(parsing octets: [UInt8]) throws(SASLFailure) {
        authorizationIdentity =
            octets.isEmpty
            ? nil : try SASLText.parse(octets, "authorization identity", limit: SASLLimits.name)
    }

    /// The octets on the wire.
    package var encoded: [UInt8] { Array((authorizationIdentity ?? "").utf8) }
}
