import SSHKeys
import Testing

/// The code of the article on the room, so that it compiles and does what the article says.
@Suite struct SSHKeysArticleTests {
    @Test func signing() throws {
        // snippet: ssh-keys-sign
        let key = try SSHPrivateKey.generate(.ed25519)
        let signature = try key.sign(Array("look north".utf8), as: .ed25519)
        let shown = try SSHPublicKey(line: "\(key.publicKey.line) ada@laptop")
        let isHers = shown.verify(signature, of: Array("look north".utf8), as: .ed25519)
        // snippet ends
        #expect(isHers)
    }

    @Test func files() throws {
        let text = SSHPrivateKeyFile.text(
            of: try .generate(.ed25519), remark: "ada", passphrase: bytes("hush"), rounds: 1)
        func ask() -> [UInt8] { bytes("hush") }
        // snippet: ssh-keys-file
        let file = try SSHPrivateKeyFile(text)
        let (key, remark) = try file.open(passphrase: file.isEncrypted ? ask() : nil)
        let copy = SSHPrivateKeyFile.text(of: key, remark: remark, passphrase: nil)
        // snippet ends
        #expect(remark == "ada")
        #expect(try SSHPrivateKey(text: copy).publicKey == file.publicKey)
    }

    @Test func hosts() throws {
        let shown = try SSHPrivateKey.generate(.ed25519).publicKey
        var asked: [String] = []
        func confirm(_ question: String) -> Bool {
            asked.append(question)
            return true
        }
        let octets: [UInt8] = []
        // snippet: ssh-keys-hosts
        var hosts = KnownHosts(octets)
        let isTrusted: Bool
        switch hosts.check(shown, host: "play.example.org", port: 4022) {
        case .known: isTrusted = true
        case .unknown, .otherKind:
            isTrusted = confirm("The host shows \(shown). Is that right?")
            if isTrusted { try hosts.add(shown, host: "play.example.org", port: 4022, isHashed: true) }
        case .changed, .revoked: isTrusted = false
        }
        // snippet ends
        #expect(isTrusted)
        #expect(hosts.check(shown, host: "play.example.org", port: 4022) == .known(line: 1))
        #expect(asked.count == 1)
    }

    @Test func authorized() throws {
        let key = try SSHPrivateKey.generate(.ed25519).publicKey
        let text = "restrict,pty,from=\"10.0.0.0/8\" \(key.line) ada@laptop\n"
        // snippet: ssh-keys-authorized
        let keys = AuthorizedKey.lines(of: text).compactMap { try? $0.key.get() }
        let entry = keys.first { $0.key == key && $0.options.allows(from: "10.1.2.3") }
        let mayForward = entry?.options.allows(.portForwarding) ?? false
        // snippet ends
        #expect(entry?.remark == "ada@laptop")
        #expect(!mayForward)
    }

    @Test func agents() throws {
        let key = try SSHPrivateKey.generate(.ed25519)
        // snippet: ssh-keys-agent
        /// What an agent with one key answers.
        func answer(_ message: [UInt8]) -> SSHAgentAnswer {
            switch try? SSHAgentRequest(message: message) {
            case .list: return .keys([SSHAgentKey(blob: key.publicKey.blob, remark: "the only one")])
            case .sign(key.publicKey.blob, let message, _):
                return (try? key.sign(message, as: .ed25519)).map { .signature($0) } ?? .failure
            default: return .failure
            }
        }
        // snippet ends
        let request = SSHAgentRequest.sign(key: key.publicKey.blob, message: [1], flags: [])
        guard case .signature(let signature) = answer(request.message) else {
            Issue.record("no signature")
            return
        }
        #expect(key.publicKey.verify(signature, of: [1], as: .ed25519))
        #expect(answer([99]) == .failure)
    }
}
