import Basics
import IRCWire
import ReactorCore
import ReactorTesting
import Testing
import Transports

@testable import ChatPeers

@Suite("IRC client")
struct IRCClientTests {
    private static let me = IRCSource("Heron", user: "bird", host: "pond")
    private static let ada = IRCSource("Ada", user: "a", host: "b")

    @Test("It registers, and joins its channels when the server has told about itself")
    func registration() throws {
        let stage = try ClientStage {
            $0.channels = [IRCClientChannel("#a"), IRCClientChannel("#b", key: "k"), IRCClientChannel("#c")]
        }
        stage.server.serve(capabilities: "server-time multi-prefix unknown/cap")
        stage.client.start()
        stage.test.settle()
        #expect(
            stage.server.takeLines() == [
                "CAP LS 302", "NICK Heron", "USER bird 0 * :A bird", "CAP REQ :multi-prefix server-time", "CAP END",
                "JOIN #b k", "JOIN #a,#c",
            ])
        #expect(
            stage.takeEvents() == [
                .capabilities(enabled: [.multiPrefix, .serverTime], disabled: []), .registered(nick: "Heron"),
                .ready,
            ])
        #expect(stage.client.isRegistered && stage.client.view.support.channelTypes == "#")
    }

    @Test("A server without capabilities will do")
    func oldServer() throws {
        let stage = try ClientStage()
        stage.begin(capabilities: nil)
        #expect(stage.client.isRegistered)
    }

    @Test("It takes another nick when the one it wants is not free")
    func nickCollision() throws {
        let stage = try ClientStage { $0.otherNicks = ["Egret"] }
        stage.server.answer = { line in
            switch line {
            case "NICK Heron", "NICK Egret": [":irc.test 433 * \(line.dropFirst(5)) :Nickname is already in use"]
            case "NICK Egret_": [":irc.test 001 Egret_ :Welcome", ":irc.test 422 Egret_ :No message"]
            default: []
            }
        }
        stage.client.start()
        stage.test.settle()
        #expect(stage.client.view.nick == "Egret_" && stage.client.isRegistered)
    }

    @Test("It connects again after the connection is lost, and joins again what it had joined")
    func reconnecting() throws {
        let stage = try ClientStage()
        stage.begin()
        let joined = stage.client.join(IRCClientChannel("#mud"))
        stage.test.settle()
        stage.say(
            ":Heron!bird@pond JOIN #mud", ":irc.test 353 Heron = #mud :@Ada Heron", ":irc.test 366 Heron #mud :End")
        #expect(joined.isFired)
        _ = stage.takeEvents()
        _ = stage.server.takeLines()
        stage.server.transport?.abortConnection()
        stage.test.settle()
        #expect(!stage.client.isRegistered)
        guard case .disconnected? = stage.takeEvents().last else {
            Issue.record("the end was not told")
            return
        }
        stage.test.advance(by: .seconds(1))
        #expect(stage.client.isRegistered && stage.server.connectionCount == 2)
        #expect(stage.server.takeLines().last == "JOIN #mud")
        #expect(stage.client.view.channels.isEmpty)
    }

    @Test("An attempt that fails is told, and another follows")
    func refused() throws {
        let stage = try ClientStage()
        stage.network.fate = { $0.number == 1 ? .refuse(111) : .accept }
        stage.server.serve()
        stage.client.start()
        stage.test.settle()
        guard case .disconnected? = stage.takeEvents().first else {
            Issue.record("the failure was not told")
            return
        }
        stage.test.advance(by: .seconds(1))
        #expect(stage.client.isRegistered)
    }

    @Test(
        "A server that refuses the client is told once, and asked again later",
        arguments: [
            ":irc.test 465 * :You are banned", "ERROR :Closing link",
        ])
    func banned(line: String) throws {
        let stage = try ClientStage()
        stage.server.answer = { $0.hasPrefix("USER") ? [line] : [] }
        stage.client.start()
        stage.test.settle()
        let ends = stage.takeEvents().filter { if case .disconnected = $0 { true } else { false } }
        #expect(ends.count == 1)
        stage.test.advance(by: .seconds(2))
        #expect(stage.server.connectionCount == 2)
    }

    @Test("A server that does not answer is left in time")
    func silentServer() throws {
        let stage = try ClientStage()
        stage.client.start()
        stage.test.advance(by: .seconds(59))
        #expect(stage.server.connectionCount == 1)
        stage.test.advance(by: .seconds(3))
        #expect(stage.server.connectionCount == 2)
    }

    @Test("It asks a silent server for a sign of life, and leaves it when none comes")
    func heartbeat() throws {
        let stage = try ClientStage()
        stage.begin()
        stage.test.advance(by: .seconds(61))
        #expect(stage.server.takeLines() == ["PING alive"])
        stage.server.answer = { _ in [] }
        stage.test.advance(by: .seconds(60))
        #expect(stage.server.takeLines() == ["PING alive"])
        stage.test.advance(by: .seconds(62))
        #expect(stage.server.connectionCount == 2)
    }

    @Test("PING is answered at once, even when lines wait")
    func ping() throws {
        let stage = try ClientStage { $0.pace = IRCPace(burst: 1, interval: .seconds(2)) }
        stage.begin()
        for number in 0..<3 { try stage.client.say("line \(number)", to: "#mud") }
        stage.say("PING :are you there")
        #expect(stage.server.takeLines() == ["PRIVMSG #mud :line 0", "PONG :are you there"])
        stage.test.advance(by: .seconds(60))
        #expect(stage.server.takeLines().prefix(2) == ["PRIVMSG #mud :line 1", "PRIVMSG #mud :line 2"])
    }

    @Test("The lines of registration do not keep those after it waiting")
    func paceAfterRegistration() throws {
        let stage = try ClientStage {
            $0.pace = IRCPace(burst: 2, interval: .seconds(2))
            $0.channels = [IRCClientChannel("#mud")]
        }
        stage.server.serve(capabilities: "server-time batch")
        stage.client.start()
        stage.test.settle()
        #expect(stage.server.takeLines().last == "JOIN #mud")
    }

    @Test("What is said and done on a channel is told, and remembered")
    func channel() throws {
        let stage = try ClientStage()
        stage.begin(support: "CHANTYPES=# CASEMAPPING=ascii PREFIX=(ov)@+ CHANMODES=b,k,l,imnt STATUSMSG=@+")
        stage.say(
            ":Heron!bird@pond JOIN #Mud", ":irc.test 332 Heron #Mud :About birds",
            ":irc.test 353 Heron = #Mud :@+Ada Heron", ":irc.test 366 Heron #Mud :End")
        #expect(
            stage.takeEvents() == [
                .joined(channel: "#Mud", who: Self.me, account: nil, isOwn: true),
                .topic(channel: "#Mud", text: "About birds", by: nil), .complete(channel: "#Mud"),
            ])
        let view = stage.client.view
        #expect(view.source == Self.me && view.member("ada", on: "#mud")?.modes == "ov")
        #expect(view.channel("#mud")?.topic == "About birds")
        stage.say(
            ":Ada!a@b MODE #mud -o+vl Ada Heron 5", ":Ada!a@b PRIVMSG #mud :hello",
            ":Ada!a@b PRIVMSG @#mud :\u{1}ACTION waves\u{1}",
            ":Ada!a@b NICK Byron", ":Byron!a@b KICK #mud Heron :out")
        let events = stage.takeEvents()
        #expect(
            events[0]
                == .modes(
                    target: "#Mud",
                    changes: [
                        IRCModeChange("o", isOn: false, "Ada"), IRCModeChange("v", "Heron"), IRCModeChange("l", "5"),
                    ], by: Self.ada))
        guard case .message(let spoken) = events[1], case .message(let shown) = events[2] else {
            Issue.record("\(events)")
            return
        }
        #expect(spoken.text == "hello" && spoken.channel == "#Mud" && spoken.kind == .message && !spoken.isOwn)
        #expect(shown.text == "waves" && shown.channel == "#Mud" && shown.kind == .action && shown.statusSign == "@")
        #expect(events[3] == .nickChanged(who: Self.ada, to: "Byron", isOwn: false))
        #expect(
            events[4]
                == .kicked(
                    channel: "#Mud", nick: "Heron", by: IRCSource("Byron", user: "a", host: "b"), reason: "out",
                    isOwn: true))
        #expect(stage.client.view.channels.isEmpty)
    }

    @Test("A join that is refused is told with its reason")
    func joinRefused() throws {
        let stage = try ClientStage()
        stage.begin()
        let join = stage.client.join(IRCClientChannel("#closed"))
        stage.say(":irc.test 473 Heron #closed :Cannot join channel (+i)")
        #expect(throws: IRCClientFailure.refused(code: "473", text: "Cannot join channel (+i)")) {
            try join.resultNow()
        }
        #expect(
            stage.takeEvents().contains(
                .joinRefused(channel: "#closed", code: "473", text: "Cannot join channel (+i)")))
    }

    @Test("A long text is cut so that others get it whole")
    func longText() throws {
        let stage = try ClientStage()
        stage.begin()
        stage.say(":Heron!bird@pond JOIN #mud")
        let text = (0..<200).map { "word\($0)" }.joined(separator: " ")
        try stage.client.say(text, to: "#mud")
        stage.test.settle()
        let lines = stage.server.takeLines()
        #expect(lines.count > 2)
        let prefix = ":Heron!bird@pond ".utf8.count
        #expect(lines.allSatisfy { $0.utf8.count + prefix + 2 <= 512 })
        let parts = lines.map { String($0.dropFirst("PRIVMSG #mud :".count)) }
        #expect(parts.joined(separator: " ") == text)
        #expect(throws: IRCClientFailure.malformed("the target")) { try stage.client.say("x", to: "#a b") }
        #expect(throws: IRCClientFailure.tooMuch) {
            try stage.client.say(String(repeating: "x", count: IRCClient.longestText + 1), to: "#mud")
        }
    }

    @Test("No text of anybody becomes a line of its own")
    func injection() throws {
        let stage = try ClientStage()
        stage.begin()
        try stage.client.say("hi\r\nQUIT :gone", to: "#mud")
        try stage.client.act("waves\r\nQUIT", to: "#mud")
        stage.client.part("#mud\r\nQUIT")
        _ = stage.client.join(IRCClientChannel("#x\r\nQUIT"))
        stage.test.settle()
        #expect(!stage.server.takeLines().contains { $0.hasPrefix("QUIT") })
    }

    @Test("Several lines stay one message where the server can do that")
    func multiline() throws {
        let stage = try ClientStage()
        stage.begin(capabilities: "batch message-tags draft/multiline=max-bytes=4096,max-lines=2")
        try stage.client.say("one\ntwo\nthree", to: "#mud")
        stage.test.settle()
        #expect(
            stage.server.takeLines() == [
                "BATCH +m1 draft/multiline #mud", "@batch=m1 PRIVMSG #mud one", "@batch=m1 PRIVMSG #mud two",
                "BATCH -m1", "BATCH +m2 draft/multiline #mud", "@batch=m2 PRIVMSG #mud three", "BATCH -m2",
            ])
        stage.say(
            "@msgid=9 :Ada!a@b BATCH +x draft/multiline #mud", "@batch=x :Ada!a@b PRIVMSG #mud :how is",
            "@batch=x :Ada!a@b PRIVMSG #mud :every", "@batch=x;draft/multiline-concat :Ada!a@b PRIVMSG #mud :one?",
            ":Ada!a@b BATCH -x")
        let events = stage.takeEvents()
        guard events.count == 1, case .message(let message) = events[0] else {
            Issue.record("\(events)")
            return
        }
        #expect(message.text == "how is\neveryone?" && message.id == "9")
    }

    @Test("Goodbye is said, and nothing is left")
    func stopping() throws {
        let stage = try ClientStage()
        stage.begin()
        let stopped = stage.client.stop("good night")
        stage.test.settle()
        #expect(stage.server.takeLines() == ["QUIT :good night"])
        stage.server.transport?.loseConnection()
        stage.test.advance(by: .seconds(120))
        #expect(stopped.isFired && stage.server.connectionCount == 1)
    }

    @Test("CTCP is answered, but never faster than a few times")
    func queries() throws {
        let stage = try ClientStage()
        stage.begin()
        for _ in 0..<20 { stage.say(":Ada!a@b PRIVMSG Heron :\u{1}VERSION\u{1}") }
        #expect(stage.server.takeLines() == [String](repeating: "NOTICE Ada :\u{1}VERSION mudd\u{1}", count: 5))
        stage.test.advance(by: .seconds(5))
        stage.say(":Ada!a@b PRIVMSG Heron :\u{1}PING 1\u{1}", ":Ada!a@b NOTICE Heron :\u{1}VERSION other\u{1}")
        #expect(stage.server.takeLines() == ["NOTICE Ada :\u{1}PING 1\u{1}"])
        #expect(stage.takeEvents().last == .queryAnswer(IRCCTCP("VERSION", "other"), from: Self.ada))
    }

    @Test("A server that joins the client to channels without end is left")
    func floodOfChannels() throws {
        let stage = try ClientStage()
        stage.begin()
        for number in 0...IRCNetworkView.mostChannels { stage.server.say(":Heron!bird@pond JOIN #c\(number)") }
        stage.test.settle()
        #expect(!stage.client.isRegistered)
        guard case .disconnected(let words)? = stage.takeEvents().last else {
            Issue.record("the end was not told")
            return
        }
        #expect(words == IRCClientFailure.excessive("channels").description)
    }
}
