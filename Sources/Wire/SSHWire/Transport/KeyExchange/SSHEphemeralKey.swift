import COpenSSL

/// A pair of keys that serves one key exchange: X25519, or a curve of NIST's.
///
/// - Source: RFC 8731 section 3, RFC 5656 section 4.
final class SSHEphemeralKey {
    private let key: OpaquePointer
    private let curve: SSHAgreementCurve
    /// What the peer gets.
    let publicValue: [UInt8]

    init(_ curve: SSHAgreementCurve) throws(SSHFailure) {
        let made =
            switch curve {
            case .x25519: copenssl_new_key("X25519")
            case .p256: copenssl_new_curve_key("P-256")
            case .p384: copenssl_new_curve_key("P-384")
            case .p521: copenssl_new_curve_key("P-521")
            }
        guard let made else { throw .cryptography }
        key = made
        self.curve = curve
        var encoded: UnsafeMutablePointer<UInt8>?
        let count = EVP_PKEY_get1_encoded_public_key(made, &encoded)
        publicValue = Array(UnsafeBufferPointer(start: encoded, count: encoded == nil ? 0 : count))
        CRYPTO_free(encoded, nil, 0)
        guard publicValue.count == curve.valueOctets else { throw .cryptography }
    }

    deinit { EVP_PKEY_free(key) }

    /// What both ends get from this key and the peer's public one.
    ///
    /// - Throws: A failure of the key exchange, for a value that is no point of the curve or gives a secret of zeros.
    func agree(with value: ArraySlice<UInt8>) throws(SSHFailure) -> [UInt8] {
        // Points may be compressed elsewhere; here they are not.
        guard value.count == curve.valueOctets, curve == .x25519 || value.first == 4 else { throw .badExchangeValue }
        var secret = [UInt8](repeating: 0, count: curve.secretOctets)
        let count = value.withUnsafeBufferPointer {
            copenssl_agree(key, $0.baseAddress, $0.count, &secret, secret.count)
        }
        guard count == curve.secretOctets, secret.contains(where: { $0 != 0 }) else { throw .badExchangeValue }
        return secret
    }
}

/// What a key can be agreed on.
enum SSHAgreementCurve: Hashable, Sendable {
    case x25519, p256, p384, p521

    /// Octets of the public value: a number, or a point that is not compressed.
    var valueOctets: Int {
        switch self {
        case .x25519: 32
        case .p256: 65
        case .p384: 97
        case .p521: 133
        }
    }

    /// Octets of the secret.
    var secretOctets: Int {
        switch self {
        case .x25519, .p256: 32
        case .p384: 48
        case .p521: 66
        }
    }
}

extension SSHFailure {
    /// The peer's half of a key exchange is none.
    static var badExchangeValue: SSHFailure {
        SSHFailure(.keyExchangeFailed, "The peer's half of the key exchange is invalid.")
    }
}
