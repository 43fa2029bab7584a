import COpenSSL

/// OpenSSL's `SSL_CTX` with what both roles set the same way; not changed after its owner has made it.
@safe final class ContextHandle {
    /// Forward secrecy and authenticated encryption only: Mozilla's "intermediate" without finite-field
    /// Diffie-Hellman, whose cost for the server a peer can abuse (CVE-2002-20001).
    private static let ciphers = """
        ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:\
        ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305
        """
    private static let groups = "X25519:P-256:P-384"

    let pointer: OpaquePointer

    /// The application protocols as ALPN sends them: each with its length before it (RFC 7301 §3.1).
    let wireProtocols: [UInt8]

    let versions: ClosedRange<TLSVersion>

    /// Keeps sessions that servers gave; nil for servers and for clients that shall not resume.
    let sessions: SessionCache?

    /// Buffers for decrypted octets, lent to one connection at a time.
    let scratch = ScratchPool()

    /// Memory for encrypted octets on their way to the transport below.
    let spareRecords = SpareRecords()

    init(
        method: OpaquePointer?, versions: ClosedRange<TLSVersion>, applicationProtocols: [String],
        sessions: SessionCache? = nil
    ) throws(TLSFailure) {
        wireProtocols = try Self.wireForm(applicationProtocols)
        ErrorQueue.clear()
        guard let made = unsafe SSL_CTX_new(method) else {
            throw TLSFailure(.configuration, "no context: \(ErrorQueue.take().text)")
        }
        unsafe pointer = unsafe made
        self.sessions = sessions
        self.versions = versions
        let (lowest, highest) = (versions.lowerBound.rawValue, versions.upperBound.rawValue)
        let isAccepted =
            unsafe (copenssl_set_versions(made, lowest, highest) == 1
            && SSL_CTX_set_cipher_list(made, Self.ciphers) == 1
            && copenssl_set_groups(made, Self.groups) == 1)
        guard isAccepted else {
            throw TLSFailure(.configuration, "versions, ciphers or groups: \(ErrorQueue.take().text)")
        }
        unsafe copenssl_set_safe_options(made)
        // Idle connections keep no record buffers.
        unsafe copenssl_set_mode(made, Int(SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER))
        unsafe SSL_CTX_set_msg_callback(made, noteMessage)
    }

    deinit { unsafe SSL_CTX_free(pointer) }

    /// Shows a certificate chain, and signs with its key.
    func use(_ identity: TLSIdentity) throws(TLSFailure) {
        ErrorQueue.clear()
        var isAccepted =
            unsafe (SSL_CTX_use_certificate(pointer, identity.chain[0].handle) == 1
            && SSL_CTX_use_PrivateKey(pointer, identity.key) == 1)
        for certificate in identity.chain.dropFirst() where isAccepted {
            isAccepted = unsafe copenssl_add_chain_certificate(pointer, certificate.handle) == 1
        }
        guard isAccepted else {
            let subject = identity.chain[0].subject
            throw TLSFailure(.configuration, "the certificate of \(subject) is not usable: \(ErrorQueue.take().text)")
        }
    }

    /// Trusts what `roots` vouch for.
    func trust(_ roots: TLSRoots) throws(TLSFailure) {
        ErrorQueue.clear()
        var isAccepted = true
        switch roots {
        case .system: isAccepted = unsafe SSL_CTX_set_default_verify_paths(pointer) == 1
        case .only(let certificates):
            let store = unsafe SSL_CTX_get_cert_store(pointer)
            for certificate in certificates where isAccepted {
                isAccepted = unsafe X509_STORE_add_cert(store, certificate.handle) == 1
            }
        }
        guard isAccepted else { throw TLSFailure(.configuration, "trusted roots: \(ErrorQueue.take().text)") }
    }

    private static func wireForm(_ names: [String]) throws(TLSFailure) -> [UInt8] {
        var wire: [UInt8] = []
        for name in names {
            guard let count = UInt8(exactly: name.utf8.count), count > 0 else {
                throw TLSFailure(.configuration, "the application protocol \"\(name)\" has not 1 to 255 octets")
            }
            wire.append(count)
            wire.append(contentsOf: name.utf8)
        }
        guard wire.count <= Int(UInt16.max) else { throw TLSFailure(.configuration, "too many application protocols") }
        return wire
    }
}

/// Counts the peer's handshake messages.
private func noteMessage(
    _ isWriting: Int32, _ version: Int32, _ contentType: Int32, _ bytes: UnsafeRawPointer?, _ count: Int,
    _ ssl: OpaquePointer?, _ argument: UnsafeMutableRawPointer?
) {
    guard isWriting == 0, contentType == SSL3_RT_HANDSHAKE else { return }
    unsafe TLSEngine.of(ssl)?.handshakeMessageArrived()
}

/// Arrays that connections fill with records, so that not every write allocates one.
final class SpareRecords {
    private var spare: [UInt8]?

    /// An empty array, perhaps with memory; the next caller gets another, as with TLS inside TLS.
    func take() -> [UInt8] {
        guard let taken = spare else { return Self.make() }
        spare = nil
        return taken
    }

    func give(_ array: consuming [UInt8]) {
        guard array.capacity <= TLSLimits.sparedRecordsByteCount else { return }
        array.removeAll(keepingCapacity: true)
        spare = array
    }

    private static func make() -> [UInt8] {
        var made: [UInt8] = []
        made.reserveCapacity(TLSLimits.encryptionPiece + 1024)
        return made
    }
}

/// Buffers that connections borrow while they decrypt, so that each needs none of its own.
///
/// More than one is out only when connections are nested, as with TLS inside TLS.
@safe final class ScratchPool {
    private var spare = unsafe [UnsafeMutableRawBufferPointer]()

    deinit {
        while let buffer = unsafe spare.popLast() { unsafe buffer.deallocate() }
    }

    func withBuffer<Value>(_ body: (UnsafeMutableRawBufferPointer) -> Value) -> Value {
        let buffer =
            unsafe spare.popLast()
            ?? UnsafeMutableRawBufferPointer.allocate(
                byteCount: TLSLimits.deliveryPiece, alignment: 16)
        defer { unsafe spare.append(buffer) }
        return unsafe body(buffer)
    }
}
