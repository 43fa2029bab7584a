import Basics
import DigestWire
import SASLWire

/// The keys and signatures of SCRAM-SHA-256.
///
/// ```text
///   SaltedPassword  = Hi(Normalize(password), salt, i)
///   ClientKey       = HMAC(SaltedPassword, "Client Key")     StoredKey = H(ClientKey)
///   ServerKey       = HMAC(SaltedPassword, "Server Key")
///   AuthMessage     = client-first-bare "," server-first "," client-final-without-proof
///   ClientProof     = ClientKey XOR HMAC(StoredKey, AuthMessage)
///   ServerSignature = HMAC(ServerKey, AuthMessage)
/// ```
///
/// - Source: RFC 5802 section 3.
struct SCRAMKeys {
    let clientKey: [UInt8]
    let storedKey: [UInt8]
    let serverKey: [UInt8]

    init(saltedPassword: [UInt8]) {
        clientKey = HashFunction.sha256.authenticate(Array("Client Key".utf8), key: saltedPassword)
        storedKey = HashFunction.sha256.hash(clientKey)
        serverKey = HashFunction.sha256.authenticate(Array("Server Key".utf8), key: saltedPassword)
    }

    /// Prepares and salts a password; as slow as `iterations` says.
    static func salted(_ password: String, salt: [UInt8], iterations: UInt32) throws(SCRAMFailure) -> [UInt8] {
        guard password.utf8.count <= SASLLimits.password, let prepared = SASLPreparation.prepare(password) else {
            throw .unusable
        }
        return Digest.pbkdf2SHA256(password: Array(prepared.utf8), salt: salt, iterations: iterations)
    }

    static func authMessage(
        _ first: SCRAMClientFirst, _ challenge: SCRAMServerFirst, withoutProof: [UInt8]
    ) -> [UInt8] {
        let comma = UInt8(ascii: ",")
        return first.bare + [comma] + challenge.encoded + [comma] + withoutProof
    }

    /// One side's half of the nonce: 18 random octets, in characters that a message may have.
    static func makeNonce() throws(SCRAMFailure) -> String { Base64.text(try random(18)) }

    static func random(_ count: Int) throws(SCRAMFailure) -> [UInt8] {
        do throws(PasswordFailure) { return try Digest.randomOctets(count) } catch { throw .noRandomness }
    }
}
