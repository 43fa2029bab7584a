import Basics
import Glibc
import SSHKeys
import Testing

/// Keys, signatures, files, lines and messages damaged at random from the seed of each round; `FUZZ_ROUNDS` sets how many
/// rounds a long run makes.
///
/// For every input: nothing traps, and what is read is written as something that is read as the same.
@Suite struct SSHKeysFuzzTests {
    static let rounds = getenv("FUZZ_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 1_000

    private static let keys: [SSHPrivateKey] = [.ed25519, .ecdsaP256, .ecdsaP384, .ecdsaP521, .rsa].compactMap {
        try? SSHPrivateKey.generate($0, rsaBits: 2048)
    }

    /// Octets that were right, with some changed, missing, doubled or from another place; lengths above all.
    private static func damaged(_ octets: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
        var octets = octets
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let place = Int.random(in: 0...octets.count, using: &random)
            switch Int.random(in: 0...5, using: &random) {
            case 0 where place < octets.count: octets[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
            case 1 where place < octets.count:
                octets[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
            case 2: octets.removeLast(octets.count - place)
            case 3: octets.insert(UInt8.random(in: 0...255, using: &random), at: place)
            case 4: octets.removeFirst(min(place, 8))
            default: octets += octets.prefix(place)
            }
        }
        return octets
    }

    private static func each(_ body: (UInt64, inout SeededGenerator) throws -> Void) rethrows {
        for seed in 0..<UInt64(rounds) {
            var random = SeededGenerator(seed: seed)
            try body(seed, &random)
        }
    }

    @Test func publicKeys() throws {
        try #require(Self.keys.count == 5)
        Self.each { seed, random in
            guard let key = Self.keys.randomElement(using: &random)?.publicKey else { return }
            if let read = try? SSHPublicKey(blob: Self.damaged(key.blob, using: &random)) {
                #expect((try? SSHPublicKey(line: read.line)) == read, "seed \(seed)")
                #expect(read.randomArt.allSatisfy { $0.utf8.count == 19 }, "seed \(seed)")
                #expect(!read.verify([], of: [], as: .ed25519), "seed \(seed)")
            }
            let line = String(decoding: Self.damaged(Array(key.line.utf8), using: &random), as: UTF8.self)
            if let read = try? SSHPublicKey(line: line) {
                #expect(read.line.split(separator: " ").allSatisfy { line.contains($0) }, "seed \(seed): \(line)")
            }
        }
    }

    @Test func signatures() throws {
        let made = try Self.keys.map { key in
            let algorithm = try #require(key.type.signatureAlgorithms.first)
            return (key.publicKey, algorithm, try key.sign([1, 2, 3], as: algorithm))
        }
        Self.each { seed, random in
            guard let (key, algorithm, blob) = made.randomElement(using: &random) else { return }
            let damaged = Self.damaged(blob, using: &random)
            if damaged != blob { #expect(!key.verify(damaged, of: [1, 2, 3], as: algorithm), "seed \(seed)") }
            if let read = try? SSHSignature(blob: damaged) {
                #expect((try? SSHSignature(blob: read.blob)) == read, "seed \(seed)")
                let byToken = SSHSignature(algorithm: .securityKeyEd25519, octets: read.octets, flags: 1)
                #expect(!key.verify(byToken, of: [1, 2, 3]), "seed \(seed)")
            }
        }
    }

    @Test func files() {
        let texts = Self.keys.flatMap { key in
            [SSHPrivateKeyFile.text(of: key, remark: "a"), SSHPrivateKeyFile.text(of: key, passphrase: [1], rounds: 1)]
        }
        Self.each { seed, random in
            guard let text = texts.randomElement(using: &random) else { return }
            var lines = text.split(separator: 0x0A).map(Array.init)
            let inside = Base64.decode(Array(lines.dropFirst().dropLast().joined())) ?? []
            let damaged = Self.damaged(inside, using: &random)
            lines.replaceSubrange(1..<lines.count - 1, with: [Base64.encode(damaged)])
            let whole = Array(lines.joined(separator: [0x0A]))
            for text in [whole, Self.damaged(text, using: &random)] {
                guard let file = try? SSHPrivateKeyFile(text) else { continue }
                // Derivation is slow on purpose, and its rounds may be what was damaged.
                guard !file.isEncrypted, let opened = try? file.open() else { continue }
                #expect(opened.key.publicKey == file.publicKey, "seed \(seed)")
            }
        }
    }

    @Test func agentMessages() throws {
        let key = try #require(Self.keys.first)
        let messages: [[UInt8]] = [
            SSHAgentRequest.add(key, remark: "a", constraints: .init(lifetime: 9, confirms: true)).message,
            SSHAgentRequest.sign(key: key.publicKey.blob, message: [1, 2], flags: .rsaSHA256).message,
            SSHAgentRequest.extension(name: "query", contents: [1]).message,
            SSHAgentRequest.lock(passphrase: [1]).message,
            SSHAgentAnswer.keys([SSHAgentKey(blob: key.publicKey.blob, remark: "a")]).message,
            SSHAgentAnswer.signature([1, 2, 3]).message,
            SSHAgentAnswer.extensionAnswer(name: "q", contents: [2]).message,
        ]
        Self.each { seed, random in
            let octets = Self.damaged(messages.randomElement(using: &random) ?? [], using: &random)
            if let request = try? SSHAgentRequest(message: octets) {
                #expect((try? SSHAgentRequest(message: request.message))?.message == request.message, "seed \(seed)")
            }
            if let answer = try? SSHAgentAnswer(message: octets) {
                #expect((try? SSHAgentAnswer(message: answer.message)) == answer, "seed \(seed)")
            }
            var framer = SSHAgentFramer()
            let framed = Self.damaged(SSHAgentFramer.framed(octets), using: &random)
            framer.receive(framed.span)
            while let message = try? framer.next() { #expect(!message.isEmpty, "seed \(seed)") }
        }
    }

    @Test func lines() throws {
        let key = try #require(Self.keys.first).publicKey
        let words = [
            "restrict", "pty", "no-pty", ",", ",", "=", "\"", "\\", " ", "\t", "command=\"a b\"", "from=\"10.0.0.0/8\"",
            "\n",
            "expiry-time=\"20300101\"", "#", "@revoked ", "@cert-authority ", "|1|", "|", "*", "!", "h", "[h]:22",
            key.line,
            " \(key.line) ", key.line, "\u{E4}", "\0", "environment=\"A=1\"", "\r",
        ]
        Self.each { seed, random in
            let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in words.randomElement(using: &random) ?? ""
            }.joined()
            if let read = try? AuthorizedKey(line: text) {
                #expect((try? AuthorizedKey(line: read.line)) == read, "seed \(seed): \(text)")
            }
            _ = AuthorizedKey.lines(of: text)
            var hosts = KnownHosts(Array(text.utf8))
            let isWhole = text.isEmpty || text.utf8.last == 0x0A
            #expect(hosts.text == Array(text.utf8) + (isWhole ? [] : [0x0A]), "seed \(seed): \(text)")
            let answer = hosts.check(key, host: "h")
            #expect(answer == KnownHosts(hosts.text).check(key, host: "h"), "seed \(seed): \(text)")
            _ = hosts.remove(host: "h")
            #expect(hosts.remove(host: "h").isEmpty, "seed \(seed): \(text)")
        }
    }
}
