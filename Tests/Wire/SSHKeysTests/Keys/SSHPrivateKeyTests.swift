import SSHKeys
import Testing

@Suite("SSH private keys")
struct SSHPrivateKeyTests {
    @Test("Each kind signs what its public key verifies, and nothing else", arguments: SSHSignatureAlgorithm.allCases)
    func signatures(algorithm: SSHSignatureAlgorithm) throws {
        if algorithm.keyType.isSecurityKey {
            #expect(throws: SSHKeyFailure.self) { try SSHPrivateKey.generate(algorithm.keyType) }
            return
        }
        let key = try SSHPrivateKey.generate(algorithm.keyType, rsaBits: 2048)
        for message in [[], bytes("look"), [UInt8](repeating: 0xA5, count: 40_000)] {
            let blob = try key.sign(message, as: algorithm)
            #expect(key.publicKey.verify(blob, of: message, as: algorithm))
            #expect(!key.publicKey.verify(blob, of: message + [0], as: algorithm))
            #expect(try SSHSignature(blob: blob).algorithm == algorithm)
            for other in SSHSignatureAlgorithm.allCases where other != algorithm {
                #expect(!key.publicKey.verify(blob, of: message, as: other))
            }
        }
    }

    @Test("A signature with any bit changed is none", arguments: [SSHKeyType.ed25519, .ecdsaP256, .ecdsaP521])
    func changedSignatures(type: SSHKeyType) throws {
        let key = try SSHPrivateKey.generate(type)
        let algorithm = try #require(type.signatureAlgorithms.first)
        let blob = try key.sign(bytes("look"), as: algorithm)
        for place in blob.indices {
            var changed = blob
            changed[place] ^= 1 << UInt8(place % 8)
            #expect(!key.publicKey.verify(changed, of: bytes("look"), as: algorithm), "octet \(place)")
        }
        for length in 0..<blob.count {
            #expect(!key.publicKey.verify(Array(blob.prefix(length)), of: bytes("look"), as: algorithm))
        }
    }

    @Test("A key signs with its own algorithms only")
    func wrongAlgorithms() throws {
        let key = try SSHPrivateKey.generate(.ed25519)
        for algorithm in SSHSignatureAlgorithm.allCases where algorithm != .ed25519 {
            #expect(throws: SSHKeyFailure.self) { try key.sign([], as: algorithm) }
        }
        #expect(SSHKeyType.rsa.signatureAlgorithms == [.rsaSHA512, .rsaSHA256])
        #expect(SSHSignatureAlgorithm("ssh-rsa") == nil)
    }

    /// RFC 8032 section 7.1, test 2.
    @Test("Ed25519 signs as the standard shows")
    func ed25519Vector() throws {
        let key = try SSHPrivateKey(
            ed25519Seed: hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
        #expect(
            Array(key.publicKey.blob.suffix(32))
                == hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))
        let signature = try SSHSignature(blob: key.sign([0x72], as: .ed25519))
        #expect(
            signature.octets
                == hex(
                    """
                    92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da
                    085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00
                    """))
    }

    /// RFC 6979 appendix A.2.5, SHA-256, "sample".
    @Test("ECDSA verifies what the standard shows")
    func ecdsaVector() throws {
        let point = hex(
            """
            04 60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6
            7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299
            """)
        var writer = SSHWriter()
        writer.string("ecdsa-sha2-nistp256")
        writer.string("nistp256")
        writer.string(point)
        let key = try SSHPublicKey(blob: writer.octets)
        var numbers = SSHWriter()
        numbers.magnitude(hex("EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"))
        numbers.magnitude(hex("F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"))
        let signature = SSHSignature(algorithm: .ecdsaP256, octets: numbers.octets)
        #expect(key.verify(signature, of: bytes("sample")))
        #expect(!key.verify(signature, of: bytes("Sample")))
    }

    @Test("RSA signatures without their first zeros are taken, empty or too long ones are not")
    func shortRSA() throws {
        let key = try SSHPrivateKey.generate(.rsa, rsaBits: 2048)
        var short: (message: [UInt8], octets: [UInt8])?
        for number in 0..<UInt16(4000) {
            let message = [UInt8(number >> 8), UInt8(number & 0xFF)]
            let octets = try SSHSignature(blob: key.sign(message, as: .rsaSHA256)).octets
            #expect(octets.count == 256)
            if octets.first == 0 {
                short = (message, Array(octets.drop { $0 == 0 }))
                break
            }
        }
        let (message, octets) = try #require(short)
        #expect(key.publicKey.verify(SSHSignature(algorithm: .rsaSHA256, octets: octets), of: message))
        for wrong in [[], [0] + [UInt8](repeating: 0, count: 256 - octets.count) + octets] {
            #expect(!key.publicKey.verify(SSHSignature(algorithm: .rsaSHA256, octets: wrong), of: message))
        }
    }

    @Test("No description shows the secret")
    func silence() throws {
        let key = try SSHPrivateKey(ed25519Seed: [UInt8](repeating: 0x5A, count: 32))
        var dumped = ""
        dump(key, to: &dumped)
        #expect("\(key)" == "ED25519 \(key.publicKey.fingerprint)")
        #expect(String(reflecting: key) == "\(key)")
        #expect(dumped.contains("publicKey"))
        #expect(!dumped.contains("secret") && !dumped.contains("handle"))
    }

    @Test("Impossible keys are refused")
    func impossible() {
        #expect(throws: SSHKeyFailure.self) { try SSHPrivateKey(ed25519Seed: []) }
        #expect(throws: SSHKeyFailure.self) { try SSHPrivateKey.generate(.rsa, rsaBits: 1024) }
        #expect(throws: SSHKeyFailure.self) { try SSHPrivateKey.generate(.rsa, rsaBits: .max) }
    }
}
