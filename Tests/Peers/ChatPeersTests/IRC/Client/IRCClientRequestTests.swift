import Basics
import IRCWire
import ReactorCore
import ReactorTesting
import Testing
import Transports

@testable import ChatPeers

@Suite("IRC client requests")
struct IRCClientRequestTests {
    private static let whois = [
        ":irc.test 311 Heron Ada a b * :Ada Lovelace", ":irc.test 319 Heron Ada :@#mud #math",
        ":irc.test 317 Heron Ada 12 1790000000 :seconds idle, signon time",
        ":irc.test 330 Heron Ada ada :is logged in as",
        ":irc.test 318 Heron Ada :End of /WHOIS list",
    ]

    private func isAda(_ person: IRCSeenPerson?) -> Bool {
        person?.realName == "Ada Lovelace" && person?.channels == ["@#mud", "#math"] && person?.idleSeconds == 12
            && person?.account == "ada"
    }

    @Test("Without labels a request is put between two PINGs, one at a time")
    func fences() throws {
        let stage = try ClientStage()
        stage.begin()
        stage.server.answer = { _ in [] }
        let (first, second) = (stage.client.whois("Ada"), stage.client.whois("Ben"))
        stage.test.settle()
        #expect(stage.server.takeLines() == ["PING before-1", "WHOIS Ada", "PING after-1"])
        // An answer to something else that was sent before.
        stage.say(":irc.test 404 Heron #mud :Cannot send to channel", ":irc.test PONG irc.test before-1")
        for line in Self.whois { stage.say(line) }
        stage.say(":Ada!a@b PRIVMSG Heron :hello")
        #expect(!first.isFired)
        stage.say(":irc.test PONG irc.test after-1")
        #expect(isAda(try first.resultNow()))
        #expect(stage.server.takeLines() == ["PING before-2", "WHOIS Ben", "PING after-2"])
        stage.say(
            ":irc.test PONG irc.test before-2", ":irc.test 401 Heron Ben :No such nick",
            ":irc.test 318 Heron Ben :End of /WHOIS list", ":irc.test PONG irc.test after-2")
        #expect(try second.resultNow() == nil)
        let told = stage.takeEvents().filter { if case .message = $0 { true } else { false } }
        #expect(told.count == 1)
    }

    @Test("With labels answers find their requests in any order")
    func labels() throws {
        let stage = try ClientStage()
        stage.begin(capabilities: "labeled-response batch message-tags")
        let (first, second) = (stage.client.whois("Ada"), stage.client.request("AWAY"))
        stage.test.settle()
        #expect(stage.server.takeLines() == ["@label=r1 WHOIS Ada", "@label=r2 AWAY"])
        stage.say("@label=r2 :irc.test 305 Heron :You are no longer marked as being away")
        #expect(try second.resultNow().messages.map(\.command.name) == ["305"])
        stage.say("@label=r1 :irc.test BATCH +a labeled-response")
        for line in Self.whois { stage.say("@batch=a " + line) }
        stage.say(":irc.test BATCH -a")
        #expect(isAda(try first.resultNow()))
        let third = stage.client.request("PONG", ["x"])
        stage.say("@label=r3 :irc.test ACK")
        #expect(try third.resultNow().messages.isEmpty)
        #expect(stage.takeEvents() == [])
    }

