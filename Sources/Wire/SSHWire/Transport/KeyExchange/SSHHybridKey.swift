import COpenSSL
import DigestWire

/// A client's pair of keys for ML-KEM-768 with X25519: whoever wants the secret has to break both.
///
/// ```text
///   client → server   encapsulation key, 1184 octets │ X25519, 32
///   server → client   ciphertext, 1088 octets        │ X25519, 32
///   secret            SHA-256 of the encapsulated secret, 32 octets, and X25519's, 32
/// ```
///
/// - Source: draft-ietf-sshm-mlkem-hybrid-kex section 2, FIPS 203.
final class SSHHybridKey {
    private let key: OpaquePointer
    private let classical: SSHEphemeralKey
    /// What the server gets.
    let publicValue: [UInt8]

    /// libcrypto's name.
    static let kind = "ML-KEM-768"
    private static let keyOctets = 1184
    private static let wrappedOctets = 1088
    private static let secretOctets = 32

    init() throws(SSHFailure) {
        classical = try SSHEphemeralKey(.x25519)
        guard let made = copenssl_new_key(Self.kind) else { throw .cryptography }
        key = made
        var encoded = [UInt8](repeating: 0, count: Self.keyOctets)
        var count = encoded.count
        let isWhole = EVP_PKEY_get_raw_public_key(made, &encoded, &count) == 1 && count == Self.keyOctets
        publicValue = encoded + classical.publicValue
        guard isWhole else { throw .cryptography }
    }

    deinit { EVP_PKEY_free(key) }

    /// What a client gets from the server's answer.
    func agree(with value: ArraySlice<UInt8>) throws(SSHFailure) -> [UInt8] {
        guard value.count == Self.wrappedOctets + 32 else { throw .badExchangeValue }
        let wrapped = Array(value.prefix(Self.wrappedOctets))
        var secret = [UInt8](repeating: 0, count: Self.secretOctets)
        guard copenssl_decapsulate(key, wrapped, wrapped.count, &secret, secret.count) == 1 else {
            throw .badExchangeValue
        }
        return Self.combine(secret, try classical.agree(with: value.suffix(32)))
    }

    /// A server's answer to a client's value, and what both get.
    static func respond(to value: ArraySlice<UInt8>) throws(SSHFailure) -> (value: [UInt8], secret: [UInt8]) {
        guard value.count == keyOctets + 32 else { throw .badExchangeValue }
        let theirs = Array(value.prefix(keyOctets))
        var wrapped = [UInt8](repeating: 0, count: wrappedOctets)
        var secret = [UInt8](repeating: 0, count: secretOctets)
        guard
            copenssl_encapsulate(kind, theirs, theirs.count, &wrapped, wrapped.count, &secret, secret.count) == 1
        else { throw .badExchangeValue }
        let classical = try SSHEphemeralKey(.x25519)
        let whole = combine(secret, try classical.agree(with: value.suffix(32)))
        return (wrapped + classical.publicValue, whole)
    }

    private static func combine(_ encapsulated: [UInt8], _ agreed: [UInt8]) -> [UInt8] {
        HashFunction.sha256.hash(encapsulated + agreed)
    }
}
