public import ReactorCore

/// One attempt of a client to log in by SASL, as the house carries it on.
///
/// The connection joins the pieces of 400 octets, decodes Base64, and keeps the order: it calls again only when the answer to
/// the call before is there. A client that goes away, gives up, or registers meanwhile cancels the deferred.
///
/// - Isolation: belongs to the reactor's thread.
/// - Source: RFC 4422 section 3; IRCv3 SASL 3.1 and 3.2.
public protocol IRCSASLExchange: AnyObject {
    /// Asks for the client's first message, or for what comes before it: an empty challenge, mostly.
    func start() -> Deferred<IRCSASLStep>

    /// Takes a message of the client's, decoded, at most 4,096 octets.
    ///
    /// - Returns: What comes of it; a failure counts as ``IRCSASLStep/refused(_:)``.
    func receive(_ message: [UInt8]) -> Deferred<IRCSASLStep>
}

/// What comes of a client's message.
public enum IRCSASLStep: Equatable, Sendable {
    /// Send this, and hand over what comes back.
    case challenge([UInt8])
    /// The client is who it says: the account's name.
    case accepted(account: String)
    /// It is not; 904 with these words.
    case refused(String = "SASL authentication failed")
}
