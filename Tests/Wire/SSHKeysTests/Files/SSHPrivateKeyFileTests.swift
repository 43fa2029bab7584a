import Basics
import SSHKeys
import Testing

@Suite("Files of private keys")
struct SSHPrivateKeyFileTests {
    private static func code(_ body: () throws(SSHKeyFailure) -> Void) -> SSHKeyFailure.Code? {
        do throws(SSHKeyFailure) {
            try body()
            return nil
        } catch {
            return error.code
        }
    }

    @Test("What ssh-keygen makes is read", arguments: SSHPublicKeyTests.kinds)
    func made(type: SSHKeyType, arguments: String) throws {
        let tool = try SSHKeygen()
        try tool.make("\(arguments) -C ada@laptop")
        let file = try SSHPrivateKeyFile(tool.read("key"))
        let (key, remark) = try file.open()
        #expect(!file.isEncrypted)
        #expect(remark == "ada@laptop")
        #expect(key.publicKey == file.publicKey)
        #expect(try key.publicKey == SSHPublicKey(line: String(decoding: tool.read("key.pub"), as: UTF8.self)))
    }

    @Test(
        "What ssh-keygen encrypts is read with the passphrase only",
        arguments: [
            "aes256-ctr", "aes192-ctr", "aes128-ctr", "aes256-cbc", "aes192-cbc", "aes128-cbc",
            "aes256-gcm@openssh.com",
            "aes128-gcm@openssh.com",
        ])
    func encrypted(cipher: String) throws {
        let tool = try SSHKeygen()
        try tool.make("-t ed25519 -a 2 -Z \(cipher) -C ada", passphrase: "correct horse")
        let file = try SSHPrivateKeyFile(tool.read("key"))
        #expect(file.isEncrypted)
        let shown = try SSHPublicKey(line: String(decoding: tool.read("key.pub"), as: UTF8.self))
        #expect(file.publicKey == shown)
        #expect(try file.open(passphrase: bytes("correct horse")).key.publicKey == shown)
        #expect(Self.code { () throws(SSHKeyFailure) in _ = try file.open() } == .passphraseNeeded)
        #expect(Self.code { () throws(SSHKeyFailure) in _ = try file.open(passphrase: []) } == .passphraseNeeded)
        #expect(Self.code { () throws(SSHKeyFailure) in _ = try file.open(passphrase: [1]) } == .wrongPassphrase)
    }

    @Test("A cipher that is not known says so")
    func unknownCipher() throws {
        let tool = try SSHKeygen()
        try tool.make("-t ed25519 -a 1 -Z 3des-cbc", passphrase: "correct horse")
        let octets = try tool.read("key")
        #expect(Self.code { () throws(SSHKeyFailure) in _ = try SSHPrivateKeyFile(octets) } == .unsupported)
    }

    @Test(
        "PEM is read, with and without passphrase",
        arguments: ["-t rsa -b 2048", "-t ecdsa -b 256", "-t ecdsa -b 384", "-t ecdsa -b 521"],
        [("PEM", ""), ("PEM", "correct horse"), ("PKCS8", ""), ("PKCS8", "correct horse")])
    func pem(arguments: String, form: (String, String)) throws {
        let (format, passphrase) = form
        let tool = try SSHKeygen()
        try tool.make("\(arguments) -m \(format)", passphrase: passphrase)
        let file = try SSHPrivateKeyFile(tool.read("key"))
        #expect(file.isEncrypted == !passphrase.isEmpty)
        let key = try file.open(passphrase: bytes(passphrase)).key
        #expect(try key.publicKey == SSHPublicKey(line: String(decoding: tool.read("key.pub"), as: UTF8.self)))
        guard file.isEncrypted else { return }
        #expect(Self.code { () throws(SSHKeyFailure) in _ = try file.open() } == .passphraseNeeded)
        #expect(Self.code { () throws(SSHKeyFailure) in _ = try file.open(passphrase: [1, 2, 3, 4]) } != nil)
    }

    @Test("Ed25519 in PKCS #8 is read; kinds that SSH does not have are not")
    func pkcs8() throws {
        let tool = try SSHKeygen()
        _ = try tool.output(
            "openssl genpkey -algorithm ed25519 -out key && openssl genpkey -algorithm ed448 -out other")
        let key = try SSHPrivateKey(text: tool.read("key"))
        try tool.write(SSHPrivateKeyFile.text(of: key), to: "ours")
        #expect(try tool.output("ssh-keygen -y -f ours").hasPrefix(key.publicKey.line))
        let other = try tool.read("other")
        #expect(Self.code { () throws(SSHKeyFailure) in _ = try SSHPrivateKey(text: other) } == .unsupported)
    }

