import COpenSSL

/// One connection's TLS without any I/O: records in, records out, clear text at the other end.
@safe final class TLSEngine {
    /// How a call of the engine ended.
    enum Outcome {
        case complete
        case wantsInput
        case closedByPeer
        case failed(TLSFailure)
    }

    /// The context in use; a server's may change once, when the client has said which name it wants.
    private(set) var handle: ContextHandle

    /// The name the client asked for.
    private(set) var serverName: String?

    let ssl: OpaquePointer
    private let names: (any TLSServerContextSource)?
    private let sessionKey: String?
    private var input = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    private var output: [UInt8] = []
    private var isComplete = false
    private var lateMessages = 0
    private var octetsSinceBudget = 0

    /// Makes the engine of a server.
    convenience init(server names: any TLSServerContextSource) throws(TLSFailure) {
        try self.init(names.initialContext.handle, names: names, serverName: nil)
        unsafe SSL_set_accept_state(ssl)
    }

    /// Makes the engine of a client that wants to reach `serverName`, a host name or a numeric address.
    convenience init(client context: TLSClientContext, serverName: String) throws(TLSFailure) {
        try self.init(context.handle, names: nil, serverName: serverName)
        unsafe SSL_set_connect_state(ssl)
        try demandName(serverName, isVerifying: context.isVerifying)
        if let session = unsafe handle.sessions?.take(for: serverName) {
            unsafe SSL_set_session(ssl, session)
            unsafe SSL_SESSION_free(session)
        }
        ErrorQueue.clear()
    }

    private init(
        _ handle: ContextHandle, names: (any TLSServerContextSource)?, serverName: String?
    ) throws(TLSFailure) {
        ErrorQueue.clear()
        guard let made = unsafe SSL_new(handle.pointer) else {
            throw TLSFailure(.configuration, "no connection state: \(ErrorQueue.take().text)")
        }
        unsafe ssl = unsafe made
        self.handle = handle
        self.names = names
        self.serverName = serverName
        sessionKey = serverName
        guard let channel = unsafe EngineChannel.make(for: self) else {
            throw TLSFailure(.configuration, "no connection state: \(ErrorQueue.take().text)")
        }
        unsafe SSL_set_bio(ssl, channel, channel)
        unsafe SSL_set_ex_data(ssl, 0, Unmanaged.passUnretained(self).toOpaque())
    }

    deinit { unsafe SSL_free(ssl) }

    /// The engine behind a callback's argument.
    static func of(_ ssl: OpaquePointer?) -> TLSEngine? {
        guard let data = unsafe SSL_get_ex_data(ssl, 0) else { return nil }
        return unsafe Unmanaged<TLSEngine>.fromOpaque(data).takeUnretainedValue()
    }

    private func demandName(_ name: String, isVerifying: Bool) throws(TLSFailure) {
        guard !name.utf8.contains(0), isVerifying == false || !name.isEmpty else {
            throw TLSFailure(.configuration, "\"\(name)\" is no name of a server")
        }
        let parameters = unsafe SSL_get0_param(ssl)
        let address = unsafe a2i_IPADDRESS(name)
        defer { unsafe ASN1_OCTET_STRING_free(address) }
        var isAccepted = true
        if unsafe address != nil {
            if isVerifying { isAccepted = unsafe X509_VERIFY_PARAM_set1_ip_asc(parameters, name) == 1 }
        } else if !name.isEmpty {
            isAccepted = unsafe copenssl_set_server_name(ssl, name) == 1
            if isVerifying {
                unsafe X509_VERIFY_PARAM_set_hostflags(parameters, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
                isAccepted = unsafe isAccepted && X509_VERIFY_PARAM_set1_host(parameters, name, name.utf8.count) == 1
            }
        }
        ErrorQueue.clear()
        guard isAccepted else { throw TLSFailure(.configuration, "\"\(name)\" is no name of a server") }
    }

    // MARK: Records

    /// Calls `body` with these octets as input, and returns those it did not use.
    func withInput(_ bytes: UnsafeRawBufferPointer, _ body: () -> Void) -> UnsafeRawBufferPointer {
        unsafe input = unsafe bytes
        body()
        defer { unsafe input = UnsafeRawBufferPointer(start: nil, count: 0) }
        return unsafe input
    }

    /// The records to be sent.
    func takeOutput() -> [UInt8] {
        let taken = output
        output = []
        return taken
    }

    /// Whether there are records to be sent.
    var hasOutput: Bool { !output.isEmpty }

    /// Lets the memory of records that were sent be used for others.
    func giveBack(_ records: consuming [UInt8]) { handle.spareRecords.give(records) }

    func takeInput(into buffer: UnsafeMutablePointer<CChar>?, atMost limit: Int) -> Int {
        let count = unsafe min(limit, input.count)
        guard count > 0, let buffer = unsafe buffer, let start = unsafe input.baseAddress else { return 0 }
        unsafe UnsafeMutableRawPointer(buffer).copyMemory(from: start, byteCount: count)
        unsafe input = unsafe UnsafeRawBufferPointer(rebasing: input[count...])
        return count
    }

    func addOutput(_ bytes: UnsafeRawBufferPointer) {
        if output.isEmpty { output = handle.spareRecords.take() }
        unsafe output.append(contentsOf: bytes)
    }

    // MARK: Steps

    /// Whether the handshake begins with octets of this end, as a client's does.
    var speaksFirst: Bool { names == nil }

    /// Takes the handshake as far as the input allows.
    func shakeHands() -> Outcome {
        ErrorQueue.clear()
        let result = unsafe SSL_do_handshake(ssl)
        guard result != 1 else {
            ErrorQueue.clear()
            isComplete = true
            return .complete
        }
        return outcome(result)
    }

    /// Decrypts into a buffer until it is full or input is missing.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> (count: Int, outcome: Outcome) {
        var count = 0
        ErrorQueue.clear()
        while count < buffer.count {
            var piece = 0
            let result = unsafe SSL_read_ex(ssl, buffer.baseAddress?.advanced(by: count), buffer.count - count, &piece)
            guard result == 1 else {
                if lateMessages > TLSLimits.lateHandshakeMessages { return (count, .failed(Self.flood)) }
                return (count, outcome(result))
            }
            count += piece
            renewBudget(piece)
            if unsafe input.isEmpty, unsafe SSL_has_pending(ssl) == 0, lateMessages <= TLSLimits.lateHandshakeMessages {
                return (count, .wantsInput)
            }
        }
        return (count, .complete)
    }

