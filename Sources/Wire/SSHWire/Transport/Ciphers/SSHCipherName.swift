/// A cipher of packets.
public enum SSHCipherName: String, CaseIterable, Hashable, Sendable {
    /// Authenticates by itself; OpenSSH PROTOCOL.chacha20poly1305.
    case chacha20Poly1305 = "chacha20-poly1305@openssh.com"
    /// Authenticates by itself; RFC 5647 as OpenSSH PROTOCOL 1.6 has it.
    case aes256GCM = "aes256-gcm@openssh.com"
    /// Authenticates by itself; RFC 5647 as OpenSSH PROTOCOL 1.6 has it.
    case aes128GCM = "aes128-gcm@openssh.com"
    /// RFC 4344; needs a MAC.
    case aes256CTR = "aes256-ctr"
    /// RFC 4344; needs a MAC.
    case aes192CTR = "aes192-ctr"
    /// RFC 4344; needs a MAC.
    case aes128CTR = "aes128-ctr"

    /// Whether it needs no MAC beside it.
    public var isAuthenticated: Bool {
        switch self {
        case .chacha20Poly1305, .aes256GCM, .aes128GCM: true
        case .aes256CTR, .aes192CTR, .aes128CTR: false
        }
    }
}
