import Basics
import SSHKeys
import Testing

@Suite("Known hosts")
struct KnownHostsTests {
    private let ada: SSHPublicKey
    private let eve: SSHPublicKey
    private let curve: SSHPublicKey

    init() throws {
        ada = try SSHPrivateKey.generate(.ed25519).publicKey
        eve = try SSHPrivateKey.generate(.ed25519).publicKey
        curve = try SSHPrivateKey.generate(.ecdsaP256).publicKey
    }

    private func hosts(_ lines: String...) -> KnownHosts { KnownHosts(bytes(lines.joined(separator: "\n") + "\n")) }

    @Test("A host is known, changed, unknown, or known by another kind")
    func answers() {
        let hosts = hosts(
            "# mine", "", "play.example.org,10.0.0.7 \(ada.line) remark of mine",
            "[play.example.org]:4022 \(curve.line)")
        #expect(hosts.check(ada, host: "play.example.org") == .known(line: 3))
        #expect(hosts.check(ada, host: "Play.Example.Org") == .known(line: 3))
        #expect(hosts.check(ada, host: "10.0.0.7") == .known(line: 3))
        #expect(hosts.check(eve, host: "10.0.0.7") == .changed(line: 3))
        #expect(hosts.check(curve, host: "10.0.0.7") == .otherKind(line: 3))
        #expect(hosts.check(ada, host: "10.0.0.8") == .unknown)
        #expect(hosts.check(ada, host: "play.example.org", port: 4022) == .otherKind(line: 4))
        #expect(hosts.check(curve, host: "play.example.org", port: 4022) == .known(line: 4))
        #expect(hosts.check(curve, host: "play.example.org", port: 4023) == .unknown)
        #expect(hosts.keys(of: "10.0.0.7") == [ada])
    }

    @Test("Several keys of a kind are all good, and the change is reported for the first")
    func several() {
        let hosts = hosts("h \(curve.line)", "h \(ada.line)", "h \(eve.line)")
        #expect(hosts.check(ada, host: "h") == .known(line: 2))
        #expect(hosts.check(eve, host: "h") == .known(line: 3))
        #expect(hosts.keys(of: "h") == [curve, ada, eve])
        #expect(self.hosts("h \(curve.line)", "h \(ada.line)").check(eve, host: "h") == .changed(line: 2))
    }

    @Test("A revoked key is refused wherever else it is known; authorities decide nothing")
    func marks() {
        let hosts = hosts("h \(ada.line)", "@revoked * \(ada.line)", "@cert-authority *.org \(eve.line)")
        #expect(hosts.check(ada, host: "h") == .revoked(line: 2))
        #expect(hosts.check(ada, host: "elsewhere") == .revoked(line: 2))
        #expect(hosts.keys(of: "h").isEmpty)
        #expect(hosts.check(eve, host: "x.org") == .unknown)
        #expect(hosts.check(eve, host: "h") == .changed(line: 1))
    }

    @Test("What is not understood is kept as it is")
    func kept() throws {
        let text = """
            # remark
            \u{20}
            h ssh-dss AAAAB3NzaC1kc3M= old
            h
            |1|short|x \(ada.line)
            |2|AAAA|BBBB \(ada.line)
            @unknown h \(ada.line)
            h ssh-ed25519 AAAA
            \u{FEFF}\u{E4} \(String(repeating: "x", count: 20_000))
            """
        var hosts = KnownHosts(bytes(text + "\n") + [0xFF, 0xFE, 0x0A])
        #expect(hosts.text == bytes(text + "\n") + [0xFF, 0xFE, 0x0A])
        #expect(hosts.check(ada, host: "h") == .unknown)
        try hosts.add(ada, host: "h")
        #expect(hosts.text == bytes(text + "\n") + [0xFF, 0xFE, 0x0A] + bytes("h \(ada.line)\n"))
        #expect(hosts.check(ada, host: "h") == .known(line: 11))
        // A last line without an end gets one before another comes.
        var open = KnownHosts(bytes("h \(ada.line)"))
        try open.add(eve, host: "g")
        #expect(open.text == bytes("h \(ada.line)\ng \(eve.line)\n"))
        #expect(KnownHosts().text.isEmpty)
        #expect(KnownHosts([]).text.isEmpty)
    }

    @Test("Names are hashed as ssh-keygen hashes them, and it finds ours", arguments: [22, 4022] as [UInt16])
    func hashed(port: UInt16) throws {
        let tool = try SSHKeygen()
        let name = port == 22 ? "play.example.org" : "[play.example.org]:4022"
        var ours = KnownHosts()
        try ours.add(ada, host: "Play.example.org", port: port, isHashed: true)
        #expect(!String(decoding: ours.text, as: UTF8.self).contains("example"))
        #expect(ours.check(ada, host: "play.example.org", port: port) == .known(line: 1))
        #expect(ours.check(ada, host: "play.example.org", port: 4023) == .unknown)
        try tool.write(ours.text, to: "ours")
        #expect(try tool.output("ssh-keygen -F '\(name)' -f ours").contains("found: line 1"))

        try tool.write("\(name) \(ada.line)\nother \(eve.line)\n", to: "theirs")
        _ = try tool.output("ssh-keygen -H -f theirs")
        let theirs = KnownHosts(try tool.read("theirs"))
        #expect(theirs.check(ada, host: "play.example.org", port: port) == .known(line: 1))
        #expect(theirs.check(eve, host: "play.example.org", port: port) == .changed(line: 1))
        #expect(theirs.check(eve, host: "other") == .known(line: 2))
    }

    @Test("The salt is the given randomness")
    func salts() throws {
        func text(_ seed: UInt64) throws -> [UInt8] {
            var generator = SeededGenerator(seed: seed)
            var hosts = KnownHosts()
            try hosts.add(ada, host: "h", isHashed: true, using: &generator)
            return hosts.text
        }
        #expect(try text(1) == text(1))
        #expect(try text(1) != text(2))
    }

    @Test("Lines of a host go, those that mean others too stay")
    func removed() throws {
        var hosts = hosts(
            "h \(ada.line)", "h,g \(ada.line)", "* \(ada.line)", "@revoked h \(eve.line)", "H \(curve.line)")
        try hosts.add(curve, host: "h", isHashed: true)
        #expect(hosts.remove(host: "h") == [1, 5, 6])
        #expect(hosts.text == bytes("h,g \(ada.line)\n* \(ada.line)\n@revoked h \(eve.line)\n"))
    }

    @Test(
        "A name that means something else in the file is not added",
        arguments: ["", "a b", "*", "a,b", "|1|a|b", "@revoked", "a\nb", "#"])
    func names(host: String) {
        var hosts = KnownHosts()
        #expect(throws: SSHKeyFailure.self) { try hosts.add(ada, host: host) }
        #expect(hosts.text.isEmpty)
    }
}