    @Test("History that was asked for is an answer, with messages of several lines as one")
    func history() throws {
        let stage = try ClientStage()
        stage.begin(capabilities: "labeled-response batch message-tags draft/chathistory draft/multiline server-time")
        let asked = stage.client.history(.latest(target: "#mud", after: nil, limit: 50))
        stage.test.settle()
        #expect(stage.server.takeLines() == ["@label=r1 CHATHISTORY LATEST #mud * 50"])
        stage.say(
            "@label=r1 :irc.test BATCH +h chathistory #mud",
            "@batch=h;msgid=1;time=2026-11-30T12:00:00.000Z :Ada!a@b PRIVMSG #mud :one",
            "@batch=h;msgid=2 :irc.test BATCH +m draft/multiline #mud", "@batch=m :Ada!a@b PRIVMSG #mud :two",
            "@batch=m :Ada!a@b PRIVMSG #mud :three", ":irc.test BATCH -m", "@batch=h :Ben!b@c JOIN #mud",
            ":irc.test BATCH -h")
        let messages = try asked.resultNow()
        #expect(messages.map(\.text) == ["one", "two\nthree"])
        #expect(messages.map(\.id) == ["1", "2"] && messages.allSatisfy(\.isHistory))
        #expect(stage.takeEvents() == [])
        let other = try ClientStage()
        other.begin()
        #expect(throws: IRCClientFailure.notSupported("draft/chathistory")) {
            try other.client.history(.before(target: "#mud", .message("1"), limit: 1)).resultNow()
        }
    }

    @Test("History without a request is told as such, and changes nothing")
    func playback() throws {
        let stage = try ClientStage()
        stage.begin(capabilities: "batch message-tags")
        stage.say(
            ":Heron!bird@pond JOIN #mud", ":irc.test BATCH +h chathistory #mud", "@batch=h :Ada!a@b JOIN #mud",
            "@batch=h :Ada!a@b PRIVMSG #mud :old", ":irc.test BATCH -h")
        let heard = stage.takeEvents().compactMap { if case .message(let message) = $0 { message } else { nil } }
        #expect(heard.map(\.isHistory) == [true])
        #expect(stage.client.view.member("Ada", on: "#mud") == nil)
    }

    @Test("A refusal and an end are failures, and so is silence")
    func failures() throws {
        let stage = try ClientStage()
        stage.begin(capabilities: "labeled-response batch message-tags")
        let refused = stage.client.list()
        stage.say("@label=r1 :irc.test 481 Heron :Permission denied")
        #expect(throws: IRCClientFailure.refused(code: "481", text: "Permission denied")) { try refused.resultNow() }
        let silent = stage.client.list()
        stage.test.advance(by: .seconds(59))
        #expect(!silent.isFired)
        stage.test.advance(by: .seconds(2))
        #expect(throws: IRCClientFailure.noAnswer) { try silent.resultNow() }
        let cut = stage.client.list()
        stage.server.transport?.abortConnection()
        stage.test.settle()
        #expect(throws: IRCClientFailure.connectionLost) { try cut.resultNow() }
        #expect(throws: IRCClientFailure.notConnected) { try stage.client.list().resultNow() }
    }

    @Test("Batches that are never closed are bounded")
    func openBatches() throws {
        let stage = try ClientStage()
        stage.begin(capabilities: "batch")
        for number in 0...IRCClientBatches.mostOpen { stage.server.say(":irc.test BATCH +\(number) x") }
        stage.test.settle()
        #expect(!stage.client.isRegistered)
    }

    @Test("Batches within batches are bounded, also where each names the next before that is there")
    func nestedBatches() throws {
        let stage = try ClientStage()
        stage.begin(capabilities: "batch")
        for number in 0..<5 { stage.say("@batch=\(number + 1) :s BATCH +\(number) x", ":s BATCH -\(number)") }
        #expect(stage.client.isRegistered)
        stage.server.say("@batch=b1 :s BATCH +b0 x")
        for number in 1..<20_000 {
            stage.server.say("@batch=b\(number + 1) :s BATCH +b\(number) x", ":s BATCH -b\(number - 1)")
        }
        stage.test.settle()
        #expect(!stage.client.isRegistered)
    }

    @Test("A netsplit in a batch is told and remembered as ever")
    func netsplit() throws {
        let stage = try ClientStage()
        stage.begin(capabilities: "batch")
        stage.say(
            ":Heron!bird@pond JOIN #mud", ":irc.test 353 Heron = #mud :Ada Ben Heron",
            ":irc.test BATCH +n netsplit a b",
            "@batch=n :Ada!a@b QUIT :a b", "@batch=n :Ben!b@c QUIT :a b", ":irc.test BATCH -n")
        let quits = stage.takeEvents().compactMap { event -> [String]? in
            if case .quit(_, _, let channels) = event { channels } else { nil }
        }
        #expect(quits == [["#mud"], ["#mud"]])
        #expect(stage.client.view.channel("#mud")?.members.count == 1)
    }
}
