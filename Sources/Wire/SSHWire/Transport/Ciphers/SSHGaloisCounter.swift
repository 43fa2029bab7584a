import COpenSSL

/// `aes256-gcm@openssh.com` and its sisters: the length stays readable and is authenticated with the packet.
///
/// ```text
///   4 octets   length
///   n octets   the packet, encrypted
///   16 octets  the code over both
/// ```
///
/// The vector is four octets that stay and eight that count packets from where the key exchange put them; libcrypto counts.
///
/// - Source: RFC 5647 section 7, OpenSSH PROTOCOL section 1.6.
struct SSHGaloisCounter: ~Copyable {
    private let cipher: SSHCipherContext

    /// Octets of the initialization vector.
    static let vectorOctets = 12
    /// Octets of the code.
    static let tagOctets = 16

    init(key: [UInt8], vector: [UInt8], seals: Bool) throws(SSHFailure) {
        let cipher = try SSHCipherContext(
            key.count == 16 ? EVP_aes_128_gcm() : EVP_aes_256_gcm(), key: key, seals: seals)
        var vector = vector
        guard vector.count == Self.vectorOctets,
            EVP_CIPHER_CTX_ctrl(cipher.pointer, EVP_CTRL_GCM_SET_IV_FIXED, -1, &vector) == 1
        else { throw .cryptography }
        self.cipher = cipher
    }

    /// Encrypts a packet in place and writes the code behind it.
    func seal(_ packet: UnsafeMutablePointer<UInt8>, _ count: Int) -> Bool {
        var end: Int32 = 0
        return nextVector() && authenticateLength(packet) && cipher.update(packet + 4, packet + 4, count - 4)
            && EVP_CipherFinal_ex(cipher.pointer, packet + count, &end) == 1
            && EVP_CIPHER_CTX_ctrl(cipher.pointer, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagOctets), packet + count) == 1
    }

    /// Decrypts what follows the length in place, and tells whether it may be believed.
    func open(_ packet: UnsafeMutablePointer<UInt8>, _ count: Int) -> Bool {
        var end: Int32 = 0
        return nextVector()
            && EVP_CIPHER_CTX_ctrl(cipher.pointer, EVP_CTRL_AEAD_SET_TAG, Int32(Self.tagOctets), packet + count) == 1
            && authenticateLength(packet) && cipher.update(packet + 4, packet + 4, count - 4)
            && EVP_CipherFinal_ex(cipher.pointer, packet + count, &end) == 1
    }

    private func nextVector() -> Bool {
        var vector: UInt8 = 0
        return EVP_CIPHER_CTX_ctrl(cipher.pointer, EVP_CTRL_GCM_IV_GEN, 1, &vector) == 1
    }

    private func authenticateLength(_ packet: UnsafePointer<UInt8>) -> Bool {
        var taken: Int32 = 0
        return EVP_CipherUpdate(cipher.pointer, nil, &taken, packet, 4) == 1
    }
}
