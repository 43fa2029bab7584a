import COpenSSL
import Glibc

/// What secrets need beside hashes: slow hashes, comparisons that take as long for each, randomness.
///
/// Only lack of memory can make the hash fail, which ends the program like every other lack of memory.
///
/// - Isolation: none; safe on any thread.
/// - Source: RFC 8018 section 5.2 (PBKDF2).
package enum Digest {
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
        password: [UInt8], salt: [UInt8], iterations: UInt32, length: Int = 32
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
