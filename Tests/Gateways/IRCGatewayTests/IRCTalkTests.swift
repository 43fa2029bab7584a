import Basics
import ChatPeers
import GatewayCore
import IRCWire
import Testing
import WorldLanguage
import WorldModel
import WorldVerbs

@testable import IRCGateway

/// What is said, as lines.
@Suite struct IRCTalkTests {
    private func utterance(_ words: String, isGesture: Bool = false, to people: [Utterance.Person] = []) -> Utterance {
        Utterance(
            id: "t1-1", kind: .say, speaker: .init(number: ThingID(0), name: "the old keeper"),
            words: StyledText(words, .speech), isGesture: isGesture, addressees: people)
    }

    private func texts(_ lines: [IRCLine], _ stage: IRCStage) throws -> [String] {
        var octets: [UInt8] = []
        let client = try stage.enter("ada")
        _ = client
        let connection = try #require(stage.house.connections().first)
        for line in lines { connection.encode(line, into: &octets) }
        return String(decoding: octets, as: UTF8.self).split(separator: "\r\n").map(String.init)
    }

    @Test func aCreatureHasANickOfItsOwn() throws {
        let stage = try IRCStage()
        let lines = stage.house.lines(of: utterance("Good evening"), to: "#here", at: WallInstant(milliseconds: 0))
        #expect(try texts(lines, stage) == [":the_old_keeper!*@creature PRIVMSG #here :Good evening"])
    }

    @Test func whomItIsSaidToStandsBeforeIt() throws {
        let stage = try IRCStage()
        let said = utterance("hello", to: [.init(number: ThingID(1), name: "Ada")])
        let lines = stage.house.lines(of: said, to: "#here", at: WallInstant(milliseconds: 0))
        #expect(try texts(lines, stage) == [":the_old_keeper!*@creature PRIVMSG #here :Ada: hello"])
    }

    @Test func whatIsLongBecomesSeveralLinesOfWholeCharacters() throws {
        let stage = try IRCStage()
        let words = String(repeating: "灯火", count: 200)
        let lines = stage.house.lines(of: utterance(words), to: "#chat", at: WallInstant(milliseconds: 0))
        let shown = try texts(lines, stage)
        #expect(shown.count == 3)
        #expect(shown.allSatisfy { $0.utf8.count <= 510 && !$0.contains("\u{FFFD}") })
        #expect(shown.map { $0.split(separator: " :", maxSplits: 1)[1] }.joined() == words)
        #expect(lines.map(\.tags.messageID) == ["t1-1", "t1-1.2", "t1-1.3"])
    }

    @Test func nothingOfThePlayersEndsALine() throws {
        let stage = try IRCStage()
        let lines = stage.house.lines(
            of: utterance("a\r\nQUIT :x\u{0}"), to: "#chat\r\nQUIT", at: WallInstant(milliseconds: 0))
        #expect(try texts(lines, stage).allSatisfy { $0.hasPrefix(":the_old_keeper!*@creature PRIVMSG ") })
    }

    @Test func listenersShareTheLineOfAMessage() throws {
        let stage = try IRCStage()
        let clients = try ["ada", "ben"].map { try stage.enter($0).client }
        _ = clients
        let doors = stage.house.connections().compactMap { stage.house.door(of: $0) }
        let chat = try #require(Channel(named: "chat", in: stage.world))
        let form = DoorMessageForm()
        let post = Utterance.Post(channel: chat.thing.id, name: "chat", number: 1)
        let said = Utterance(
            id: post.id, kind: .channel, speaker: .init(number: ThingID(0), name: "x"), words: StyledText("hi"),
            post: post)
        let made = doors.map { door in
            door.lines(
                of: DoorMessage(
                    text: StyledText("x"), category: .channel, utterance: said, time: WallInstant(milliseconds: 0),
                    sequence: 1, form: form))
        }
        #expect(made.count == 2 && made[0].count == 1)
        #expect(made[0].first === made[1].first)
    }

    @Test func whatWasSaidToOneAnotherCanBeReadAgain() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada", "message-tags batch draft/chathistory echo-message").client
        let ben = try stage.enter("ben").client
        ada.send("PRIVMSG Ben :one")
        ben.send("PRIVMSG Ada :two")
        ada.settle()
        let history = ada.send("CHATHISTORY LATEST ben * 10").filter { $0.contains(" PRIVMSG ") }
        #expect(history.map { $0.hasSuffix("PRIVMSG ben :one") || $0.hasSuffix("PRIVMSG Ada :two") } == [true, true])
        let targets = ada.send(
            "CHATHISTORY TARGETS timestamp=2000-01-01T00:00:00.000Z timestamp=2100-01-01T00:00:00.000Z 5")
        #expect(targets.contains { $0.contains(" CHATHISTORY TARGETS Ben ") })
    }

    @Test func whatWasReadIsKnownToAllClients() throws {
        let stage = try IRCStage()
        let one = try stage.enter("ada", "draft/read-marker").client
        let two = try stage.enter("ada", "draft/read-marker").client
        let time = "timestamp=2023-11-14T22:13:20.000Z"
        #expect(one.send("MARKREAD #chat").contains(":irc.test MARKREAD #chat *"))
        #expect(one.send("MARKREAD #chat \(time)").contains(":irc.test MARKREAD #chat \(time)"))
        #expect(two.settle().contains(":irc.test MARKREAD #chat \(time)"))
        #expect(two.send("MARKREAD #chat").contains(":irc.test MARKREAD #chat \(time)"))
    }

    @Test func whatIsSaidAtAnotherDoorIsShownAsOnesOwn() throws {
        let stage = try IRCStage()
        let one = try stage.enter("ada").client
        let two = try stage.enter("ada").client
        one.settle()
        #expect(two.send("PRIVMSG #chat :hello") == [])
        #expect(one.settle().contains(":Ada!ada@irc PRIVMSG #chat :hello"))
    }
}
