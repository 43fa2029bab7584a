import COpenSSL

/// Sessions that servers gave a client, to be resumed by later connections to the same name.
@safe final class SessionCache {
    private var sessions = unsafe [String: [OpaquePointer]]()
    private var order: [String] = []

    deinit {
        for server in order { forget(server) }
    }

    /// Takes over a reference to a session.
    func remember(_ session: OpaquePointer, for server: String) {
        guard unsafe SSL_SESSION_is_resumable(session) == 1 else { return unsafe SSL_SESSION_free(session) }
        if unsafe sessions[server] == nil {
            order.append(server)
            if order.count > TLSLimits.rememberedServers { forget(order.removeFirst()) }
        }
        unsafe sessions[server, default: []].append(session)
        if let list = unsafe sessions[server], unsafe list.count > TLSLimits.sessionsPerServer {
            unsafe SSL_SESSION_free(sessions[server]?.removeFirst())
        }
    }

    /// The newest session with a server; the caller owns a reference.
    ///
    /// One of TLS 1.3 is given once only, so that observers cannot link connections (RFC 8446 §C.4).
    func take(for server: String) -> OpaquePointer? {
        guard let session = unsafe sessions[server]?.last else { return nil }
        if unsafe SSL_SESSION_get_protocol_version(session) >= TLSVersion.tls13.rawValue {
            unsafe sessions[server]?.removeLast()
            if unsafe sessions[server]?.isEmpty == true {
                unsafe sessions[server] = nil
                order.removeAll { $0 == server }
            }
        } else {
            unsafe SSL_SESSION_up_ref(session)
        }
        return unsafe session
    }

    private func forget(_ server: String) {
        while let session = unsafe sessions[server]?.popLast() { unsafe SSL_SESSION_free(session) }
        unsafe sessions[server] = nil
    }
}
