public import ReactorCore
public import Transports

/// What to do with octets a peer sent in the clear behind the command that begins TLS.
public enum EarlyPlaintextRule: Sendable {
    /// The connection is aborted; nobody honest sends any.
    case refused

    /// They are thrown away unseen.
    case discarded
}

extension Transport {
    /// Makes this connection secure from here on (`STARTTLS`), and gives it to a new protocol.
    ///
    /// Somebody on the way may add commands behind the one that begins TLS; kept in a buffer and obeyed
    /// later, they would seem to have come protected (CVE-2011-0411, CVE-2021-38371). Therefore:
    ///
    /// - the protocol must say how many octets of what it was given it has not used, and the transport counts
    ///   those nobody has seen yet: none of them ever reach a protocol;
    /// - the connection goes on with another protocol object, so that neither parser nor state survives
    ///   (RFC 3207 §4.2 demands the same). The old one hears no more of it, not even `connectionLost`.
    ///
    /// What was written before goes out in the clear before the handshake, such as the answer to the command.
    /// The successor hears `connectionMade` at once. Call this in both roles at the moment the handshake may
    /// begin, for a client when it has the server's consent.
    ///
    /// - Parameters:
    ///   - role: Which end of the handshake this is, whoever connected.
    ///   - predecessor: The protocol that has the connection now.
    ///   - successor: The protocol that gets it; a fresh one.
    ///   - unusedByteCount: The octets behind the command that the predecessor was given already.
    ///   - earlyPlaintext: What happens when there are any.
    ///   - reactor: The reactor of this transport.
    ///   - handshakeTimeout: How long the handshake may take in all; ten seconds unless given.
    /// - Returns: The successor's transport.
    /// - Throws: ``TLSFailure`` of the kind `plaintextBeforeTLS`, with the connection aborted already; of the kind
    ///   `configuration` when this transport or these protocols cannot do it, with the connection as it
    ///   was; ``TransportMisuse`` while a producer is registered.
    @discardableResult public func startTLS(
        _ role: TLSRole, from predecessor: any StreamProtocol, to successor: any StreamProtocol,
        unusedByteCount: Int, earlyPlaintext: EarlyPlaintextRule = .refused, reactor: Reactor,
        handshakeTimeout: Duration = TLSLimits.handshakeTimeout
    ) throws -> TLSTransport {
        guard let upgradable = self as? any UpgradableTransport else {
            throw TLSFailure(.configuration, "this kind of transport cannot begin TLS")
        }
        guard predecessor !== successor else {
            throw TLSFailure(.configuration, "a protocol cannot be its own successor when TLS begins")
        }
        let tls = try TLSTransport(role, protocol: successor, reactor: reactor, handshakeTimeout: handshakeTimeout)
        let early = max(0, unusedByteCount) + upgradable.discardUndelivered()
        if early > 0, earlyPlaintext == .refused {
            abortConnection()
            throw TLSFailure(.plaintextBeforeTLS, "the peer sent \(early) octets in the clear behind the start of TLS")
        }
        try upgradable.replaceProtocol(with: tls)
        resumeProducing()
        tls.connectionMade(over: self)
        return tls
    }
}
