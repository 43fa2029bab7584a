import COpenSSL

/// Octets that are wiped when nobody has them any more.
///
/// `@unchecked Sendable`: they are written by the initialiser and by `deinit` only, which have the object for themselves.
final class SecretOctets: @unchecked Sendable {
    private(set) var octets: [UInt8]

    init(_ octets: [UInt8]) { self.octets = octets }

    deinit { OPENSSL_cleanse(&octets, octets.count) }
}
