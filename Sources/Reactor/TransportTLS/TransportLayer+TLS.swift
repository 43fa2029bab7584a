public import Transports

extension TransportLayer: TLSAwareProtocol {
    /// Tells the protocol above, if it wants to know, that the TLS below the layer is ready.
    public func handshakeCompleted(_ session: TLSSessionInformation) throws {
        try (upper as? any TLSAwareProtocol)?.handshakeCompleted(session)
    }
}
