import COpenSSL

/// A version of TLS; older ones than these are not spoken.
public enum TLSVersion: Int32, Comparable, Sendable, CustomStringConvertible {
    /// TLS 1.2 (RFC 5246), with authenticated ciphers and forward secrecy only.
    case tls12 = 0x0303

    /// TLS 1.3 (RFC 8446).
    case tls13 = 0x0304

    /// The version as people write it.
    public var description: String { self == .tls12 ? "TLS 1.2" : "TLS 1.3" }

    /// Whether one version is older than another.
    public static func < (left: TLSVersion, right: TLSVersion) -> Bool { left.rawValue < right.rawValue }
}
