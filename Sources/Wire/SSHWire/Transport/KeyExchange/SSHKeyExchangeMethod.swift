import COpenSSL
import DigestWire

/// A method of key exchange, named as it is on the wire; the best come first.
public enum SSHKeyExchangeMethod: String, CaseIterable, Hashable, Sendable {
    /// A hybrid of ML-KEM-768 and X25519; draft-ietf-sshm-mlkem-hybrid-kex.
    case mlkem768x25519 = "mlkem768x25519-sha256"
    /// RFC 8731.
    case curve25519 = "curve25519-sha256"
    /// The same under the name it had before.
    case curve25519Libssh = "curve25519-sha256@libssh.org"
    /// RFC 5656.
    case nistp256 = "ecdh-sha2-nistp256"
    /// RFC 5656.
    case nistp384 = "ecdh-sha2-nistp384"
    /// RFC 5656.
    case nistp521 = "ecdh-sha2-nistp521"

    /// Whether this libcrypto can do it: ML-KEM came with OpenSSL 3.5.
    public var isAvailable: Bool { self != .mlkem768x25519 || Self.hasEncapsulation }

    /// Whether it computes on one of NIST's curves.
    public var isOnNISTCurve: Bool {
        switch self {
        case .nistp256, .nistp384, .nistp521: true
        case .mlkem768x25519, .curve25519, .curve25519Libssh: false
        }
    }

    private static let hasEncapsulation = copenssl_has_encapsulation(SSHHybridKey.kind) == 1

    /// The hash of the exchange and of the keys.
    var digest: HashFunction {
        switch self {
        case .mlkem768x25519, .curve25519, .curve25519Libssh, .nistp256: .sha256
        case .nistp384: .sha384
        case .nistp521: .sha512
        }
    }
}
