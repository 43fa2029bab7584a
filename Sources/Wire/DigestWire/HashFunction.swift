import COpenSSL

/// A hash of libcrypto's, alone or keyed.
///
/// ```swift
/// HashFunction.sha256.hash(octets)                        // 32 octets
/// HashFunction.sha256.authenticate(octets, key: key)      // HMAC
/// ```
///
/// Only lack of memory can make these fail, which ends the program like every other lack of memory.
///
/// - Isolation: none; safe on any thread.
/// - Source: FIPS 180-4 (SHA), RFC 2104 (HMAC).
package enum HashFunction: Hashable, Sendable {
    /// For what is defined by it, such as one-time passwords and the names in `known_hosts`; not for signatures.
    case sha1
    case sha256
    case sha384
    case sha512

    /// Octets of the hash.
    package var octets: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    private var kind: OpaquePointer? {
        switch self {
        case .sha1: EVP_sha1()
        case .sha256: EVP_sha256()
        case .sha384: EVP_sha384()
        case .sha512: EVP_sha512()
        }
    }

    /// The hash of octets (`EVP_Digest`).
    ///
    /// - Complexity: O(*n*).
    package func hash(_ message: [UInt8]) -> [UInt8] {
        var hash = [UInt8](repeating: 0, count: octets)
        let isDone = EVP_Digest(message, message.count, &hash, nil, kind, nil)
        precondition(isDone == 1, "a hash is not available")
        return hash
    }

    /// The keyed hash of octets (`HMAC`).
    ///
    /// - Parameters:
    ///   - message: Any length.
    ///   - key: Any length.
    /// - Returns: As many octets as a hash has.
    /// - Complexity: O(*n*) in both.
    package func authenticate(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: octets)
        let made = HMAC(kind, key, Int32(clamping: key.count), message, message.count, &code, nil)
        precondition(made != nil, "HMAC is not available")
        return code
    }
}
