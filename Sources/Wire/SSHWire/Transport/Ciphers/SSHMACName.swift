/// A MAC over encrypted packets; RFC 6668 in the form of OpenSSH PROTOCOL 1.5.
public enum SSHMACName: String, CaseIterable, Hashable, Sendable {
    /// 32 octets.
    case sha256 = "hmac-sha2-256-etm@openssh.com"
    /// 64 octets.
    case sha512 = "hmac-sha2-512-etm@openssh.com"
}
