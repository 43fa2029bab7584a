import Basics
import GatewayCore
import GatewayTesting
import IRCWire
import Testing
import WorldModel
import WorldVerbs

@testable import IRCGateway

/// What somebody meets who uses the game with an ordinary client.
@Suite struct IRCUseTests {
    private func place(_ lines: [String], _ isWanted: (String) -> Bool) throws -> Int {
        let found = lines.firstIndex(where: isWanted)
        return try #require(found, "\(lines)")
    }

    // MARK: Texts and dialogues

    @Test func aTextIsWrittenWhereItWasBegun() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        let ben = try stage.enter("ben").client
        for client in [ada, ben] { client.send("JOIN #here") }
        ada.settle()
        let begun = ada.send("PRIVMSG #here :.mail to ben about tea")
        #expect(begun.contains { $0.contains("NOTICE #here :") && $0.contains("Until then nothing") }, "\(begun)")
        ben.settle()
        ada.send(
            "PRIVMSG #here :Come at five.", "PRIVMSG #here :\u{1}ACTION smiles\u{1}", "PRIVMSG #chat :I am writing")
        #expect(ben.settle() == [":Ada!ada@irc PRIVMSG #chat :I am writing"])
        let shown = ada.send("PRIVMSG #here :.l").joined(separator: " ")
        #expect(shown.contains("Come at five.") && shown.contains("smiles"), "\(shown)")
        #expect(ada.send("PRIVMSG #here :.x").contains { $0.contains(" NOTICE #here :") })
        #expect(ada.send("PRIVMSG #here :Hello") == [])
        #expect(ben.settle().contains(":Ada!ada@irc PRIVMSG #here :Hello"))
    }

    @Test func whoWritesToTheGameSpeaksInTheRoom() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        let ben = try stage.enter("ben").client
        for client in [ada, ben] { client.send("JOIN #here") }
        ada.send("PRIVMSG *game :mail to ben about tea")
        ben.settle()
        ada.send("PRIVMSG #here :Hello", "PRIVMSG #here :Again")
        let heard = ben.settle().filter { $0.contains(" PRIVMSG #here :") }
        #expect(heard == [":Ada!ada@irc PRIVMSG #here :Hello", ":Ada!ada@irc PRIVMSG #here :Again"])
        #expect(ada.send("PRIVMSG #here :.look").contains { $0.contains(" 404 Ada #here :") })
        ada.send("PRIVMSG *game :.q")
        #expect(ada.send("PRIVMSG #here :.look").contains { $0.contains("A plain hall") })
    }

    @Test func aPasswordIsAskedForWhereTheCommandWasTyped() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        let ben = try stage.enter("ben").client
        for client in [ada, ben] { client.send("JOIN #here") }
        let asked = ada.send("PRIVMSG #here :.password")
        #expect(asked.contains { $0.contains(" NOTICE #here :Your present password:") }, "\(asked)")
        #expect(asked.contains { $0.contains(" NOTICE #here :") && $0.contains("may keep it in its log") })
        ben.settle()
        let next = ada.send("PRIVMSG #here :\(IRCStage.password)")
        #expect(next.contains { $0.contains(" NOTICE #here :New password:") }, "\(next)")
        #expect(ben.settle() == [])
    }

    @Test func aPasswordThatTheGameAsksForElsewhereIsNotTakenFromTheRoom() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        let ben = try stage.enter("ben").client
        for client in [ada, ben] { client.send("JOIN #here") }
        #expect(ada.send("PRIVMSG *game :password").contains { $0.contains(" PRIVMSG Ada :Your present password:") })
        ben.settle()
        ada.send("PRIVMSG #here :Hello")
        #expect(ben.settle().contains(":Ada!ada@irc PRIVMSG #here :Hello"))
        #expect(ada.send("PRIVMSG *game :\(IRCStage.password)").contains { $0.contains(" PRIVMSG Ada :New password:") })
    }

    @Test func answersGoToTheDoorWhereTheCommandWasTyped() throws {
        let stage = try IRCStage()
        let (one, two) = (try stage.enter("ada").client, try stage.enter("ada").client)
        for client in [one, two] { client.send("JOIN #here") }
        one.settle()
        #expect(!one.send("PRIVMSG *game :channels").isEmpty)
        #expect(!one.send("PRIVMSG *game :look").isEmpty)
        #expect(two.settle() == [])
        one.send("PRIVMSG #chat :but words")
        #expect(two.settle() == [":Ada!ada@irc PRIVMSG #chat :but words"])
    }

    // MARK: Guests

    @Test func whoMakesACharacterIsRenamedBeforeAnythingElseIsTold() throws {
        let stage = try IRCStage()
        let client = try stage.connect()
        let greeting = client.send("NICK x", "USER x 0 * :x")
        #expect(
            greeting.contains { $0.contains(" NOTICE Guest1 :") && $0.contains("/quote REGISTER NAME") }, "\(greeting)")
        client.send("AWAY :tea")
        let answer = client.send("REGISTER Dora * :tortoise shell")
        let made = try place(answer) { $0.contains(" REGISTER SUCCESS dora ") }
        let renamed = try place(answer) {
            $0.hasPrefix(":Guest1!guest@") && $0.contains(" NICK ") && $0.hasSuffix("Dora")
        }
        let loggedIn = try place(answer) { $0.contains(" 900 Dora ") }
        #expect(made < renamed && renamed < loggedIn)
        #expect(!answer[..<renamed].contains { $0.contains("Dora") && !$0.contains("REGISTER") })
        #expect(!answer.contains { $0.contains(" 353 ") || $0.contains(" 366 ") }, "\(answer)")
        #expect(answer.contains { $0.contains(" 305 Dora ") })
    }

    @Test func aGuestMakesOneCharacterAtATime() throws {
        let stage = try IRCStage()
        let client = try stage.connect()
        client.send("NICK x", "USER x 0 * :x")
        let names = ["Racea", "Raceb", "Racec"]
        let lines = names.map { "REGISTER \($0) * :tortoise shell" }
        let answer = client.send(lines[0], lines[1], lines[2])
        #expect(answer.filter { $0.contains(" REGISTER SUCCESS ") }.count == 1)
        #expect(answer.filter { $0.contains(" FAIL REGISTER ALREADY_AUTHENTICATED ") }.count == 2)
        #expect(names.filter { stage.world.player(named: $0.folded) != nil } == ["Racea"])
    }

    @Test func aNickIsTakenOnlyOnceItsCharacterIsDurable() throws {
        let stage = try IRCStage()
        let maker = try stage.connect()
        maker.send("NICK x", "USER x 0 * :x")
        stage.archive.isHeld = true
        maker.send("REGISTER Dora * :tortoise shell")
        #expect(stage.world.player(named: "dora") != nil)
        let other = try stage.connect()
        #expect(!other.send("NICK Dora", "USER x 0 * :x").contains { $0.contains(" 433 ") })
        stage.archive.letGo()
        #expect(other.settle().contains { $0.contains(" 433 ") })
    }

    @Test func aWeakPasswordIsCalledSo() throws {
        let client = try IRCStage().connect()
        client.send("NICK x", "USER x 0 * :x")
        #expect(client.send("REGISTER Dora * abc").contains { $0.contains(" FAIL REGISTER WEAK_PASSWORD Dora :") })
        #expect(
            client.send("REGISTER D1 * :tortoise shell").contains { $0.contains(" FAIL REGISTER BAD_ACCOUNT_NAME ") })
    }

    @Test func aPasswordOfSeveralWordsNeedsNoColon() throws {
        let client = try IRCStage().connect()
        let answer = client.send("PASS \(IRCStage.password)", "NICK ada", "USER ada 0 * :Ada")
        #expect(answer.contains { $0.hasPrefix(":irc.test 001 Ada :") })
    }

    // MARK: Names

    @Test(
        arguments: [
            ("eve@example", false, "eve/example!eve@example"),
            ("eve_@libera.chat", true, "eve_/libera_chat!eve_@libera.chat"),
            ("Guest12", true, "Guest12!guest@away"), ("Guest12", false, "Guest12!*@creature"),
            ("the old keeper", false, "the_old_keeper!*@creature"), ("@x", true, "/x!*@creature"),
        ]) func whoDoesNotPlayHereHasASource(name: String, isGone: Bool, source: String)
    {
        #expect(IRCMap.source(ofNoPlayer: name, isGone: isGone).text == source)
    }

    @Test(
        arguments: [
            ("eve/example!*@*", "eve@example"), ("eve/example!eve@example", "eve@example"),
            ("*/example!*@*", "*@example"),
            ("eve@example", "eve@example"), ("*@example", "*@example"), ("eve@elsewhere", nil),
            ("/example!*@*", nil), ("eve/", nil),
        ] as [(String, String?)]) func peopleOfOtherNetworksAreBannedByTheirNick(mask: String, pattern: String?)
    {
        #expect(IRCMap.pattern(of: mask, networks: ["example"]) == pattern)
        if let pattern { #expect(IRCMap.pattern(of: IRCMap.mask(of: pattern)) == pattern) }
    }

    @Test func whoCannotBeToldIsExplained() throws {
        let ada = try IRCStage().enter("ada").client
        for line in ["PRIVMSG eve/example :hi", "WHOIS eve/example"] {
            #expect(ada.send(line).contains { $0.hasPrefix(":irc.test 401 Ada eve/example :Is of another network") })
        }
        #expect(
            ada.send("PRIVMSG Old_Keeper :hi").contains {
                $0.contains(" 401 Ada Old_Keeper :") && $0.contains("#here: .ask")
            })
    }

    @Test func whatOneTellsOneselfComes() throws {
        let ada = try IRCStage().enter("ada").client
        #expect(ada.send("PRIVMSG ada :note") == [":Ada!ada@irc PRIVMSG Ada :note"])
    }

    // MARK: Answers

    @Test func theRoomHasNoOperators() throws {
        let ada = try IRCStage().enter("ada").client
        ada.send("JOIN #here")
        for line in ["TOPIC #here :x", "MODE #here +b x", "KICK #here Ben", "INVITE Ben #here"] {
            let answer = ada.send(line)
            #expect(
                answer == [":irc.test 482 Ada #here :#here is the room you stand in; it has no operators"], "\(line)")
        }
    }

    @Test func modesOfThoseWhoAreAbsentAreTold() throws {
        let ada = try IRCStage().enter("ada").client
        #expect(ada.send("MODE #chat +o Ben") == [":Ada!ada@irc MODE #chat +o Ben"])
        #expect(ada.send("MODE Ada +i") == [":irc.test 221 Ada +or"])
        #expect(ada.send("MODE Ada -r") == [":irc.test 221 Ada +or"])
    }

    @Test func helpHasThePagesOfTheGameToo() throws {
        let ada = try IRCStage().enter("ada").client
        #expect(
            ada.send("HELP look").contains {
                $0.hasPrefix(":*game!game@irc.test PRIVMSG Ada :") || $0.contains(" 705 ")
            })
        #expect(ada.send("HELP inventory").contains { $0.hasPrefix(":*game!game@irc.test PRIVMSG Ada :") })
        #expect(ada.send("HELP zzz").contains { $0.contains(" 524 ") })
        let kicked = ada.send("HELP quit")
        #expect(kicked.contains { $0.contains("closes this connection") })
    }
}
