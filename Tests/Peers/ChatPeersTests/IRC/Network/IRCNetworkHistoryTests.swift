import Testing

@testable import ChatPeers

struct IRCNetworkHistoryTests {
    private let all = "batch message-tags server-time draft/chathistory labeled-response"

    /// A channel in which ann has said 1 to 5, and bob, who asks.
    private func stage(_ extra: String = "") throws -> (IRCNetworkStage, IRCTypist) {
        let stage = try IRCNetworkStage()
        let ann = stage.enter("ann")
        ann.type("JOIN #a")
        for number in 1...5 { ann.type("PRIVMSG #a :\(number)") }
        let bob = stage.enter("bob", all + " " + extra)
        _ = bob.ask("JOIN #a")
        return (stage, bob)
    }

    private func said(_ lines: [String]) -> String {
        lines.filter { $0.contains(" PRIVMSG ") }.compactMap { $0.split(separator: ":").last }.joined()
    }

    private func tag(_ name: String, of line: String) -> String {
        let tags = line.split(separator: " ")[0].dropFirst().split(separator: ";")
        return String(tags.first { $0.hasPrefix(name + "=") }?.dropFirst(name.count + 1) ?? "")
    }

    @Test func linesComeInABatch() throws {
        let (_, bob) = try stage()
        let lines = bob.ask("CHATHISTORY LATEST #a * 2")
        #expect(lines.map(IRCTypist.word) == ["BATCH", "PRIVMSG", "PRIVMSG", "BATCH"])
        #expect(lines[0].hasSuffix("chathistory #a") && said(lines) == "45")
        #expect(lines[1...2].allSatisfy { !tag("batch", of: $0).isEmpty && !tag("msgid", of: $0).isEmpty })
    }

    @Test func placesAreFoundByIDAndTime() throws {
        let (_, bob) = try stage()
        let lines = bob.ask("CHATHISTORY LATEST #a * 100").filter { $0.contains(" PRIVMSG ") }
        for kind in [("msgid", "msgid"), ("timestamp", "time")] {
            let place = (0..<5).map { "\(kind.0)=\(tag(kind.1, of: lines[$0]))" }
            #expect(said(bob.ask("CHATHISTORY BEFORE #a \(place[3]) 2")) == "23")
            #expect(said(bob.ask("CHATHISTORY AFTER #a \(place[1]) 2")) == "34")
            #expect(said(bob.ask("CHATHISTORY LATEST #a \(place[1]) 2")) == "45")
            #expect(said(bob.ask("CHATHISTORY AROUND #a \(place[2]) 3")) == "234")
            #expect(said(bob.ask("CHATHISTORY BETWEEN #a \(place[0]) \(place[4]) 2")) == "23")
            #expect(said(bob.ask("CHATHISTORY BETWEEN #a \(place[4]) \(place[0]) 2")) == "34")
            #expect(said(bob.ask("CHATHISTORY BEFORE #a \(place[0]) 2")).isEmpty)
        }
    }

    @Test func eventsAreToldToThoseWhoAsk() throws {
        let (_, bob) = try stage("draft/event-playback")
        #expect(
            bob.words(of: "CHATHISTORY LATEST #a * 3") == ["BATCH", "PRIVMSG", "PRIVMSG", "JOIN", "BATCH"])
    }

    @Test func labelsGoAroundTheBatch() throws {
        let (_, bob) = try stage()
        let lines = bob.ask("@label=x CHATHISTORY LATEST #a * 2")
        #expect(lines.count == 4 && lines[0].contains("label=x") && lines[0].contains(" chathistory #a"))
    }

    @Test func strangersLearnNothing() throws {
        let (stage, _) = try stage()
        let eve = stage.enter("eve", all)
        #expect(
            eve.ask("CHATHISTORY LATEST #a * 2").first?.contains(":irc.test FAIL CHATHISTORY INVALID_TARGET LATEST #a")
                ?? false)
        #expect(eve.words(of: "CHATHISTORY LATEST ann * 2") == ["FAIL"])
        #expect(eve.words(of: "CHATHISTORY LATEST #a x 2") == ["FAIL"])
    }

    @Test func conversationsAreKeptForAccounts() throws {
        let stage = try IRCNetworkStage()
        let (ann, bob) = (stage.enter("ann", all), stage.enter("bob", all))
        for guest in [ann, bob] { _ = guest.ask("REGISTER * * sesame") }
        ann.type("PRIVMSG bob :1")
        bob.type("PRIVMSG ann :2")
        #expect(said(ann.ask("CHATHISTORY LATEST bob * 10")) == "12")
        #expect(said(bob.ask("CHATHISTORY LATEST ann * 10")) == "12")
        let targets = bob.ask(
            "CHATHISTORY TARGETS timestamp=2000-01-01T00:00:00.000Z timestamp=2100-01-01T00:00:00.000Z 10")
        #expect(targets[0].hasSuffix("draft/chathistory-targets"))
        #expect(targets[1].contains(" CHATHISTORY TARGETS ann 20"))
    }

    @Test func onlySoMuchIsKeptAndTold() throws {
        let stage = try IRCNetworkStage {
            $0.history = 4
            $0.historyPerRequest = 3
        }
        let ann = stage.enter("ann", all)
        ann.type("JOIN #a")
        for number in 1...9 { ann.type("PRIVMSG #a :\(number)") }
        #expect(said(ann.ask("CHATHISTORY LATEST #a * 100")) == "789")
        #expect(said(ann.ask("CHATHISTORY AFTER #a timestamp=2000-01-01T00:00:00.000Z 100")) == "678")
    }
}
