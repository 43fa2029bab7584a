import CredentialCore
import IRCWire
import ReactorCore
import Testing

@testable import ChatPeers

struct IRCAccountBookTests {
    private let book = IRCAccountBook(
        mapping: .ascii, limit: 2, desk: CredentialDesk(cost: .trivial), iterations: 4096)

    private func register(_ name: String, _ password: String = "sesame") -> Result<String, any Error>? {
        var outcome: Result<String, any Error>?
        book.register(name, password: password).whenDone { outcome = $0 }
        return outcome
    }

    private func refusal(_ result: Result<String, any Error>?) -> IRCAccountBook.Refusal? {
        guard case .failure(let error)? = result else { return nil }
        return error as? IRCAccountBook.Refusal
    }

    private func verdict(_ name: String, _ password: String) -> CheckerVerdict? {
        var verdict: CheckerVerdict?
        book.check(.password(name: name, password: password), from: LoginOrigin(door: "irc", source: "here"))
            .whenDone { verdict = try? $0.get() }
        return verdict
    }

    @Test func accountsAreKept() throws {
        #expect(try register("Ann")?.get() == "Ann")
        #expect(book.spelling(of: "aNN") == "Ann" && book.spelling(of: "bob") == nil)
        #expect(verdict("ann", "sesame") == .accepted(Identity(name: "Ann", checker: "irc")))
        #expect(verdict("ann", "wrong") == .refused("wrong password"))
        #expect(verdict("bob", "sesame") == .unknown("no such account"))
        var secret: KeptSCRAMSecret?
        book.scramSecret(of: "ANN", from: LoginOrigin(door: "irc", source: "192.0.2.1")).whenDone {
            secret = try? $0.get()
        }
        #expect(secret?.name == "Ann" && secret?.secret.isMade(from: "sesame") ?? false)
    }

    @Test func thereAreNotTwoOfANameNorTooMany() {
        _ = register("ann")
        #expect(refusal(register("ANN")) == .nameTaken)
        #expect(refusal(register("bob", String(repeating: "x", count: 2000))) == .unusablePassword)
        #expect(refusal(register("bob", "12345")) == .weakPassword)
        #expect(refusal(register("bob")) == nil && refusal(register("eve")) == .unavailable)
    }

    /// Logins share the threads that hash: one new account at a time, and not many that wait.
    @Test func accountsAreMadeOneAfterAnother() {
        let desk = CredentialDesk(cost: .trivial)
        var jobs: [() -> Void] = []
        desk.runOnWorker = { job, done in jobs.append { done(job()) } }
        let book = IRCAccountBook(mapping: .ascii, limit: 1000, desk: desk, iterations: 4096)
        var outcomes: [Result<String, any Error>] = []
        for number in 0..<30 { book.register("n\(number)", password: "sesame").whenDone { outcomes.append($0) } }
        #expect(jobs.count == 1 && outcomes.count == 30 - 1 - IRCAccountBook.queueLimit)
        #expect(outcomes.allSatisfy { refusal($0) == .unavailable })
        while !jobs.isEmpty {
            #expect(jobs.count == 1)
            jobs.removeFirst()()
        }
        #expect(outcomes.count == 30 && book.spelling(of: "n16") == "n16" && book.spelling(of: "n17") == nil)
    }

    @Test func certificatesAreLearnt() {
        #expect(book.account(ofFingerprint: "ab") == nil)
        book.learn(fingerprint: "ab", of: "ann")
        #expect(book.account(ofFingerprint: "ab") == "ann")
    }
}
