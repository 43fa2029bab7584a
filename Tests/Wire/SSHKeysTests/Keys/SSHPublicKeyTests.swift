import SSHKeys
import Testing

@Suite("SSH public keys")
struct SSHPublicKeyTests {
    /// What `ssh-keygen` is told to make each kind that it can make without a token.
    static let kinds: [(SSHKeyType, String)] = [
        (.ed25519, "-t ed25519"), (.ecdsaP256, "-t ecdsa -b 256"), (.ecdsaP384, "-t ecdsa -b 384"),
        (.ecdsaP521, "-t ecdsa -b 521"), (.rsa, "-t rsa -b 2048"), (.rsa, "-t rsa -b 3072"),
    ]

    @Test("A key is read and written as ssh-keygen has it", arguments: kinds)
    func lines(type: SSHKeyType, arguments: String) throws {
        let tool = try SSHKeygen()
        try tool.make("\(arguments) -C 'a remark'")
        let line = String(decoding: try tool.read("key.pub"), as: UTF8.self)
        let key = try SSHPublicKey(line: line)
        #expect(key.type == type)
        #expect(key.line + " a remark\n" == line)
        #expect(try SSHPublicKey(blob: key.blob) == key)
        let words = try tool.output("ssh-keygen -l -f key.pub").split(separator: " ")
        #expect(words.first == "\(key.bits)")
        #expect(words.dropFirst().first == key.fingerprint[...])
    }

    @Test("The drawing is the one of ssh-keygen", arguments: kinds)
    func randomArt(type: SSHKeyType, arguments: String) throws {
        let tool = try SSHKeygen()
        try tool.make(arguments)
        let key = try SSHPublicKey(line: String(decoding: try tool.read("key.pub"), as: UTF8.self))
        let drawn = try tool.output("ssh-keygen -lv -f key.pub").split(separator: "\n").dropFirst().map(String.init)
        #expect(key.randomArt == drawn)
    }

    @Test("A token's key is known to ssh-keygen as the same")
    func tokens() throws {
        let tool = try SSHKeygen()
        for type in [SSHKeyType.ed25519, .ecdsaP256] {
            let key = try tokenKey(SSHPrivateKey.generate(type).publicKey)
            #expect(key.type.isSecurityKey)
            #expect(key.application == bytes("ssh:"))
            try tool.write(key.line + " token\n", to: "token.pub")
            let drawn = try tool.output("ssh-keygen -lv -f token.pub").split(separator: "\n").map(String.init)
            #expect(drawn.first?.contains(key.fingerprint) ?? false)
            #expect(key.randomArt == Array(drawn.dropFirst()))
        }
    }

    @Test("A key is equal to itself in another line, and prints no more than its fingerprint")
    func identity() throws {
        let key = try SSHPrivateKey.generate(.ed25519).publicKey
        let again = try SSHPublicKey(line: "  \(key.line)\tsomebody else\r\n")
        #expect(key == again)
        #expect(Set([key, again]).count == 1)
        #expect("\(key)" == "ED25519 \(key.fingerprint)")
        #expect(try SSHPrivateKey.generate(.ed25519).publicKey != key)
    }

    @Test("What is cut off, or goes on, is refused")
    func truncated() throws {
        for type in [SSHKeyType.ed25519, .ecdsaP256, .rsa] {
            let blob = try SSHPrivateKey.generate(type, rsaBits: 2048).publicKey.blob
            for length in 0..<blob.count {
                #expect(throws: SSHKeyFailure.self) { try SSHPublicKey(blob: Array(blob.prefix(length))) }
            }
            #expect(throws: SSHKeyFailure.self) { try SSHPublicKey(blob: blob + [0]) }
        }
    }

    @Test("RSA keys that are too short, too long or impossible are refused")
    func rsaSizes() throws {
        func key(_ modulus: [UInt8], _ exponent: [UInt8]) -> SSHKeyFailure.Code? {
            var writer = SSHWriter()
            writer.string("ssh-rsa")
            writer.magnitude(exponent)
            writer.magnitude(modulus)
            do throws(SSHKeyFailure) {
                _ = try SSHPublicKey(blob: writer.octets)
                return nil
            } catch {
                return error.code
            }
        }
        func modulus(_ octets: Int, first: UInt8 = 0x80) -> [UInt8] {
            [first] + [UInt8](repeating: 0x55, count: octets - 1)
        }
        #expect(key(modulus(256), [1, 0, 1]) == nil)
        #expect(key(modulus(1024), [3]) == nil)
        #expect(key(modulus(128), [1, 0, 1]) == .badSize)
        #expect(key(modulus(256, first: 0x7F), [1, 0, 1]) == .badSize)
        #expect(key(modulus(1025, first: 1), [1, 0, 1]) == .badSize)
        #expect(key([], [1, 0, 1]) == .badSize)
        #expect(key(modulus(256), [2]) == .malformed)
        #expect(key(modulus(256), [1]) == .malformed)
        #expect(key(modulus(256), []) == .malformed)
        #expect(key(modulus(256), [UInt8](repeating: 1, count: 9)) == .malformed)
        #expect(key(modulus(255) + [0x54], [1, 0, 1]) == .malformed)
    }

    @Test(
        "Lines that are none say why",
        arguments: [
            ("", SSHKeyFailure.Code.malformed), ("ssh-ed25519", .malformed), ("ssh-ed25519 !!!", .malformed),
            ("ssh-dss AAAAB3NzaC1kc3M=", .unsupported), ("ssh-ed25519 AAAA", .malformed),
            ("ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIGPKSUTyz7iyC+HPh40RaHZcLWfKs1VqqVZLMNYwaGaJ", .malformed),
            ("\u{1B}[2Jssh-ed25519 AAAA", .unsupported),
        ])
    func badLines(line: String, code: SSHKeyFailure.Code) {
        do throws(SSHKeyFailure) {
            _ = try SSHPublicKey(line: line)
            Issue.record("\(line) is a key")
        } catch {
            #expect(error.code == code)
            #expect(error.description.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
        }
    }

    @Test("A point off its curve is a key that nothing verifies with")
    func offTheCurve() throws {
        let key = try SSHPrivateKey.generate(.ecdsaP256)
        let signature = try key.sign([1], as: .ecdsaP256)
        var blob = key.publicKey.blob
        blob[blob.count - 1] ^= 1
        #expect(try !SSHPublicKey(blob: blob).verify(signature, of: [1], as: .ecdsaP256))
        #expect(key.publicKey.verify(signature, of: [1], as: .ecdsaP256))
    }
}
