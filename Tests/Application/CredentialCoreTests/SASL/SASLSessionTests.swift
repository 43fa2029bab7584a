import FileAccessTesting
import ReactorCore
import ReactorTesting
import SASLWire
import Testing

@testable import CredentialCore

private struct Mailbox: Avatar {}

@Suite struct SASLSessionTests {
    private let portal: Portal
    private let origin = LoginOrigin(door: "imap", source: "192.0.2.7")
    private var encrypted: SASLSession.Channel { SASLSession.Channel(origin: origin, isEncrypted: true) }

    init() throws {
        let desk = CredentialDesk(cost: .trivial, budget: GuessBudget(limit: 5))
        portal = Portal(reactor: try Reactor(), realm: Realm(), desk: desk)
        portal.realm.provide(Mailbox.self) { identity, _ in .succeeded(Login(identity, avatar: Mailbox())) }
        portal.checkers = [try MemoryChecker([("Ada", "correct horse")])]
    }

    /// Goes on to the portal, as a protocol does.
    private func conclude(_ step: SASLSession.Step) throws -> String {
        guard case .credential(let credential, _) = step else { return "refused" }
        do {
            return try portal.login(credential, as: Mailbox.self, from: origin).resultNow().identity.name
        } catch let failure as LoginFailure {
            return "\(failure)"
        }
    }

    private func begin(_ mechanism: SASLMechanism, _ channel: SASLSession.Channel? = nil) throws -> SASLSession {
        try #require(SASLSession(mechanism, with: portal, over: channel ?? encrypted))
    }

    private func octets(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test func mechanismsAreOfferedWhereTheyCanBeUsed() throws {
        var channel = SASLSession.Channel(origin: origin)
        func names() -> [String] { SASLSession.mechanisms(of: portal, over: channel).map(\.name) }
        #expect(names() == ["SCRAM-SHA-256"])
        #expect(SASLSession(.plain, with: portal, over: channel) == nil, "a password in clear needs TLS")
        channel.isEncrypted = true
        #expect(names() == ["SCRAM-SHA-256", "PLAIN", "LOGIN"])
        channel.binding = SCRAMChannel(type: "tls-exporter", data: [1])
        channel.proofs = [Proof(name: "ada", method: "EXTERNAL")]
        #expect(names() == ["EXTERNAL", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "PLAIN", "LOGIN"])
        portal.checkers = []
        #expect(names() == ["EXTERNAL", "PLAIN", "LOGIN"])
    }

    @Test func plain() throws {
        #expect(try conclude(begin(.plain).start(octets("\0ada\0correct horse")).resultNow()) == "Ada")
        #expect(try conclude(begin(.plain).start(octets("ada\0ada\0correct horse")).resultNow()) == "Ada")
        #expect(try conclude(begin(.plain).start(octets("\0ada\0wrong")).resultNow()) == "refused")
        #expect(
            try conclude(begin(.plain).start(octets("ben\0ada\0correct horse")).resultNow()) == "refused", "for another"
        )
        let session = try begin(.plain)
        #expect(try session.start(nil).resultNow() == .challenge([]))
        #expect(try conclude(session.receive(octets("\0ada\0correct horse")).resultNow()) == "Ada")
        #expect(try session.receive(octets("\0ada\0correct horse")).resultNow() == .refused(final: []), "once only")
    }

    @Test(arguments: ["", "\0", "\0\0", "\0ada\0", "\0\0x", "ada", "\0ada\0x\0", "ada\0correct horse"])
    func hostilePlain(_ text: String) throws {
        #expect(try conclude(begin(.plain).start(octets(text)).resultNow()) == "refused")
        #expect(try conclude(begin(.plain).start([0xFF, 0, 0xFE, 0, 0xFF]).resultNow()) == "refused")
    }

    @Test func login() throws {
        let session = try begin(.login)
        #expect(try session.start(nil).resultNow() == .challenge(octets("Username:")))
        #expect(try session.receive(octets("ada")).resultNow() == .challenge(octets("Password:")))
        #expect(try conclude(session.receive(octets("correct horse")).resultNow()) == "Ada")
        let short = try begin(.login)
        #expect(try short.start(octets("ada")).resultNow() == .challenge(octets("Password:")))
        #expect(try conclude(short.receive(octets("")).resultNow()) == "refused")
    }

