import Basics
import IRCWire
import ReactorCore
import ReactorTesting
import Testing

@testable import ChatPeers
@testable import CredentialCore

private struct Seat: Avatar {}

/// Logins over a portal, as a client on the wire makes them.
struct IRCPortalExchangeTests {
    private let stage: IRCServerStage
    private let portal: Portal

    init() throws {
        let stage = try IRCServerStage()
        let desk = CredentialDesk(cost: .trivial, budget: GuessBudget(limit: 5))
        let portal = Portal(reactor: stage.test.reactor, realm: Realm(), desk: desk)
        portal.realm.provide(Seat.self) { identity, _ in .succeeded(Login(identity, avatar: Seat())) }
        portal.checkers = [try MemoryChecker([("Ada", "correct horse")])]
        (self.stage, self.portal) = (stage, portal)
        stage.house.offeredMechanisms = ["EXTERNAL", "SCRAM-SHA-256", "PLAIN"]
    }

    private func client(proven: String? = nil, allowsClear: Bool = true) -> IRCTypist {
        let client = stage.connect()
        stage.house.makeExchange = { [portal] mechanism in
            client.connection.flatMap { connection in
                let channel = connection.loginChannel(
                    door: "irc", proofs: proven.map { [Proof(name: $0, method: "EXTERNAL")] } ?? [],
                    allowsClearPasswords: allowsClear)
                return IRCPortalExchange(mechanism, portal: portal, channel: channel) { credential in
                    portal.login(credential, as: Seat.self, from: channel.origin).map { $0.identity.name }
                }
            }
        }
        client.type("CAP REQ sasl")
        _ = client.read()
        return client
    }

    private func line(_ octets: [UInt8]) -> String {
        "AUTHENTICATE " + (octets.isEmpty ? "+" : String(decoding: Base64.encode(octets), as: UTF8.self))
    }

    private func numerics(_ lines: [String]) -> [Substring] {
        lines.compactMap { $0.split(separator: " ").dropFirst().first }
    }

    @Test func plain() {
        let client = client()
        client.type("AUTHENTICATE plain")
        #expect(numerics(client.ask(line(Array("\0ada\0correct horse".utf8)))) == ["900", "903"])
        #expect(client.connection?.account == "Ada")
    }

    @Test func plainNeedsTLSUnlessItIsAllowed() {
        let client = client(allowsClear: false)
        #expect(numerics(client.ask("AUTHENTICATE PLAIN")) == ["908", "904"])
    }

    @Test func external() {
        let client = client(proven: "ada")
        client.type("AUTHENTICATE EXTERNAL")
        #expect(numerics(client.ask("AUTHENTICATE +")) == ["900", "903"])
        #expect(client.connection?.account == "ada")
        #expect(numerics(self.client().ask("AUTHENTICATE EXTERNAL")) == ["908", "904"])
    }

    @Test(arguments: [("ada", "correct horse", true), ("ada", "wrong", false), ("nobody", "correct horse", false)])
    func scram(name: String, password: String, isRight: Bool) throws {
        let client = client()
        var dialogue = try SCRAMClient(name: name, password: password, channel: nil, nonce: nil)
        #expect(client.ask("AUTHENTICATE SCRAM-SHA-256") == ["AUTHENTICATE +"])
        let challenge = client.ask(line(dialogue.first()))
        let octets = try #require(challenge.first.flatMap { Base64.decode($0.dropFirst(13).utf8) })
        let last = client.ask(line(try dialogue.receive(challenge: octets)))
        guard isRight else { return #expect(numerics(last) == ["904"] && client.connection?.account == nil) }
        let final = try #require(last.first.flatMap { Base64.decode($0.dropFirst(13).utf8) })
        try dialogue.receive(final: final)
        #expect(client.connection?.account == nil)
        #expect(numerics(client.ask("AUTHENTICATE +")) == ["900", "903"])
        #expect(client.connection?.account == "Ada")
    }

    @Test func guessesAreCountedOverAllConnections() {
        var words: [String] = []
        for _ in 0..<4 {
            let client = client()
            for _ in 0..<2 {
                client.type("AUTHENTICATE PLAIN")
                _ = client.read()
                words += client.ask(line(Array("\0ada\0wrong".utf8)))
            }
        }
        #expect(words.count == 8 && words.prefix(5).allSatisfy { !$0.contains("too many") })
        #expect(words.suffix(3).allSatisfy { $0.contains("too many attempts") })
    }
}