    @Test(
        "What is written here, ssh-keygen reads, and so do we",
        arguments: [SSHKeyType.ed25519, .ecdsaP256, .ecdsaP384, .ecdsaP521, .rsa], ["", "correct horse"])
    func written(type: SSHKeyType, passphrase: String) throws {
        let tool = try SSHKeygen()
        let key = try SSHPrivateKey.generate(type, rsaBits: 2048)
        let text = SSHPrivateKeyFile.text(of: key, remark: "d\u{F6}rte", passphrase: bytes(passphrase), rounds: 2)
        try tool.write(text, to: "key")
        let shown = try tool.output("ssh-keygen -y -P '\(passphrase)' -f key")
        #expect(try SSHPublicKey(line: shown) == key.publicKey)
        if !passphrase.isEmpty { #expect(!tool.run("ssh-keygen -y -P wrong -f key")) }
        let (read, remark) = try SSHPrivateKeyFile(text).open(passphrase: bytes(passphrase))
        #expect(read.publicKey == key.publicKey)
        #expect(remark == "d\u{F6}rte")
        let algorithm = try #require(type.signatureAlgorithms.first)
        #expect(key.publicKey.verify(try read.sign([1], as: algorithm), of: [1], as: algorithm))
    }

    @Test("The same randomness writes the same file, and other randomness another")
    func seeded() throws {
        let key = try SSHPrivateKey(ed25519Seed: [UInt8](repeating: 7, count: 32))
        func text(_ seed: UInt64) -> [UInt8] {
            var generator = SeededGenerator(seed: seed)
            return SSHPrivateKeyFile.text(of: key, passphrase: [1], rounds: 1, using: &generator)
        }
        #expect(text(1) == text(1))
        #expect(text(1) != text(2))
    }

    @Test("A file whose halves do not belong together is refused")
    func mismatch() throws {
        let (one, other) = (try SSHPrivateKey.generate(.ed25519), try SSHPrivateKey.generate(.ed25519))
        let text = String(decoding: SSHPrivateKeyFile.text(of: one), as: UTF8.self)
        let lines = text.split(separator: "\n")
        var octets = try #require(Base64.decode(Array(lines.dropFirst().dropLast().joined().utf8)))
        let theirs = other.publicKey.blob.suffix(32)
        // The public key in front of the private part, then the one within.
        let places = octets.indices.filter { octets[$0...].starts(with: one.publicKey.blob.suffix(32)) }
        #expect(places.count == 3)
        octets.replaceSubrange(places[0]..<places[0] + 32, with: theirs)
        func file(_ octets: [UInt8]) -> [UInt8] {
            Array("\(lines[0])\n\(Base64.text(octets))\n\(lines[lines.count - 1])\n".utf8)
        }
        let outside = file(octets)
        #expect(Self.code { () throws(SSHKeyFailure) in _ = try SSHPrivateKey(text: outside) } == .mismatch)
        for place in places { octets.replaceSubrange(place..<place + 32, with: theirs) }
        let inside = file(octets)
        #expect(Self.code { () throws(SSHKeyFailure) in _ = try SSHPrivateKey(text: inside) } == .mismatch)
    }

    @Test("Too many rounds, too much text, or nothing at all are refused")
    func limits() throws {
        let tool = try SSHKeygen()
        try tool.make("-t ed25519 -a 1", passphrase: "correct horse")
        let lines = String(decoding: try tool.read("key"), as: UTF8.self).split(separator: "\n")
        var octets = try #require(Base64.decode(Array(lines.dropFirst().dropLast().joined().utf8)))
        // The options: string (string salt, uint32 rounds).
        let place = try #require(octets.indices.first { octets[$0...].starts(with: [0, 0, 0, 24, 0, 0, 0, 16]) })
        octets.replaceSubrange(place + 24..<place + 28, with: [0xFF, 0xFF, 0xFF, 0xFF])
        let dear = Array("\(lines[0])\n\(Base64.text(octets))\n\(lines[lines.count - 1])\n".utf8)
        #expect(Self.code { () throws(SSHKeyFailure) in _ = try SSHPrivateKeyFile(dear) } == .malformed)
        for text in [[], bytes("look"), [UInt8](repeating: 0x41, count: 70_000), bytes(lines[0] + "\n")] {
            #expect(Self.code { () throws(SSHKeyFailure) in _ = try SSHPrivateKeyFile(text) } == .malformed)
        }
    }
}
