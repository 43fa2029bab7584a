import COpenSSL

/// A hash of key exchanges.
enum SSHDigest: Hashable, Sendable {
    case sha256, sha384, sha512

    /// Octets of the hash.
    var octets: Int {
        switch self {
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// Hashes octets.
    func hash(_ message: [UInt8]) throws(SSHFailure) -> [UInt8] {
        let kind =
            switch self {
            case .sha256: EVP_sha256()
            case .sha384: EVP_sha384()
            case .sha512: EVP_sha512()
            }
        var hash = [UInt8](repeating: 0, count: octets)
        guard EVP_Digest(message, message.count, &hash, nil, kind, nil) == 1 else { throw .cryptography }
        return hash
    }
}
