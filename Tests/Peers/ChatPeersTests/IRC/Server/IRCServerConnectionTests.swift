import Basics
import IRCWire
import ReactorCore
import ReactorTesting
import Testing
import Transports

@testable import ChatPeers

/// A registered client: requests, labels, time, the end.
struct IRCServerConnectionTests {
    private static func echo(_ request: IRCRequest, _ connection: IRCServerConnection) {
        guard case .message(let message) = request else { return }
        for _ in 0..<(Int(message.text.text) ?? 0) {
            connection.send(
                IRCLine(
                    .message(message.kind, target: message.targets[0], text: "x"), from: connection.source,
                    tags: .init(account: "acc", client: message.tags)))
        }
    }

    @Test func answersTakeTheFormThatTheirNumberAsksFor() throws {
        let stage = try IRCServerStage { $0.pace = nil }
        stage.house.answer = Self.echo
        let client = stage.join("ada", "labeled-response batch message-tags account-tag")
        #expect(client.ask("@label=l1 PRIVMSG #a 0") == ["@label=l1 :irc.test ACK"])
        #expect(
            client.ask("@label=l2;+k=v PRIVMSG #a 1")
                == ["@label=l2;account=acc;+k=v :ada!ada@host.test PRIVMSG #a :x"])
        let several = client.ask("@label=l3 PRIVMSG #a 2")
        try #require(several.count == 4)
        #expect(several[0].hasPrefix("@label=l3 :irc.test BATCH +") && several[0].hasSuffix(" labeled-response"))
        let name = several[0].split(separator: "+")[1].split(separator: " ")[0]
        #expect(several[1] == "@batch=\(name);account=acc :ada!ada@host.test PRIVMSG #a :x" && several[1] == several[2])
        #expect(several[3] == ":irc.test BATCH -\(name)")
        #expect(client.ask("PRIVMSG #a 1") == ["@account=acc :ada!ada@host.test PRIVMSG #a :x"])
        #expect(client.ask("@label=l4 PING t") == ["@label=l4 :irc.test PONG irc.test :t"])
        #expect(client.ask("@label=l5 FLY") == ["@label=l5 :irc.test 421 ada FLY :Unknown command"])
    }

    @Test func anAnswerThatIsABatchKeepsIt() throws {
        let stage = try IRCServerStage()
        stage.house.answer = { _, connection in
            let name = connection.makeBatchName()
            let reference = IRCParameter(cleaning: name)
            connection.send(
                IRCLine(.batchStart(reference: reference, type: "chathistory", parameters: ["#a"]), from: nil))
            connection.send(IRCLine(.message(.privmsg, target: "#a", text: "x"), from: nil, tags: .init(batch: name)))
            connection.send(IRCLine(.batchEnd(reference: reference), from: nil))
        }
        let client = stage.join("ada", "labeled-response batch")
        let lines = client.ask("@label=l WHO a")
        try #require(lines.count == 3)
        #expect(lines[0].hasPrefix("@label=l BATCH +") && lines[0].hasSuffix(" chathistory #a"))
        #expect(lines[1].hasPrefix("@batch=b") && lines[2].hasPrefix("BATCH -"))
        // Without the capability, only what is inside.
        #expect(stage.join("bob").ask("WHO a") == ["PRIVMSG #a :x"])
    }

    @Test func anAnswerMayComeLaterAndOthersNeedNotWait() throws {
        let stage = try IRCServerStage()
        var later: IRCResponse?
        stage.house.answer = { request, connection in
            if case .who = request { later = connection.deferResponse() } else { connection.reply(.noMotd) }
        }
        let client = stage.join("ada", "labeled-response batch")
        #expect(client.ask("@label=l1 WHO a") == [])
        #expect(client.ask("@label=l2 MOTD") == ["@label=l2 :irc.test 422 ada :There is no message of the day"])
        later?.reply(.noSuchNick("a"))
        later?.end()
        later?.end()
        #expect(client.read() == ["@label=l1 :irc.test 401 ada a :No such nick"])
        _ = client.ask("WHO b")
        later?.reply(.noSuchNick("b"))
        #expect(client.read() == [":irc.test 401 ada b :No such nick"])
    }

    @Test func whatIsSentToOthersIsNoPartOfTheAnswer() throws {
        let stage = try IRCServerStage()
        let bob = stage.join("bob", "labeled-response batch")
        stage.house.answer = { _, _ in
            bob.connection?.send(IRCLine(.message(.privmsg, target: "bob", text: "hi"), from: nil))
        }
        let ada = stage.join("ada", "labeled-response batch")
        #expect(ada.ask("@label=l PRIVMSG bob hi") == ["@label=l :irc.test ACK"])
        #expect(bob.read() == ["PRIVMSG bob :hi"])
    }

    @Test func tagMessagesAreForThoseWhoKnowTags() throws {
        let stage = try IRCServerStage()
        let (new, old) = (stage.join("new", "message-tags"), stage.join("old"))
        let line = IRCLine(
            .message(.tagmsg, target: "#a", text: ""), from: nil, tags: .init(client: ["+typing": "active"]))
        for client in [new, old] { client.connection?.send(line) }
        #expect(new.read() == ["@+typing=active TAGMSG #a"] && old.read() == [])
    }

    @Test func theTimeIsToldToThoseWhoAsk() throws {
        let stage = try IRCServerStage()
        let client = stage.join("ada", "server-time")
        #expect(client.ask("FLY") == ["@time=2023-11-14T22:13:20.000Z :irc.test 421 ada FLY :Unknown command"])
    }

    @Test func theGateSeesAllButTheConnectionsOwnAnswers() throws {
        let stage = try IRCServerStage()
        stage.house.answer = Self.echo
        let client = stage.join("ada", "labeled-response batch")
        var gated: [String] = []
        client.connection?.gate = { gated.append(String(decoding: $0, as: UTF8.self)) }
        #expect(client.ask("CAP LIST", "@label=p CAP LIST").count == 2)
        #expect(client.ask("PRIVMSG #a 1", "@label=l PRIVMSG #a 0") == [])
        #expect(gated.count == 2 && gated.last == "@label=l :irc.test ACK\r\n")
        // A fence is the house's.
        #expect(client.ask("PING t") == [] && stage.house.requests.last == .ping(token: "t"))
        client.connection?.transmit(Array("@label=l :irc.test ACK\r\n".utf8))
        #expect(client.read() == ["@label=l :irc.test ACK"])
    }

    @Test func whatPassesTheGateByTellsNoNameThatWaitsAtIt() throws {
        let stage = try IRCServerStage()
        let client = stage.join("ada")
        let connection = try #require(client.connection)
        connection.gate = { _ in }
        connection.rename(nick: "early", user: "early", host: "early")
        #expect(client.ask("CAP LIST").allSatisfy { $0.hasPrefix(":irc.test CAP * LIST ") })
        connection.replyNow(.saslAborted)
        #expect(client.read().allSatisfy { $0.hasPrefix(":irc.test 906 * ") })
        connection.close("Enough")
        #expect(client.read().last == "ERROR :Closing link: (*@\(connection.peer.host)) [Enough]")
    }

    @Test func oneLineOfATurnHoldsItsWholeAnswerBack() throws {
        let stage = try IRCServerStage()
        let client = stage.join("ada", "labeled-response batch")
        let connection = try #require(client.connection)
        var gated: [String] = []
        connection.gate = { gated.append(String(decoding: $0, as: UTF8.self)) }
        let (own, turns) = (
            IRCLine(.pong(server: "s", token: "t"), from: nil), IRCLine(.nick("ben"), from: connection.source)
        )
        let mixed = IRCResponse(connection, label: "m")
        mixed.send(own, ungated: true)
        mixed.send(turns)
        mixed.send(own, ungated: true)
        mixed.end()
        #expect(client.read() == [] && gated.count == 1 && gated.allSatisfy { $0.contains("NICK ben") })
        let ours = IRCResponse(connection, label: "o")
        ours.send(own, ungated: true)
        ours.end()
        #expect(client.read() == ["@label=o PONG s :t"] && gated.count == 1)
        // Without a label each line goes its own way.
        let unlabelled = IRCResponse(connection, label: nil)
        unlabelled.send(own, ungated: true)
        unlabelled.send(turns)
        #expect(client.read() == ["PONG s :t"] && gated.count == 2)
    }

    @Test func theSilentAreAskedAndThenCutOff() throws {
        let stage = try IRCServerStage()
        let (alive, dead) = (stage.join("alive"), stage.join("dead"))
        stage.test.advance(by: .seconds(100))
        #expect(alive.read() == ["PING :irc.test"] && dead.read() == ["PING :irc.test"])
        alive.type("PONG irc.test")
        stage.test.advance(by: .seconds(95))
        #expect(alive.isOpen && !dead.isOpen)
        #expect(stage.house.losses.count == 1 && stage.house.losses[0].hasPrefix("Ping timeout: "))
    }

    @Test func goodbyesAreTold() throws {
        let stage = try IRCServerStage()
        let client = stage.join("ada")
        #expect(client.ask("QUIT :see you") == ["ERROR :Closing link: (ada@host.test) [Quit: see you]"])
        #expect(stage.house.losses == ["Quit: see you"] && !client.isOpen)
        let other = stage.join("bob")
        other.wire.loseFromPeer()
        stage.test.settle()
        #expect(stage.house.losses == ["Quit: see you", "Connection closed"])
        #expect(stage.server.connections.isEmpty && stage.test.reactor.delayedCallCount == 0)
    }

    @Test func nothingIsTakenAfterTheEnd() throws {
        let stage = try IRCServerStage()
        stage.house.answer = { _, connection in connection.close("Killed") }
        let client = stage.join("ada")
        client.send(Array("PRIVMSG #a 1\r\nPRIVMSG #a 2\r\nQUIT\r\n".utf8))
        #expect(stage.house.requests.count == 1 && stage.house.losses == ["Killed"])
        #expect(client.read().count == 1)
    }

    @Test func theHouseMayHoldAClient() throws {
        let stage = try IRCServerStage()
        stage.house.answer = { _, connection in connection.holdInput() }
        let client = stage.join("ada")
        client.type("WHO a", "WHO b")
        #expect(stage.house.requests.count == 1 && client.wire.isReadingPaused)
        stage.house.answer = { _, _ in }
        client.connection?.releaseInput()
        stage.test.settle()
        #expect(stage.house.requests.count == 2 && !client.wire.isReadingPaused)
    }

    @Test func changesOfOffersAreAnnounced() throws {
        let stage = try IRCServerStage()
        stage.house.offered = [.chathistory]
        let (new, old) = (stage.join("new", "cap-notify draft/chathistory"), stage.join("old"))
        stage.server.announce(added: [.setname], removed: [.chathistory])
        #expect(new.read().count == 2 && old.read() == [])
        #expect(new.connection?.capabilities.contains(.chathistory) == false)
    }

    @Test func aPeerMayBeRefusedAtTheDoor() throws {
        let stage = try IRCServerStage {
            $0.connectionsPerSource = 2
            $0.exemptsLoopback = false
        }
        let host = IPv4Host(bits: 0x0A00_0001)
        let clients = (0..<3).map { stage.connect(from: 1000 + $0, host: host) }
        #expect(clients[2].connection == nil)
        #expect(clients[2].read() == ["ERROR :Too many connections from your address"] && !clients[2].isOpen)
        clients[0].wire.loseFromPeer()
        stage.test.settle()
        #expect(stage.connect(from: 2000, host: host).connection != nil)
    }
}