    /// Encrypts octets.
    ///
    /// - Returns: `complete` when all were; after any other outcome none were.
    func write(_ bytes: UnsafeRawBufferPointer) -> Outcome {
        var written = 0
        ErrorQueue.clear()
        let result = unsafe SSL_write_ex(ssl, bytes.baseAddress, bytes.count, &written)
        return result == 1 ? .complete : outcome(result)
    }

    /// Says that nothing more will be sent (`close_notify`).
    func sayGoodbye() {
        ErrorQueue.clear()
        unsafe SSL_shutdown(ssl)
        ErrorQueue.clear()
    }

    private func outcome(_ result: Int32) -> Outcome {
        switch unsafe SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .wantsInput
        case SSL_ERROR_ZERO_RETURN: return .closedByPeer
        default: return .failed(failure())
        }
    }

    // MARK: What callbacks report

    func handshakeMessageArrived() {
        if isComplete { lateMessages += 1 }
    }

    private static let flood = TLSFailure(
        .handshakeFlood, "more than \(TLSLimits.lateHandshakeMessages) handshake messages after the handshake")

    private func renewBudget(_ count: Int) {
        guard lateMessages > 0 else { return }
        octetsSinceBudget += count
        guard octetsSinceBudget >= TLSLimits.octetsPerLateBudget else { return }
        octetsSinceBudget = 0
        lateMessages = 0
    }

    /// Takes the context for the name; false when there is none.
    func clientAsked(forServerName name: String?) -> Bool {
        serverName = name
        guard let names else { return true }
        guard let chosen = names.context(forServerName: name) else { return false }
        guard chosen.handle !== handle else { return true }
        let versions = chosen.handle.versions
        let (lowest, highest) = (versions.lowerBound.rawValue, versions.upperBound.rawValue)
        guard unsafe copenssl_switch_context(ssl, chosen.handle.pointer) == 1 else { return false }
        guard unsafe copenssl_set_connection_versions(ssl, lowest, highest) == 1 else { return false }
        handle = chosen.handle
        return true
    }

    func sessionWasGiven(_ session: OpaquePointer) -> Bool {
        guard let sessions = handle.sessions, let sessionKey else { return false }
        unsafe sessions.remember(session, for: sessionKey)
        return true
    }

    // MARK: Results

    /// What the handshake has agreed on.
    func sessionInformation() -> TLSSessionInformation {
        var start: UnsafePointer<UInt8>?
        var count: UInt32 = 0
        unsafe SSL_get0_alpn_selected(ssl, &start, &count)
        let name = unsafe UnsafeBufferPointer(start: start, count: Int(count))
        return unsafe TLSSessionInformation(
            version: TLSVersion(rawValue: SSL_version(ssl)) ?? .tls12,
            cipher: String(cString: SSL_CIPHER_get_name(SSL_get_current_cipher(ssl))),
            applicationProtocol: name.isEmpty ? nil : String(decoding: name, as: UTF8.self),
            serverName: serverName, wasResumed: SSL_session_reused(ssl) == 1,
            peerCertificate: SSL_get1_peer_certificate(ssl).map { unsafe TLSCertificate(owning: $0) })
    }

    private func failure() -> TLSFailure {
        let (code, text) = ErrorQueue.take()
        let reason = Int32(code & 0x7F_FFFF)
        let verdict = unsafe SSL_get_verify_result(ssl)
        if reason == SSL_R_CERTIFICATE_VERIFY_FAILED, verdict != Int(X509_V_OK) { return refusal(verdict) }
        if reason > SSL_AD_REASON_OFFSET, reason < SSL_AD_REASON_OFFSET + 256 {
            return TLSFailure(.refusedByPeer(alert: Int(reason - SSL_AD_REASON_OFFSET)), "refused by the peer: \(text)")
        }
        if reason == SSL_R_NO_APPLICATION_PROTOCOL {
            return TLSFailure(.noSharedProtocol, "the client offers none of our application protocols")
        }
        return TLSFailure(isComplete ? .corrupted : .handshake, isComplete ? text : "the handshake failed: \(text)")
    }

    private func refusal(_ verdict: Int) -> TLSFailure {
        let words = unsafe X509_verify_cert_error_string(verdict).map { unsafe String(cString: $0) } ?? "refused"
        let kind: TLSFailure.Kind =
            switch Int32(verdict) {
            case X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_CERT_NOT_YET_VALID: .expired
            case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH: .wrongName
            default: .untrusted
            }
        let whose = names == nil ? "the certificate of \"\(serverName ?? "")\"" : "the client's certificate"
        return TLSFailure(kind, "\(whose) is not accepted: \(words)")
    }
}
