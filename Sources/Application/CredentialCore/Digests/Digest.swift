import COpenSSL
import Glibc

/// Hashes, keyed hashes and comparisons for secrets, done by libcrypto.
///
/// Only lack of memory can make these fail, which ends the program like every other lack of memory.
///
/// - Isolation: none; safe on any thread.
/// - Source: FIPS 180-4 (SHA), RFC 2104 (HMAC), RFC 8018 section 5.2 (PBKDF2).
package enum Digest {
    /// Octets of a SHA-256 digest.
    package static let sha256Length = 32
    /// Octets of a SHA-1 digest.
    package static let sha1Length = 20

    /// The SHA-256 digest, 32 octets (`EVP_Digest`).
    ///
    /// - Complexity: O(*n*).
    package static func sha256(_ octets: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: sha256Length)
        let isDone = EVP_Digest(octets, octets.count, &digest, nil, EVP_sha256(), nil)
        precondition(isDone == 1, "SHA-256 is not available")
        return digest
    }

    /// The keyed hash of HMAC-SHA-256, 32 octets; the key may have any length (`HMAC`).
    ///
    /// - Complexity: O(*n*).
    package static func hmacSHA256(key: [UInt8], _ octets: [UInt8]) -> [UInt8] {
        hmac(EVP_sha256(), key, octets, length: sha256Length)
    }

    /// The keyed hash of HMAC-SHA-1, 20 octets: for one-time passwords, which are defined by it.
    ///
    /// - Complexity: O(*n*).
    package static func hmacSHA1(key: [UInt8], _ octets: [UInt8]) -> [UInt8] {
        hmac(EVP_sha1(), key, octets, length: sha1Length)
    }

    private static func hmac(_ hash: OpaquePointer?, _ key: [UInt8], _ octets: [UInt8], length: Int) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: length)
        let result = HMAC(hash, key, Int32(key.count), octets, octets.count, &digest, nil)
        precondition(result != nil, "HMAC is not available")
        return digest
    }

    /// The key of `length` octets that PBKDF2 with HMAC-SHA-256 derives from a password (`PKCS5_PBKDF2_HMAC`).
    ///
    /// Slow on purpose: about half a microsecond for each iteration.
    ///
    /// - Parameters:
    ///   - password: Any length.
    ///   - salt: Any length.
    ///   - iterations: 1 to 2147483647; the caller bounds what comes from elsewhere.
    ///   - length: Octets wanted, 1 or more.
    /// - Returns: The key.
    /// - Complexity: O(*iterations*).
    package static func pbkdf2SHA256(
        password: [UInt8], salt: [UInt8], iterations: UInt32, length: Int = sha256Length
    ) -> [UInt8] {
        precondition(iterations >= 1 && iterations <= UInt32(Int32.max), "an impossible number of iterations")
        var key = [UInt8](repeating: 0, count: length)
        let isDone = password.withUnsafeBytes { bytes in
            let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            return PKCS5_PBKDF2_HMAC(
                start, Int32(bytes.count), salt, Int32(salt.count), Int32(iterations), EVP_sha256(), Int32(length), &key
            )
        }
        precondition(isDone == 1, "PBKDF2 is not available")
        return key
    }

    /// Whether two runs of octets are the same, in a time that tells only whether their lengths are (`CRYPTO_memcmp`).
    ///
    /// - Complexity: O(*n*).
    package static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }

    /// Octets that nobody can guess, from the kernel (`getentropy(3)`).
    ///
    /// - Throws: ``PasswordFailure/noRandomness`` when the kernel gives none.
    package static func randomOctets(_ count: Int) throws(PasswordFailure) -> [UInt8] {
        var octets: [UInt8] = []
        // The kernel gives 256 octets at a time.
        while octets.count < count {
            var some = [UInt8](repeating: 0, count: min(256, count - octets.count))
            guard getentropy(&some, some.count) == 0 else { throw .noRandomness }
            octets += some
        }
        return octets
    }

    /// Both runs octet by octet, exclusive or; they are of the same length.
    static func exclusiveOr(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        zip(left, right).map { $0 ^ $1 }
    }
}
