import COpenSSL
import DigestWire
import SSHKeys

/// What both ends know after a key exchange, and the keys it makes.
///
/// ```text
///   key  = HASH(K ‖ H ‖ letter ‖ session id), and HASH(K ‖ H ‖ all that) as long as more is needed
///   A, B   vectors, C, D   keys, E, F   MAC keys; the first of each towards the server
/// ```
///
/// - Source: RFC 4253 section 7.2.
struct SSHKeyMaterial {
    let digest: HashFunction
    /// The secret, encoded as the method has it.
    let secret: [UInt8]
    let exchangeHash: [UInt8]
    let sessionID: [UInt8]

    /// Makes a direction's cipher.
    ///
    /// - Parameters:
    ///   - direction: What was agreed on for it.
    ///   - sender: Which end sends what it protects.
    ///   - seals: Whether that end is this one.
    /// - Returns: The cipher with its keys.
    /// - Throws: A failure when libcrypto refuses.
    func cipher(
        _ direction: SSHAgreedAlgorithms.Direction, from sender: SSHRole, seals: Bool
    ) throws(SSHFailure) -> SSHCipher {
        let isClient = sender == .client
        var key = derive(UInt8(ascii: isClient ? "C" : "D"), direction.cipher.keyOctets)
        defer { OPENSSL_cleanse(&key, key.count) }
        let vector = UInt8(ascii: isClient ? "A" : "B")
        switch direction.cipher {
        case .chacha20Poly1305:
            return .chaChaPoly(try SSHChaChaPoly(key: key, seals: seals))
        case .aes256GCM, .aes128GCM:
            let vector = derive(vector, SSHGaloisCounter.vectorOctets)
            return .galoisCounter(try SSHGaloisCounter(key: key, vector: vector, seals: seals))
        case .aes256CTR, .aes192CTR, .aes128CTR:
            guard let mac = direction.mac else { throw .cryptography }
            var macKey = derive(UInt8(ascii: isClient ? "E" : "F"), mac.octets)
            defer { OPENSSL_cleanse(&macKey, macKey.count) }
            let vector = derive(vector, SSHCounterMode.vectorOctets)
            return .counterMode(try SSHCounterMode(key: key, vector: vector, mac: mac, macKey: macKey, seals: seals))
        }
    }

    /// Makes so many octets for a purpose.
    func derive(_ letter: UInt8, _ count: Int) -> [UInt8] {
        var octets = digest.hash(secret + exchangeHash + [letter] + sessionID)
        while octets.count < count { octets += digest.hash(secret + exchangeHash + octets) }
        return Array(octets.prefix(count))
    }
}

extension SSHCipherName {
    /// Octets of the key.
    var keyOctets: Int {
        switch self {
        case .chacha20Poly1305: SSHChaChaPoly.keyOctets
        case .aes256GCM, .aes256CTR: 32
        case .aes192CTR: 24
        case .aes128GCM, .aes128CTR: 16
        }
    }
}
