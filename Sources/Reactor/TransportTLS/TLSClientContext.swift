import COpenSSL

/// What a client demands of the server's certificate.
public enum TLSServerVerification {
    /// Vouched for by trusted roots, valid now, and for the name we wanted to reach.
    case full(TLSRoots)

    /// Nothing at all: **anybody on the way can read and change everything.** For tests only.
    case dangerouslyTrustWhoeverAnswers
}

/// The settings of a client.
public struct TLSClientOptions {
    /// What is demanded of the server's certificate.
    public var verification = TLSServerVerification.full(.system)

    /// The certificate and key to show when a server asks for one.
    public var identity: TLSIdentity?

    /// The application protocols to offer (ALPN), the preferred one first.
    public var applicationProtocols: [String] = []

    /// The versions spoken.
    public var versions: ClosedRange<TLSVersion> = .tls12 ... .tls13

    /// Whether later connections to a server resume the session of an earlier one, which saves a full handshake.
    public var resumesSessions = true

    /// Makes the usual settings: full verification against the system's roots.
    public init() {}
}

/// How a client does TLS; unchangeable, and good for any number of connections to any servers.
///
/// Versions before 1.2, compression and renegotiation are never used.
///
/// - Isolation: belongs to one reactor's thread, like the connections that use it.
@safe public final class TLSClientContext {
    let handle: ContextHandle
    let isVerifying: Bool

    /// Makes a context.
    ///
    /// - Throws: ``TLSFailure`` when OpenSSL does not accept a setting.
    public init(_ options: TLSClientOptions = TLSClientOptions()) throws(TLSFailure) {
        handle = try unsafe ContextHandle(
            method: TLS_client_method(), versions: options.versions, applicationProtocols: options.applicationProtocols,
            sessions: options.resumesSessions ? SessionCache() : nil)
        switch options.verification {
        case .full(let roots):
            isVerifying = true
            try handle.trust(roots)
            unsafe SSL_CTX_set_verify(handle.pointer, SSL_VERIFY_PEER, nil)
        case .dangerouslyTrustWhoeverAnswers:
            isVerifying = false
            unsafe SSL_CTX_set_verify(handle.pointer, SSL_VERIFY_NONE, nil)
        }
        if let identity = options.identity { try handle.use(identity) }
        if !handle.wireProtocols.isEmpty {
            unsafe SSL_CTX_set_alpn_protos(handle.pointer, handle.wireProtocols, UInt32(handle.wireProtocols.count))
        }
        let isResuming = options.resumesSessions
        let cacheMode = isResuming ? SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL : SSL_SESS_CACHE_OFF
        unsafe copenssl_set_session_cache_mode(handle.pointer, Int(cacheMode))
        if isResuming { unsafe SSL_CTX_sess_set_new_cb(handle.pointer, sessionWasGiven) }
    }
}

/// Keeps a session for the next connection; 1 says that the reference is ours now.
private func sessionWasGiven(_ ssl: OpaquePointer?, _ session: OpaquePointer?) -> Int32 {
    guard let engine = unsafe TLSEngine.of(ssl), let session = unsafe session else { return 0 }
    return unsafe engine.sessionWasGiven(session) ? 1 : 0
}
