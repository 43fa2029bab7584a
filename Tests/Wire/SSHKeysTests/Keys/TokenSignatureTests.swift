import COpenSSL
import SSHKeys
import Testing

/// Signatures as a security key makes them, made by hand of an ordinary key's.
@Suite("Signatures of security keys")
struct TokenSignatureTests {
    private static func sha256(_ octets: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        EVP_Digest(octets, octets.count, &digest, nil, EVP_sha256(), nil)
        return digest
    }

    private struct Token {
        let key: SSHPrivateKey
        let shown: SSHPublicKey
        let application: String

        init(_ type: SSHKeyType, application: String = "ssh:") throws {
            key = try SSHPrivateKey.generate(type)
            shown = try tokenKey(key.publicKey, application: application)
            self.application = application
        }

        /// What the token says when it is touched, or not.
        func sign(_ message: [UInt8], flags: UInt8, counter: UInt32) throws -> SSHSignature {
            var signed = SSHWriter()
            signed.raw(sha256(bytes(application)))
            signed.octet(flags)
            signed.uint32(counter)
            signed.raw(sha256(message))
            let algorithm = try #require(key.type.signatureAlgorithms.first)
            let made = try SSHSignature(blob: key.sign(signed.octets, as: algorithm))
            let byToken = try #require(shown.type.signatureAlgorithms.first)
            return SSHSignature(algorithm: byToken, octets: made.octets, flags: flags, counter: counter)
        }
    }

    @Test("What a token signs is verified with what it says", arguments: [SSHKeyType.ed25519, .ecdsaP256])
    func signatures(type: SSHKeyType) throws {
        let token = try Token(type)
        let message = bytes("session and request")
        let signature = try token.sign(message, flags: 1, counter: 77)
        let algorithm = signature.algorithm
        #expect(token.shown.verify(signature.blob, of: message, as: algorithm))
        #expect(try SSHSignature(blob: signature.blob) == signature)
        #expect(!token.shown.verify(signature.blob, of: message + [1], as: algorithm))
        // Flags and counter are signed too.
        let lied = SSHSignature(algorithm: algorithm, octets: signature.octets, flags: 5, counter: 77)
        #expect(!token.shown.verify(lied, of: message))
        let counted = SSHSignature(algorithm: algorithm, octets: signature.octets, flags: 1, counter: 78)
        #expect(!token.shown.verify(counted, of: message))
        // The ordinary key of the same numbers is another key.
        #expect(!token.key.publicKey.verify(signature, of: message))
    }

    @Test("A token has to say that somebody was there")
    func demands() throws {
        let token = try Token(.ed25519)
        let rows: [(UInt8, [SSHTokenDemand])] = [
            (0, [.nothing]), (1, [.nothing, .presence]), (4, [.nothing]), (5, [.nothing, .presence, .verification]),
        ]
        for (flags, granted) in rows {
            let signature = try token.sign([], flags: flags, counter: 1)
            for demand in [SSHTokenDemand.nothing, .presence, .verification] {
                #expect(token.shown.verify(signature, of: [], demanding: demand) == granted.contains(demand))
            }
        }
    }

    @Test("A signature for another application is none")
    func applications() throws {
        let token = try Token(.ecdsaP256, application: "ssh:mud")
        let other = try tokenKey(token.key.publicKey, application: "https://example.org")
        let signature = try token.sign([], flags: 1, counter: 0)
        #expect(token.shown.verify(signature, of: []))
        #expect(!other.verify(signature, of: []))
    }

    @Test("What is cut off, or goes on, is refused")
    func truncated() throws {
        let blob = try Token(.ed25519).sign([], flags: 1, counter: 0).blob
        for length in 0..<blob.count {
            #expect(throws: SSHKeyFailure.self) { try SSHSignature(blob: Array(blob.prefix(length))) }
        }
        #expect(throws: SSHKeyFailure.self) { try SSHSignature(blob: blob + [0]) }
    }
}
