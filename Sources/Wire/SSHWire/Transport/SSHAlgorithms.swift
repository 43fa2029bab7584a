public import SSHKeys

/// Which algorithms an end offers, each list in the order of preference.
///
/// ```text
///   key exchange   mlkem768x25519-sha256 (where libcrypto has ML-KEM), curve25519-sha256, ecdh-sha2-nistp*
///   host keys      ssh-ed25519, ecdsa-sha2-nistp*, rsa-sha2-512, rsa-sha2-256
///   ciphers        chacha20-poly1305@openssh.com, aes*-gcm@openssh.com, aes*-ctr
///   MACs           hmac-sha2-256-etm@openssh.com, hmac-sha2-512-etm@openssh.com; only for aes*-ctr
/// ```
///
/// There is neither SHA-1 nor CBC nor a MAC over plain text, and no compression.
///
/// - Source: RFC 4253 section 7.1, RFC 8731, RFC 5656, RFC 8332, RFC 4344, OpenSSH PROTOCOL.
public struct SSHAlgorithms: Hashable, Sendable {
    /// Methods of key exchange.
    public var keyExchanges: [SSHKeyExchangeMethod]
    /// Signatures of host keys; a server offers of these what its keys can make.
    public var hostKeys: [SSHSignatureAlgorithm]
    /// Ciphers, of both directions.
    public var ciphers: [SSHCipherName]
    /// MACs, of both directions.
    public var macs: [SSHMACName]

    /// Everything, the best first; a server leaves out the key exchanges on NIST's curves, which no present client needs
    /// and which audits object to.
    public static func standard(for role: SSHRole) -> SSHAlgorithms {
        SSHAlgorithms(
            keyExchanges: SSHKeyExchangeMethod.allCases.filter {
                $0.isAvailable && (role == .client || !$0.isOnNISTCurve)
            },
            hostKeys: SSHSignatureAlgorithm.hostKeys, ciphers: SSHCipherName.allCases, macs: SSHMACName.allCases)
    }

    /// Offers these.
    public init(
        keyExchanges: [SSHKeyExchangeMethod], hostKeys: [SSHSignatureAlgorithm], ciphers: [SSHCipherName],
        macs: [SSHMACName]
    ) {
        self.keyExchanges = keyExchanges
        self.hostKeys = hostKeys
        self.ciphers = ciphers
        self.macs = macs
    }
}

extension SSHSignatureAlgorithm {
    /// What a host key may sign with, the best first.
    public static var hostKeys: [SSHSignatureAlgorithm] { allCases.filter { !$0.keyType.isSecurityKey } }
}