    @Test func external() throws {
        var channel = encrypted
        channel.proofs = [Proof(name: "ada", method: "EXTERNAL")]
        #expect(try conclude(begin(.external, channel).start([]).resultNow()) == "ada")
        #expect(try conclude(begin(.external, channel).start(octets("ada")).resultNow()) == "ada")
        #expect(try conclude(begin(.external, channel).start(octets("ben")).resultNow()) == "refused")
        channel.proofs.append(Proof(name: "Cy", method: "EXTERNAL"))
        #expect(
            try conclude(begin(.external, channel).start([]).resultNow()) == "ada", "the first for who says no name")
        #expect(try conclude(begin(.external, channel).start(octets("cy")).resultNow()) == "Cy")
        #expect(SASLSession(.external, with: portal, over: encrypted) == nil)
    }

    /// One exchange with our own client; the name of who is in.
    private func scram(
        _ name: String, _ password: String, for other: String? = nil, binding: SCRAMChannel? = nil,
        serverBinding: SCRAMChannel? = nil
    ) throws -> String {
        var channel = encrypted
        channel.binding = serverBinding
        let mechanism: SASLMechanism = binding == nil ? .scramSHA256 : .scramSHA256Plus
        let session = try begin(mechanism, channel)
        var client = try SCRAMClient(
            name: name, password: password, authorizationIdentity: other, channel: binding, nonce: nil)
        guard case .challenge(let challenge) = try session.start(client.first()).resultNow() else { return "refused" }
        let step = try session.receive(try client.receive(challenge: challenge)).resultNow()
        if case .credential(_, let final) = step { try client.receive(final: final) }
        return try conclude(step)
    }

    @Test func scramEndsInAProof() throws {
        #expect(try scram("ada", "correct horse") == "Ada")
        #expect(try scram("ada", "correct horse", for: "ada") == "Ada")
        let channel = SCRAMChannel(type: "tls-exporter", data: [1, 2, 3])
        #expect(try scram("ada", "correct horse", binding: channel, serverBinding: channel) == "Ada")
        let other = SCRAMChannel(type: "tls-exporter", data: [4])
        #expect(try scram("ada", "correct horse", binding: other, serverBinding: channel) == "refused")
        #expect(try scram("ada", "wrong") == "refused")
        #expect(try scram("nobody", "correct horse") == "refused")
        #expect(try scram("ada", "correct horse", for: "ben") == "refused")
    }

    /// Wrong proofs and wrong passwords are charged to one budget.
    @Test func proofsAreGuessesToo() throws {
        for _ in 0..<3 { #expect(try scram("ada", "wrong") == "refused") }
        for _ in 0..<2 { #expect(try conclude(begin(.plain).start(octets("\0ada\0wrong")).resultNow()) == "refused") }
        let refused = #expect(throws: LoginFailure.self) { try scram("ada", "correct horse") }
        guard case .tooManyGuesses = refused else {
            Issue.record("not refused: \(String(describing: refused))")
            return
        }
        #expect(try conclude(begin(.plain).start(octets("\0ada\0correct horse")).resultNow()).contains("tooMany"))
    }

    /// An account with a second factor is not let in by a mechanism that does not ask for it.
    @Test func scramIsNoWayAroundTheSecondFactor() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/passwords"
        let hash = try PasswordHasher.hash("secret", cost: .trivial)
        let scramSecret = try SCRAMSecret(password: "secret").stored
        _ = try PasswordFile.change(path, "ada", .init(password: hash, scram: scramSecret))
        portal.checkers = [PasswordFileChecker(path, portal.desk)]
        #expect(try scram("ada", "secret") == "ada")
        let oneTime = try OneTimeSecret.make().base32
        _ = try PasswordFile.change(path, "ada", .init(password: hash, oneTime: .set(oneTime), scram: scramSecret))
        #expect(try scram("ada", "secret") == "refused")
    }

    /// A secret made up for a name nobody has looks like those that there are.
    @Test func scramHasTheSameIterationsForEverybody() throws {
        func challenge(_ name: String) throws -> String {
            let step = try begin(.scramSHA256).start(octets("n,,n=\(name),r=abcdef")).resultNow()
            guard case .challenge(let text) = step else { return "\(step)" }
            return String(decoding: text, as: UTF8.self)
        }
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/passwords"
        let hash = try PasswordHasher.hash("secret", cost: .trivial)
        let stored = try SCRAMSecret(password: "secret", iterations: 4096).stored
        _ = try PasswordFile.change(path, "ada", .init(password: hash, scram: stored))
        let checker = PasswordFileChecker(path, portal.desk)
        portal.checkers = [checker]
        #expect(try challenge("nobody").hasSuffix(",i=50000"), "not known yet")
        try checker.open()
        #expect(try challenge("ada").hasSuffix(",i=4096"))
        #expect(try challenge("ben").hasSuffix(",i=4096"))
    }

    @Test(arguments: ["", "n", "n,,", "n,,n=,r=x", "p=x,,n=ada,r=x", "n,,m=x,n=ada,r=x", "n,,n=ada,r="])
    func hostileScram(_ text: String) throws {
        let step = try begin(.scramSHA256).start(octets(text)).resultNow()
        guard case .refused = step else {
            Issue.record("not refused: \(step)")
            return
        }
    }
}
