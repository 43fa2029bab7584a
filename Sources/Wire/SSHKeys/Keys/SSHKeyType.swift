/// The kind of a key, named as it is on the wire.
///
/// DSA is not among them, nor are certificates.
///
/// - Source: RFC 8709 (Ed25519), RFC 5656 (ECDSA), RFC 4253 section 6.6 (RSA), OpenSSH's PROTOCOL.u2f (security keys).
public enum SSHKeyType: String, CaseIterable, Hashable, Sendable {
    /// Ed25519.
    case ed25519 = "ssh-ed25519"
    /// ECDSA on the curve P-256.
    case ecdsaP256 = "ecdsa-sha2-nistp256"
    /// ECDSA on the curve P-384.
    case ecdsaP384 = "ecdsa-sha2-nistp384"
    /// ECDSA on the curve P-521.
    case ecdsaP521 = "ecdsa-sha2-nistp521"
    /// RSA, of 2048 to 8192 bits; signs with SHA-2 only.
    case rsa = "ssh-rsa"
    /// Ed25519 in a FIDO security key.
    case securityKeyEd25519 = "sk-ssh-ed25519@openssh.com"
    /// ECDSA on the curve P-256 in a FIDO security key.
    case securityKeyP256 = "sk-ecdsa-sha2-nistp256@openssh.com"

    /// The name on the wire.
    public var name: String { rawValue }

    /// The kind of that name.
    public init?(_ name: String) { self.init(rawValue: name) }

    /// Whether the private key never leaves a token, which counts its signatures and tells whether somebody touched it.
    public var isSecurityKey: Bool { self == .securityKeyEd25519 || self == .securityKeyP256 }

    /// What such keys sign with, the best first.
    public var signatureAlgorithms: [SSHSignatureAlgorithm] {
        SSHSignatureAlgorithm.allCases.filter { $0.keyType == self }
    }

    /// The curve, for ECDSA.
    var curve: SSHCurve? {
        switch self {
        case .ecdsaP256, .securityKeyP256: .p256
        case .ecdsaP384: .p384
        case .ecdsaP521: .p521
        case .ed25519, .rsa, .securityKeyEd25519: nil
        }
    }

    /// What people call it.
    var title: String {
        switch self {
        case .ed25519: "ED25519"
        case .ecdsaP256, .ecdsaP384, .ecdsaP521: "ECDSA"
        case .rsa: "RSA"
        case .securityKeyEd25519: "ED25519-SK"
        case .securityKeyP256: "ECDSA-SK"
        }
    }
}
