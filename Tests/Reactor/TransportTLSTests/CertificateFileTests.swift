import FileAccessTesting
import Glibc
import ReactorCore
import ReactorTesting
import Testing
import TransportTLS
import Transports

@Suite struct CertificateFileTests {
    struct Wrong: CustomTestStringConvertible, Sendable {
        var certificate: String
        var key: String
        var kind: TLSFailure.Kind
        var words: String
        var testDescription: String { "\(certificate) with \(key)" }
    }

    @Test(arguments: [
        Wrong(certificate: "missing.pem", key: "leaf.key", kind: .unreadable, words: "missing.pem: No such file"),
        Wrong(certificate: "leaf.pem", key: "missing.key", kind: .unreadable, words: "missing.key: No such file"),
        Wrong(certificate: "leaf.key", key: "leaf.key", kind: .malformed, words: "leaf.key: no certificate in it"),
        Wrong(certificate: "leaf.pem", key: "leaf.pem", kind: .malformed, words: "leaf.pem: no private key in it"),
        Wrong(certificate: "leaf.pem", key: "player.key", kind: .keyMismatch, words: "player.key: the key is not that"),
        Wrong(certificate: "", key: "leaf.key", kind: .unreadable, words: "Is a directory"),
    ])
    func namesTheFileAndTheFault(wrong: Wrong) throws {
        let (certificate, key) = (try Certificates.path(wrong.certificate), try Certificates.path(wrong.key))
        let failure = #expect(throws: TLSFailure.self) {
            try TLSIdentity(certificateFile: certificate, keyFile: key)
        }
        #expect(failure?.kind == wrong.kind)
        #expect(failure?.description.contains(wrong.words) == true, "\(failure?.description ?? "")")
    }

    @Test func readsTextAndRefusesItsDamage() throws {
        let (chain, key) = (try Certificates.bytes("chain.pem"), try Certificates.bytes("leaf.key"))
        #expect(try TLSIdentity(certificatePEM: chain, keyPEM: key).chain.count == 2)
        #expect(throws: TLSFailure.self) { try TLSIdentity(certificatePEM: [], keyPEM: key) }
        #expect(throws: TLSFailure.self) { try TLSIdentity(certificatePEM: chain, keyPEM: []) }
        var damaged = chain
        damaged[damaged.count - 100] = UInt8(ascii: "!")
        let failure = #expect(throws: TLSFailure.self) {
            try TLSIdentity(certificatePEM: damaged, keyPEM: key, name: "the chain")
        }
        #expect(failure?.detail.hasPrefix("the chain: certificate 2 cannot be read") == true)
    }

    @Test func refusesAKeyUnderAPassphrase() throws {
        let folder = try TemporaryFolder()
        let key = try Certificates.path("leaf.key")
        #expect(system("openssl ec -in '\(key)' -aes128 -passout pass:x -out '\(folder.path)/key' 2>/dev/null") == 0)
        let failure = #expect(throws: TLSFailure.self) {
            try TLSIdentity(certificateFile: Certificates.path("leaf.pem"), keyFile: folder.path + "/key")
        }
        #expect(failure?.detail.contains("encrypted") == true, "\(failure?.detail ?? "")")
    }

    /// Opened for reading, a pipe that nobody writes would hold the loop without end.
    @Test func aPipeIsNotWaitedFor() throws {
        let folder = try TemporaryFolder()
        let pipe = folder.path + "/pipe"
        try #require(mkfifo(pipe, 0o600) == 0)
        let failure = #expect(throws: TLSFailure.self) { try TLSIdentity(certificateFile: pipe, keyFile: pipe) }
        #expect(failure?.kind == .unreadable)
    }

    @Test func tellsWhatIsInACertificate() throws {
        let certificate = try Certificates.identity("chain").chain[0]
        #expect(certificate.subject == "CN=mud.example" && certificate.issuer == "CN=Between")
        #expect(certificate.notAfter - certificate.notBefore == 30 * 86_400)
        #expect(abs(certificate.notBefore - Int64(time(nil))) < 3600)
        #expect(try Certificates.identity("gone").warnings.count == 1)
        #expect(try Certificates.identity("chain").warnings.isEmpty)
    }

    /// Copies a file of ``Certificates``.
    private func copy(_ name: String, to file: String, in folder: TemporaryFolder) throws {
        try folder.write(try Certificates.bytes(name), to: file)
    }

    /// Behind a symbolic link, as renewals of certificates exchange them.
    @Test func aWatchReadsWhatALinkLeadsToNow() throws {
        let folder = try TemporaryFolder()
        for (name, certificate, key) in [("old", "chain.pem", "leaf.key"), ("new", "other.pem", "other.key")] {
            try folder.makeFolder(name)
            try copy(certificate, to: "\(name)/certificate", in: folder)
            try copy(key, to: "\(name)/key", in: folder)
        }
        symlink("old", folder.path + "/live")
        var kept: TLSReloadingContext? = try TLSReloadingContext(
            certificateFile: folder.path + "/live/certificate", keyFile: folder.path + "/live/key")
        let context = try #require(kept)
        let test = try TestReactor()
        var outcomes: [TLSReloadingContext.Outcome] = []
        let watch = context.watch(every: .seconds(60), on: test.reactor) { outcomes.append($0) }
        test.advance(by: .seconds(300))
        #expect(outcomes.isEmpty)
        symlink("new", folder.path + "/next")
        rename(folder.path + "/next", folder.path + "/live")
        test.advance(by: .seconds(59))
        #expect(outcomes.isEmpty)
        test.advance(by: .seconds(2))
        #expect(outcomes.count == 1)
        #expect(context.current.identity.chain.first?.subject == "CN=other.example")
        watch.stop()
        #expect(test.leftovers.isEmpty)
        // A watch ends with what it watches.
        kept = try TLSReloadingContext(
            certificateFile: folder.path + "/live/certificate", keyFile: folder.path + "/live/key")
        kept?.watch(on: test.reactor)
        kept = nil
        test.advance(by: .seconds(61))
        #expect(test.leftovers.isEmpty)
    }

    @Test func rootsForClientsAreReadAnewAndNoSessionOutlivesThem() throws {
        let folder = try TemporaryFolder()
        let roots = folder.path + "/roots"
        try copy("root.pem", to: "roots", in: folder)
        let context = try TLSReloadingContext(
            certificateFile: try Certificates.path("chain.pem"), keyFile: try Certificates.path("leaf.key"),
            clientRootsFile: roots)
        let client = try TLSPair.clientContext { $0.identity = try Certificates.identity("player") }
        func comeIn() throws -> (isIn: Bool, isResumed: Bool) {
            let pair = try TLSPair(server: context, client: client)
            pair.connect()
            pair.client.transport?.write("x")
            pair.pump()
            let found = (!pair.server.received.isEmpty, pair.server.session?.wasResumed ?? false)
            pair.client.transport?.loseConnection()
            pair.pump()
            return found
        }
        #expect(try comeIn() == (true, false))
        #expect(try comeIn() == (true, true))
        try copy("stranger.pem", to: "roots", in: folder)
        guard case .replaced? = context.reloadIfChanged() else { return #expect(Bool(false), "was kept") }
        #expect(try comeIn() == (false, false))
        try folder.write("no roots", to: "roots")
        guard case .kept(let failure)? = context.reloadIfChanged() else { return #expect(Bool(false), "was not kept") }
        #expect(failure.description.contains(roots))
        try copy("root.pem", to: "roots", in: folder)
        guard case .replaced? = context.reloadIfChanged() else { return #expect(Bool(false), "was kept") }
        #expect(try comeIn().isIn)
    }

    @Test func reloadsWhatIsUsableAndKeepsTheOldOtherwise() throws {
        let folder = try TemporaryFolder()
        let (certificate, key) = (folder.path + "/certificate", folder.path + "/key")
        try copy("chain.pem", to: "certificate", in: folder)
        try copy("leaf.key", to: "key", in: folder)
        let context = try TLSReloadingContext(certificateFile: certificate, keyFile: key)
        let client = try TLSPair.clientContext()
        func subject(_ name: String) throws -> String? {
            let pair = try TLSPair(server: context, client: client, name: name)
            pair.connect()
            let seen = pair.client.session?.peerCertificate?.subject
            pair.client.transport?.loseConnection()
            pair.pump()
            return seen
        }
        #expect(context.reloadIfChanged() == nil)
        let running = try TLSPair(server: context)
        running.connect()
        #expect(try subject("mud.example") == "CN=mud.example")

        try copy("other.pem", to: "certificate", in: folder)
        guard case .kept(let failure)? = context.reloadIfChanged() else { return #expect(Bool(false), "was not kept") }
        #expect(failure.kind == .keyMismatch)
        #expect(context.reloadIfChanged() == nil)
        #expect(try subject("mud.example") == "CN=mud.example")

        unlink(key)
        guard case .kept? = context.reloadIfChanged() else { return #expect(Bool(false), "was not kept") }
        try copy("other.key", to: "key", in: folder)
        guard case .replaced(let warnings)? = context.reloadIfChanged() else { return #expect(Bool(false), "was kept") }
        #expect(warnings.isEmpty)
        #expect(try subject("other.example") == "CN=other.example")

        try copy("gone.pem", to: "certificate", in: folder)
        try copy("gone.key", to: "key", in: folder)
        guard case .replaced(let concerns) = context.reload() else { return #expect(Bool(false), "was kept") }
        #expect(concerns.count == 1 && concerns[0].contains("has expired"))

        running.client.transport?.write("still here")
        running.pump()
        #expect(running.server.text == "still here")
    }
}
