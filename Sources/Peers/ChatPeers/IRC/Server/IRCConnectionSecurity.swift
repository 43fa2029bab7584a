import Basics
public import TransportTLS

/// How a client's connection is secured.
public final class IRCConnectionSecurity {
    /// What the handshake agreed on.
    public let session: TLSSessionInformation

    init(_ session: TLSSessionInformation) {
        self.session = session
    }

    /// The SHA-256 fingerprint of the client's certificate in small hexadecimal digits; nil when it showed none.
    public var certificateFingerprint: String? {
        session.peerCertificate.map(\.fingerprint.hexadecimal)
    }
}
