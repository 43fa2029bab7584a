import COpenSSL

/// One of libcrypto's ciphers with its key, ready for any number of packets.
///
/// - Source: EVP_EncryptInit(3).
struct SSHCipherContext: ~Copyable {
    let pointer: OpaquePointer
    private let direction: Int32

    /// Takes the key, and the first initialization vector if it is known.
    init(_ cipher: OpaquePointer?, key: [UInt8], vector: [UInt8]? = nil, seals: Bool) throws(SSHFailure) {
        let direction: Int32 = seals ? 1 : 0
        guard let cipher, Int(EVP_CIPHER_get_key_length(cipher)) <= key.count, let made = EVP_CIPHER_CTX_new() else {
            throw .cryptography
        }
        let isReady =
            if let vector, vector.count >= Int(EVP_CIPHER_get_iv_length(cipher)) {
                EVP_CipherInit_ex(made, cipher, nil, key, vector, direction) == 1
            } else {
                EVP_CipherInit_ex(made, cipher, nil, key, nil, direction) == 1
            }
        guard isReady else {
            EVP_CIPHER_CTX_free(made)
            throw .cryptography
        }
        pointer = made
        self.direction = direction
    }

    deinit { EVP_CIPHER_CTX_free(pointer) }

    /// Starts again under the same key with the vector of sixteen octets that two numbers make in memory.
    func restart(_ vector: (UInt64, UInt64)) -> Bool {
        withUnsafeBytes(of: vector) {
            EVP_CipherInit_ex(pointer, nil, nil, nil, $0.assumingMemoryBound(to: UInt8.self).baseAddress, direction)
                == 1
        }
    }

    /// Turns octets into as many others, in place or not.
    func update(_ output: UnsafeMutablePointer<UInt8>, _ input: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        var produced: Int32 = 0
        return EVP_CipherUpdate(pointer, output, &produced, input, Int32(clamping: count)) == 1
            && Int(produced) == count
    }
}

extension SSHFailure {
    /// libcrypto could not do what it always can.
    static var cryptography: SSHFailure { SSHFailure(.keyExchangeFailed, "The cryptography library refused.") }
}
