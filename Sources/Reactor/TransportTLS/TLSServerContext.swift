import COpenSSL

/// Which certificates a server asks of its clients.
public enum TLSClientCertificates {
    /// None.
    case ignored

    /// One that these roots vouch for, or none.
    case optional(TLSRoots)

    /// One that these roots vouch for.
    case required(TLSRoots)

    /// Any or none, vouched for by nobody: only that the client holds its key is proven, so that its fingerprint can stand
    /// for it.
    case unverified
}

/// The settings of a server beside its certificate.
public struct TLSServerOptions {
    /// The application protocols spoken (ALPN), the preferred one first; a client that offers only others is refused.
    public var applicationProtocols: [String] = []

    /// Which certificates clients must show.
    public var clientCertificates = TLSClientCertificates.ignored

    /// The versions spoken.
    public var versions: ClosedRange<TLSVersion> = .tls12 ... .tls13

    /// Whether clients may resume sessions without a full handshake.
    public var resumesSessions = true

    /// Makes the usual settings.
    public init() {}
}

/// Tells which context serves a client, by the name the client asks for.
///
/// A ``TLSServerContext`` serves any name; ``TLSServerNames`` knows several; ``TLSReloadingContext``
/// gives what its files held last.
public protocol TLSServerContextSource: AnyObject {
    /// The context a connection begins with, before the client has said a name.
    var initialContext: TLSServerContext { get }

    /// The context for a name, in lower case; nil when the client named none.
    ///
    /// - Returns: Nil to refuse the client, which then gets the alert `unrecognized_name`.
    func context(forServerName name: String?) -> TLSServerContext?
}

/// How a server does TLS: its certificate and settings; unchangeable, and good for any number of connections.
///
/// Versions before 1.2, compression and renegotiation are never used.
///
/// - Isolation: belongs to one reactor's thread, like the connections that use it.
@safe public final class TLSServerContext: TLSServerContextSource {
    /// The certificate chain and key shown to clients.
    public let identity: TLSIdentity

    let handle: ContextHandle

    /// Makes a context.
    ///
    /// - Parameters:
    ///   - identity: The certificate chain and key.
    ///   - options: Everything else.
    ///   - predecessor: A context with the same options whose clients may resume their sessions with
    ///     this one, as after a renewed certificate.
    /// - Throws: ``TLSFailure`` when OpenSSL does not accept a setting, such as a key that is too short.
    public init(
        identity: TLSIdentity, options: TLSServerOptions = TLSServerOptions(),
        continuing predecessor: TLSServerContext? = nil
    ) throws(TLSFailure) {
        self.identity = identity
        handle = try unsafe ContextHandle(
            method: TLS_server_method(), versions: options.versions, applicationProtocols: options.applicationProtocols)
        try handle.use(identity)
        try Self.ask(for: options.clientCertificates, handle)
        if let predecessor {
            sessionScope = predecessor.sessionScope
        } else {
            sessionScope = try Self.randomScope()
        }
        unsafe SSL_CTX_set_session_id_context(handle.pointer, sessionScope, UInt32(sessionScope.count))
        // Tickets do without memory here; sessions that need some are not kept.
        unsafe copenssl_set_session_cache_mode(handle.pointer, Int(SSL_SESS_CACHE_OFF))
        if !options.resumesSessions {
            unsafe copenssl_forbid_tickets(handle.pointer)
        } else if let predecessor {
            _ = unsafe copenssl_share_ticket_keys(predecessor.handle.pointer, handle.pointer)
        }
        unsafe SSL_CTX_set_client_hello_cb(handle.pointer, clientSaidHello, nil)
        unsafe SSL_CTX_set_alpn_select_cb(handle.pointer, selectApplicationProtocol, nil)
    }

    /// This context.
    public var initialContext: TLSServerContext { self }

    /// This context, whatever the name.
    public func context(forServerName name: String?) -> TLSServerContext? { self }

    /// Sessions of one context are not accepted by another, which may demand other client certificates.
    private let sessionScope: [UInt8]

    private static func randomScope() throws(TLSFailure) -> [UInt8] {
        var scope = [UInt8](repeating: 0, count: 16)
        guard unsafe RAND_bytes(&scope, Int32(scope.count)) == 1 else {
            throw TLSFailure(.configuration, "no random numbers: \(ErrorQueue.take().text)")
        }
        return scope
    }

