import COpenSSL

/// A key that libcrypto holds.
///
/// `@unchecked Sendable`: the key is made in the initialiser and never changed after it; libcrypto guards what it keeps
/// with a key itself (`EVP_PKEY_up_ref`, provider contexts), and each signature has a context of its own.
final class KeyHandle: @unchecked Sendable {
    /// `EVP_PKEY`.
    let key: OpaquePointer

    /// Takes over what libcrypto made; nil for nothing.
    init?(taking key: OpaquePointer?) {
        guard let key else {
            ERR_clear_error()
            return nil
        }
        self.key = key
    }

    deinit { EVP_PKEY_free(key) }

    convenience init?(ed25519Public octets: [UInt8]) {
        // By name: libcrypto finds it in half the time that it takes by number.
        self.init(taking: EVP_PKEY_new_raw_public_key_ex(nil, "ED25519", nil, octets, octets.count))
    }

    convenience init?(ed25519Seed octets: [UInt8]) {
        self.init(taking: EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, octets, octets.count))
    }

    /// A key on a curve; public when there is no secret number.
    convenience init?(_ curve: SSHCurve, point: [UInt8], secret: [UInt8]) {
        self.init(taking: copenssl_curve_key(curve.libraryName, point, point.count, secret, secret.count))
    }

    convenience init?(rsaModulus modulus: [UInt8], exponent: [UInt8]) {
        self.init(taking: copenssl_rsa_public_key(modulus, modulus.count, exponent, exponent.count))
    }

    /// A private key of RSA of *n*, *e*, *d*, *p*, *q* and the inverse of *q* by *p*.
    convenience init?(rsaNumbers numbers: [[UInt8]]) {
        guard numbers.count == 6 else { return nil }
        self.init(taking: copenssl_rsa_private_key(Array(numbers.joined()), numbers.map(\.count)))
    }

    /// Whether the octets are the message's signature (`EVP_DigestVerify`).
    func verify(_ signature: [UInt8], of message: [UInt8], _ hash: OpaquePointer?) -> Bool {
        defer { ERR_clear_error() }
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestVerifyInit(context, nil, hash, nil, key) == 1 else { return false }
        return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }

    /// Signs a message (`EVP_DigestSign`); nil when libcrypto refuses.
    func sign(_ message: [UInt8], _ hash: OpaquePointer?) -> [UInt8]? {
        defer { ERR_clear_error() }
        guard let context = EVP_MD_CTX_new() else { return nil }
        defer { EVP_MD_CTX_free(context) }
        var length = 0
        guard EVP_DigestSignInit(context, nil, hash, nil, key) == 1,
            EVP_DigestSign(context, nil, &length, message, message.count) == 1
        else { return nil }
        var signature = [UInt8](repeating: 0, count: length)
        guard EVP_DigestSign(context, &signature, &length, message, message.count) == 1 else { return nil }
        return Array(signature.prefix(length))
    }

    /// A number that belongs to the key, by libcrypto's name of the field.
    func number(_ field: String) -> [UInt8]? {
        var octets = [UInt8](repeating: 0, count: 1024)
        let length = copenssl_key_number(key, field, &octets, Int32(octets.count))
        defer { OPENSSL_cleanse(&octets, octets.count) }
        return length < 0 ? nil : Array(octets.prefix(Int(length)))
    }
}

extension SSHSignatureAlgorithm {
    /// What the message is hashed with by libcrypto; nil for Ed25519, which hashes by itself.
    var hash: OpaquePointer? {
        switch self {
        case .ed25519, .securityKeyEd25519: nil
        case .ecdsaP256, .securityKeyP256, .rsaSHA256: EVP_sha256()
        case .ecdsaP384: EVP_sha384()
        case .ecdsaP521, .rsaSHA512: EVP_sha512()
        }
    }
}
