import ChatPeers
import IRCWire
import Testing
import WorldModel

@testable import IRCGateway

/// What clients tell each other beside the words.
@Suite struct IRCTagsTests {
    private let typing = "@+typing=active;+example/mood=calm TAGMSG"

    /// Two who hear each other, the second with tags.
    private func pair(_ capabilities: String = "message-tags") throws -> (
        stage: IRCStage, ada: IRCStage.Client, ben: IRCStage.Client
    ) {
        let stage = try IRCStage()
        let ada = try stage.enter("ada", "message-tags echo-message").client
        let ben = try stage.enter("ben", capabilities).client
        ada.settle()
        return (stage, ada, ben)
    }

    @Test func thatSomebodyTypesReachesTheOthersOfAChannel() throws {
        let (_, ada, ben) = try pair()
        #expect(ada.send("\(typing) #chat") == ["@+typing=active :Ada!ada@irc TAGMSG #chat"])
        #expect(ben.settle() == ["@+typing=active :Ada!ada@irc TAGMSG #chat"])
        #expect(ben.send("\(typing) #chat") == [])
        #expect(ada.settle() == ["@+typing=active :Ben!ben@irc TAGMSG #chat"])
    }

    @Test func whoHasNotAskedForTagsReadsNothingOfIt() throws {
        let (_, ada, ben) = try pair("echo-message")
        ada.send("\(typing) #chat,Ben")
        #expect(ben.settle() == [])
    }

    @Test func itReachesAPersonAndTheRoom() throws {
        let (_, ada, ben) = try pair()
        _ = ada.send("\(typing) Ben")
        #expect(ben.settle() == ["@+typing=active :Ada!ada@irc TAGMSG Ben"])
        #expect(ada.send("\(typing) #here").contains { $0.contains(" 404 Ada #here :") })
        for client in [ada, ben] { client.send("JOIN #here") }
        ada.settle()
        _ = ada.send("\(typing) #here")
        #expect(ben.settle() == ["@+typing=active :Ada!ada@irc TAGMSG #here"])
        #expect(ada.send("\(typing) nobody").contains { $0.contains(" 401 Ada nobody :") })
        #expect(ada.send("\(typing) #nowhere").contains { $0.contains(" 403 Ada #nowhere :") })
    }

    @Test func nobodyReadsItOfWhomTheyIgnore() throws {
        let (_, ada, ben) = try pair()
        _ = ada.send("PRIVMSG *game :ignore ben")
        _ = ben.send("\(typing) #chat", "\(typing) Ada", "JOIN #here", "\(typing) #here")
        #expect(ada.settle().filter { $0.contains("TAGMSG") } == [])
    }

    @Test func whoMayNotSpeakMayNotSendThemEither() throws {
        let (_, ada, ben) = try pair()
        _ = ada.send("MODE #chat +m")
        ben.settle()
        #expect(ben.send("\(typing) #chat").contains { $0.contains(" 404 Ben #chat :") })
        #expect(ben.send("\(typing) #trade").contains { $0.contains(" 404 Ben #trade :") })
        #expect(ada.settle().filter { $0.contains("TAGMSG") } == [])
    }

    @Test func aReplyNamesTheMessageItAnswers() throws {
        let (_, ada, ben) = try pair()
        _ = ada.send("PRIVMSG #chat :first")
        let first = try #require(ben.settle().first)
        let id = try #require(first.split(separator: " ").first?.split(separator: "=").last.map(String.init))
        _ = ben.send("@+draft/reply=\(id);+other=1 PRIVMSG #chat :second")
        let answer = try #require(ada.settle().first)
        #expect(
            answer.contains("+draft/reply=\(id)") && !answer.contains("other")
                && answer.hasSuffix("PRIVMSG #chat :second"))
        _ = ben.send("@+draft/reply=\(id);+draft/react=👍 TAGMSG #chat")
        #expect(ada.settle() == ["@+draft/reply=\(id);+draft/react=👍 :Ben!ben@irc TAGMSG #chat"])
        // Of one message, and not of the next.
        _ = ben.send("PRIVMSG #chat :third")
        #expect(ada.settle().first?.contains("reply") == false)
    }

    @Test func onlyKnownTagsOfOrdinaryLengthGoOn() {
        var tags = IRCTags()
        tags["+typing"] = String(repeating: "x", count: IRCMap.clientTagLimit + 1)
        tags["+other"] = "1"
        tags["msgid"] = "forged"
        #expect(IRCMap.passed(tags).isEmpty)
        tags["+typing"] = "done"
        #expect(IRCMap.passed(tags).entries.map(\.key) == ["+typing"])
        #expect(IRCMap.deniedTags == "*,-typing,-draft/reply,-draft/react")
    }
}
