/// How something is signed, named as it is on the wire; the best come first.
///
/// `ssh-rsa`, which is RSA with SHA-1, is not among them.
///
/// - Source: RFC 8709, RFC 5656, RFC 8332, OpenSSH's PROTOCOL.u2f.
public enum SSHSignatureAlgorithm: String, CaseIterable, Hashable, Sendable {
    /// Ed25519.
    case ed25519 = "ssh-ed25519"
    /// Ed25519 by a security key.
    case securityKeyEd25519 = "sk-ssh-ed25519@openssh.com"
    /// ECDSA on P-256 with SHA-256.
    case ecdsaP256 = "ecdsa-sha2-nistp256"
    /// ECDSA on P-384 with SHA-384.
    case ecdsaP384 = "ecdsa-sha2-nistp384"
    /// ECDSA on P-521 with SHA-512.
    case ecdsaP521 = "ecdsa-sha2-nistp521"
    /// ECDSA on P-256 with SHA-256 by a security key.
    case securityKeyP256 = "sk-ecdsa-sha2-nistp256@openssh.com"
    /// RSA with SHA-512.
    case rsaSHA512 = "rsa-sha2-512"
    /// RSA with SHA-256.
    case rsaSHA256 = "rsa-sha2-256"

    /// The name on the wire.
    public var name: String { rawValue }

    /// The algorithm of that name.
    public init?(_ name: String) { self.init(rawValue: name) }

    /// The kind of key that signs so.
    public var keyType: SSHKeyType {
        switch self {
        case .ed25519: .ed25519
        case .securityKeyEd25519: .securityKeyEd25519
        case .ecdsaP256: .ecdsaP256
        case .ecdsaP384: .ecdsaP384
        case .ecdsaP521: .ecdsaP521
        case .securityKeyP256: .securityKeyP256
        case .rsaSHA512, .rsaSHA256: .rsa
        }
    }
}
