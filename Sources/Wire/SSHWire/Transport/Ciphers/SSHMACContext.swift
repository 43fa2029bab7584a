import COpenSSL

/// One of libcrypto's message authentication codes, ready for any number of packets.
///
/// - Source: EVP_MAC(3).
struct SSHMACContext: ~Copyable {
    private let pointer: OpaquePointer

    /// Makes a code by its name, for HMAC with a digest.
    init(_ name: String, digest: String? = nil, key: [UInt8]? = nil) throws(SSHFailure) {
        guard let made = copenssl_new_mac(name, digest) else { throw .cryptography }
        if let key, EVP_MAC_init(made, key, key.count, nil) != 1 {
            EVP_MAC_CTX_free(made)
            throw .cryptography
        }
        pointer = made
    }

    deinit { EVP_MAC_CTX_free(pointer) }

    /// Starts a code, with the key it had unless another one of 32 octets is given.
    func start(key: UnsafePointer<UInt8>? = nil) -> Bool {
        EVP_MAC_init(pointer, key, key == nil ? 0 : 32, nil) == 1
    }

    /// Takes octets.
    func update(_ octets: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        EVP_MAC_update(pointer, octets, count) == 1
    }

    /// Writes the code.
    func finish(_ code: UnsafeMutablePointer<UInt8>, _ capacity: Int) -> Bool {
        var written = 0
        return EVP_MAC_final(pointer, code, &written, capacity) == 1 && written == capacity
    }

    /// Ends a code and compares it in constant time.
    ///
    /// - Parameters:
    ///   - expected: The code that came.
    ///   - count: Its octets, at most 64.
    /// - Returns: Whether both are the same.
    func matches(_ expected: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { code in
            guard let start = code.baseAddress, finish(start, count) else { return false }
            return CRYPTO_memcmp(start, expected, count) == 0
        }
    }
}
