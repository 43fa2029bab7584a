import Basics
import SSHKeys
import Testing

@Suite("SSH signatures")
struct SSHSignatureTests {
    /// The message of a signed file, as `ssh-keygen -Y` signs it: OpenSSH's PROTOCOL.sshsig.
    private static func envelope(hash: String, digest: [UInt8]) -> [UInt8] {
        var writer = SSHWriter()
        writer.raw(bytes("SSHSIG"))
        writer.string("test")
        writer.string("")
        writer.string(hash)
        writer.string(digest)
        return writer.octets
    }

    private static func armoured(_ key: SSHPublicKey, _ signature: [UInt8], hash: String) -> [UInt8] {
        var writer = SSHWriter()
        writer.raw(bytes("SSHSIG"))
        writer.uint32(1)
        writer.string(key.blob)
        writer.string("test")
        writer.string("")
        writer.string(hash)
        writer.string(signature)
        return writer.octets
    }

    @Test(
        "ssh-keygen verifies what is signed here",
        arguments: [
            (SSHKeyType.ed25519, SSHSignatureAlgorithm.ed25519), (.ecdsaP256, .ecdsaP256), (.ecdsaP384, .ecdsaP384),
            (.ecdsaP521, .ecdsaP521), (.rsa, .rsaSHA512), (.rsa, .rsaSHA256),
        ])
    func verifiedByOthers(type: SSHKeyType, algorithm: SSHSignatureAlgorithm) throws {
        let tool = try SSHKeygen()
        let key = try SSHPrivateKey.generate(type, rsaBits: 2048)
        try tool.write("look north\n", to: "message")
        let digest = hex(String(try tool.output("sha512sum message").prefix(128)))
        let signature = try key.sign(Self.envelope(hash: "sha512", digest: digest), as: algorithm)
        let armoured = Base64.text(Self.armoured(key.publicKey, signature, hash: "sha512"))
        try tool.write("-----BEGIN SSH SIGNATURE-----\n\(armoured)\n-----END SSH SIGNATURE-----\n", to: "sig")
        let answer = try tool.output("ssh-keygen -Y check-novalidate -n test -s sig < message")
        #expect(answer.contains("Good \"test\" signature"))
        #expect(answer.contains(key.publicKey.fingerprint))
    }

    @Test("What ssh-keygen signs is verified here", arguments: SSHPublicKeyTests.kinds)
    func signedByOthers(type: SSHKeyType, arguments: String) throws {
        let tool = try SSHKeygen()
        try tool.make(arguments)
        try tool.write("look north\n", to: "message")
        _ = try tool.output("ssh-keygen -Y sign -f key -n test message")
        let raw = hex(try tool.output("grep -v -e ---- message.sig | base64 -d | od -An -v -tx1"))
        var reader = SSHReader(raw, from: 6)
        #expect(try reader.uint32() == 1)
        let key = try SSHPublicKey(blob: Array(reader.string()))
        _ = try reader.string()
        _ = try reader.string()
        let hash = try reader.text()
        let signature = try SSHSignature(blob: Array(reader.string()))
        let digest = hex(String(try tool.output("\(hash)sum message").prefix { $0 != " " }))
        #expect(key.verify(signature, of: Self.envelope(hash: hash, digest: digest)))
        #expect(key.type == type)
    }

    @Test("Signatures of RSA with SHA-1, and of no known kind, are refused", arguments: ["ssh-rsa", "ssh-dss", "none"])
    func unknown(name: String) throws {
        var writer = SSHWriter()
        writer.string(name)
        writer.string([UInt8](repeating: 1, count: 256))
        do throws(SSHKeyFailure) {
            _ = try SSHSignature(blob: writer.octets)
            Issue.record("\(name) is known")
        } catch {
            #expect(error.code == .unsupported)
        }
    }
}
