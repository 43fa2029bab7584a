import DigestWire

/// Derives a key from a passphrase slowly, so that guessing is dear.
///
/// - Complexity: O(*rounds* · *length*); some three milliseconds for each round and 32 octets.
/// - Source: bcrypt_pbkdf(3) of OpenBSD; Provos and Mazières, "A Future-Adaptable Password Scheme" (1999).
enum BcryptDerivation {
    /// Octets that one pass gives.
    private static let passLength = 32

    /// Derives a key.
    ///
    /// - Parameters:
    ///   - passphrase: Any octets, at least one.
    ///   - salt: Any octets, at least one.
    ///   - rounds: 1 or more.
    ///   - length: Octets wanted, 1 to 1024.
    /// - Returns: The key.
    static func key(passphrase: [UInt8], salt: [UInt8], rounds: UInt32, length: Int) -> [UInt8] {
        let secret = words(HashFunction.sha512.hash(passphrase))
        let passes = (length + passLength - 1) / passLength
        var key = [UInt8](repeating: 0, count: length)
        for pass in 0..<passes {
            var counted = SSHWriter()
            counted.raw(salt)
            counted.uint32(UInt32(truncatingIfNeeded: pass + 1))
            var block = hash(secret, words(HashFunction.sha512.hash(counted.octets)))
            var sum = block
            for _ in 1..<max(rounds, 1) {
                block = hash(secret, words(HashFunction.sha512.hash(block)))
                for index in sum.indices { sum[index] ^= block[index] }
            }
            // Each pass gives every so-manieth octet.
            for (index, place) in zip(sum.indices, stride(from: pass, to: length, by: passes)) {
                key[place] = sum[index]
            }
        }
        return key
    }

    private static func hash(_ secret: [UInt], _ salt: [UInt]) -> [UInt8] {
        var cipher = Blowfish()
        cipher.expand(secret, salt: salt)
        for _ in 0..<64 {
            cipher.expand(salt)
            cipher.expand(secret)
        }
        var text = words(Array("OxychromaticBlowfishSwatDynamite".utf8))
        for _ in 0..<64 { cipher.encipher(&text) }
        return text.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt($0 * 8)) } }
    }

    private static func words(_ octets: [UInt8]) -> [UInt] {
        stride(from: 0, to: octets.count - 3, by: 4).map { start in
            octets[start..<start + 4].reduce(0) { $0 << 8 | UInt($1) }
        }
    }
}