    private static func ask(for certificates: TLSClientCertificates, _ handle: ContextHandle) throws(TLSFailure) {
        let mode: Int32
        let roots: TLSRoots
        switch certificates {
        case .ignored: return
        case .optional(let given): (mode, roots) = (SSL_VERIFY_PEER, given)
        case .required(let given): (mode, roots) = (SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, given)
        case .unverified:
            unsafe SSL_CTX_set_verify(handle.pointer, SSL_VERIFY_PEER) { _, _ in 1 }
            return
        }
        try handle.trust(roots)
        if case .only(let certificates) = roots {
            for certificate in certificates { unsafe SSL_CTX_add_client_CA(handle.pointer, certificate.handle) }
        }
        // One of its own, because a connection that changes to this context keeps the other's when there is none.
        unsafe SSL_CTX_set_verify(handle.pointer, mode) { isGood, _ in isGood }
    }
}

/// Several contexts, each for a name or for all names directly below a domain.
public final class TLSServerNames: TLSServerContextSource {
    private let initial: any TLSServerContextSource
    private let sources: [String: any TLSServerContextSource]
    private let refusesUnknown: Bool

    /// Makes a table of names.
    ///
    /// - Parameters:
    ///   - initial: Serves clients that give no name.
    ///   - sources: By name; `*.mud.example` stands for every name directly below `mud.example`.
    ///   - refusesUnknown: Whether a name that is not in the table is refused instead of served by `initial`.
    public init(
        initial: any TLSServerContextSource, _ sources: [String: any TLSServerContextSource],
        refusesUnknown: Bool = false
    ) {
        self.initial = initial
        self.sources = Dictionary(sources.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
        self.refusesUnknown = refusesUnknown
    }

    /// The context for clients that have not said a name.
    public var initialContext: TLSServerContext { initial.initialContext }

    /// The context for a name: its own, its domain's, or the initial one.
    public func context(forServerName name: String?) -> TLSServerContext? {
        guard let name else { return initial.context(forServerName: nil) }
        if let source = sources[name] { return source.context(forServerName: name) }
        if let dot = name.firstIndex(of: "."), let source = sources["*" + name[dot...]] {
            return source.context(forServerName: name)
        }
        return refusesUnknown ? nil : initial.context(forServerName: name)
    }
}

/// Chooses the context before anything depends on it, resumption included.
private func clientSaidHello(
    _ ssl: OpaquePointer?, _ alert: UnsafeMutablePointer<Int32>?, _ argument: UnsafeMutableRawPointer?
) -> Int32 {
    guard let engine = unsafe TLSEngine.of(ssl) else { return SSL_CLIENT_HELLO_SUCCESS }
    var start: UnsafePointer<UInt8>?
    var count = 0
    var name: String?
    if unsafe SSL_client_hello_get0_ext(ssl, UInt32(TLSEXT_TYPE_server_name), &start, &count) == 1 {
        let field = unsafe UnsafeBufferPointer(start: start, count: count)
        name = unsafe ServerNameField.name(in: Span(_unsafeElements: field))
    }
    if engine.clientAsked(forServerName: name) { return SSL_CLIENT_HELLO_SUCCESS }
    unsafe alert?.pointee = SSL_AD_UNRECOGNIZED_NAME
    return SSL_CLIENT_HELLO_ERROR
}

/// Picks the first of our protocols that the client offers.
private func selectApplicationProtocol(
    _ ssl: OpaquePointer?, _ selected: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    _ selectedCount: UnsafeMutablePointer<UInt8>?, _ offered: UnsafePointer<UInt8>?, _ offeredCount: UInt32,
    _ argument: UnsafeMutableRawPointer?
) -> Int32 {
    guard let wanted = unsafe TLSEngine.of(ssl)?.handle.wireProtocols, !wanted.isEmpty else {
        return SSL_TLSEXT_ERR_NOACK
    }
    let offers = unsafe UnsafeBufferPointer(start: offered, count: Int(offeredCount))
    var ours = 0
    while ours < wanted.count {
        let name = wanted[ours...].prefix(1 + Int(wanted[ours]))
        var theirs = 0
        while theirs < offers.count {
            let end = theirs + 1 + Int(unsafe offers[theirs])
            guard end <= offers.count else { return SSL_TLSEXT_ERR_ALERT_FATAL }
            if unsafe offers[theirs..<end].elementsEqual(name) {
                unsafe selected?.pointee = unsafe offered?.advanced(by: theirs + 1)
                unsafe selectedCount?.pointee = unsafe offers[theirs]
                return SSL_TLSEXT_ERR_OK
            }
            theirs = end
        }
        ours += name.count
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL
}
