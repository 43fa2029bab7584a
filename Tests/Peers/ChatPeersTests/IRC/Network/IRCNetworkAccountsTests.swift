import Basics
import CredentialCore
import ReactorTesting
import Testing
import Transports

@testable import ChatPeers

struct IRCNetworkAccountsTests {
    private func plain(_ name: String, _ password: String) -> String {
        Base64.text(Array("\0\(name)\0\(password)".utf8))
    }

    /// Logs in before registering.
    private func enter(_ stage: IRCNetworkStage, _ nick: String, as account: String, _ capabilities: String = "")
        -> IRCTypist
    {
        let guest = stage.connect()
        guest.type(
            "CAP REQ :sasl \(capabilities)", "NICK \(nick)", "USER \(nick) 0 * :\(nick)", "AUTHENTICATE PLAIN",
            "AUTHENTICATE \(plain(account, "sesame"))", "CAP END")
        _ = guest.read()
        return guest
    }

    @Test func accountsAreMadeAndLoggedInto() throws {
        let stage = try IRCNetworkStage()
        let ann = stage.enter("ann", "account-notify draft/account-registration")
        let answer = ann.ask("REGISTER * * sesame")
        #expect(answer.first == ":irc.test REGISTER SUCCESS ann :The account is made, and you are logged in.")
        #expect(answer.contains { $0.contains(" 900 ann ann!~ann@127.0.0.1 ann ") })
        #expect(answer.last == ":ann!~ann@127.0.0.1 ACCOUNT ann")
        #expect(
            ann.ask("REGISTER * * sesame").first?.hasPrefix(":irc.test FAIL REGISTER ALREADY_AUTHENTICATED") ?? false)
        let bob = enter(stage, "bob", as: "ANN")
        #expect(bob.ask("WHOIS bob").contains { $0.hasSuffix(" 330 bob bob ann :is logged in as") })
        _ = ann.ask("QUIT")
        _ = bob.ask("NICK ann")
        let eve = stage.enter("eve")
        _ = eve.ask("NICK bob")
        #expect(eve.ask("REGISTER ann * x").first?.contains("ACCOUNT_NAME_MUST_BE_NICK") ?? false)
        let other = stage.enter("Ann2")
        #expect(other.ask("REGISTER * * \(String(repeating: "x", count: 400))").isEmpty == false)
    }

    /// Else one connection queues as many passwords to be hashed as it likes.
    @Test func aConnectionMakesOneAccountAtATime() throws {
        let stage = try IRCNetworkStage()
        let ann = stage.enter("ann")
        var jobs: [() -> Void] = []
        stage.network.desk.runOnWorker = { job, done in jobs.append { done(job()) } }
        ann.wire.deliver("REGISTER * * sesame\r\nNICK bob\r\nREGISTER * * sesame\r\n")
        stage.test.settle()
        #expect(jobs.count == 1 && ann.read().isEmpty && ann.wire.isReadingPaused)
        jobs.removeFirst()()
        #expect(ann.read().map(IRCTypist.word) == ["REGISTER", "900", "NICK", "FAIL"] && jobs.isEmpty)
        #expect(!ann.wire.isReadingPaused)
    }

    @Test func aSourceMakesSoManyAccounts() throws {
        let stage = try IRCNetworkStage {
            $0.accountsPerSource = 2
            $0.allowsClearLogins = true
        }
        for number in 0..<4 {
            let host: IPv4Host = number == 3 ? IPv4Host(bits: 0xC000_0202) : IPv4Host(bits: 0xC000_0201)
            let guest = stage.connect(from: .ipv4(host, port: 50_000))
            guest.register("n\(number)")
            let answer = guest.ask("REGISTER * * sesame")
            let isRefused = answer.first?.hasPrefix(":irc.test FAIL REGISTER TEMPORARILY_UNAVAILABLE") ?? false
            #expect(isRefused == (number == 2))
        }
    }

    @Test func wrongPasswordsAreRefused() throws {
        let stage = try IRCNetworkStage()
        _ = stage.enter("ann").ask("REGISTER * * sesame")
        let guest = stage.connect()
        guest.type("CAP REQ sasl", "NICK bob", "AUTHENTICATE PLAIN")
        #expect(guest.words(of: "AUTHENTICATE \(plain("ann", "wrong"))") == ["904"])
        #expect(guest.words(of: "AUTHENTICATE NONSENSE") == ["908", "904"])
    }

    @Test func passLogsIn() throws {
        let stage = try IRCNetworkStage()
        _ = stage.enter("ann").ask("REGISTER * * sesame")
        let guest = stage.connect()
        guest.type("PASS ann:sesame", "NICK bob", "USER bob 0 * :bob")
        #expect(guest.words(of: "WHOIS bob").contains("330"))
        let wrong = stage.connect()
        #expect(wrong.words(of: "PASS ann:wrong", "NICK eve", "USER eve 0 * :eve") == ["464", "ERROR"])
    }

    @Test func aServerMayWantAPassword() throws {
        let stage = try IRCNetworkStage { $0.password = "friend" }
        #expect(stage.connect().words(of: "NICK a", "USER a 0 * :a") == ["464", "ERROR"])
        #expect(stage.connect().words(of: "PASS friend", "NICK a", "USER a 0 * :a").first == "001")
    }

    @Test func tagsTellAccounts() throws {
        let stage = try IRCNetworkStage()
        _ = stage.enter("ann").ask("REGISTER * * sesame")
        let bob = stage.enter("bob", "account-tag extended-join")
        _ = bob.ask("JOIN #a")
        let other = enter(stage, "other", as: "ann")
        other.type("JOIN #a", "PRIVMSG #a :hello")
        #expect(
            bob.read() == [
                "@account=ann :other!~other@127.0.0.1 JOIN #a ann :other",
                "@account=ann :other!~other@127.0.0.1 PRIVMSG #a :hello",
            ])
    }

    @Test func marksOfReadingAreShared() throws {
        let stage = try IRCNetworkStage()
        let ann = stage.enter("ann", "draft/read-marker")
        #expect(ann.ask("MARKREAD #a") == [":irc.test MARKREAD #a *"])
        #expect(
            ann.ask("MARKREAD #a timestamp=2026-01-01T00:00:00.000Z").first?.contains("ACCOUNT_REQUIRED") ?? false)
        _ = ann.ask("REGISTER * * sesame")
        let other = enter(stage, "other", as: "ann", "draft/read-marker")
        #expect(ann.ask("MARKREAD #a") == [":irc.test MARKREAD #a *"])
        let time = "timestamp=2026-01-02T03:04:05.678Z"
        #expect(ann.ask("MARKREAD #a \(time)") == [":irc.test MARKREAD #a \(time)"])
        #expect(other.read() == [":irc.test MARKREAD #a \(time)"])
        #expect(ann.ask("MARKREAD #a timestamp=2026-01-01T00:00:00.000Z") == [":irc.test MARKREAD #a \(time)"])
        #expect(other.read().isEmpty)
        #expect(other.ask("JOIN #a").contains(":irc.test MARKREAD #a \(time)"))
    }
}
