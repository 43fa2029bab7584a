public import Transports

/// What a handshake has agreed on.
public struct TLSSessionInformation {
    /// The version spoken.
    public var version: TLSVersion

    /// OpenSSL's name of the cipher suite, such as `TLS_AES_128_GCM_SHA256`.
    public var cipher: String

    /// The application protocol agreed on (ALPN), if any.
    public var applicationProtocol: String?

    /// The name of the server the client wants to reach; on a server nil when the client gave none (SNI).
    public var serverName: String?

    /// Whether an earlier session was resumed.
    public var wasResumed: Bool

    /// The peer's certificate, if it has shown one; verified as the context demands, not more.
    public var peerCertificate: TLSCertificate?
}

/// A protocol that wants to know when its connection has become secure, and how.
public protocol TLSAwareProtocol: StreamProtocol {
    /// The handshake is complete; called once, after `connectionMade` and before any `dataReceived`.
    ///
    /// - Throws: Whatever shall end the connection, as from `dataReceived`.
    func handshakeCompleted(_ session: TLSSessionInformation) throws
}
