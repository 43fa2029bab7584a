import AuditCore
import ChatPeers
import CredentialCore
import GatewayCore
import GatewayTesting
import ReactorTesting
import Testing
import WorldLanguage
import WorldModel
import WorldVerbs

@testable import IRCGateway

/// The IRC door with clients in memory.
@Suite struct IRCDoorTests {
    // MARK: Coming in

    @Test func aPasswordLetsInAsTheCharacter() throws {
        let stage = try IRCStage()
        let (client, greeting) = try stage.enter("ada")
        #expect(greeting.contains { $0.hasPrefix(":irc.test 001 Ada :") })
        #expect(greeting.contains { $0.contains(" 005 Ada ") && $0.contains("NETWORK=TheTestHouse") })
        #expect(greeting.contains { $0.contains(" 376 Ada ") })
        #expect(greeting.contains(":Ada!ada@irc JOIN #chat"))
        #expect(greeting.contains(":irc.test 332 Ada #chat :Talk about anything."))
        #expect(greeting.contains(":irc.test 353 Ada = #chat :@Ada"))
        #expect(!greeting.contains { $0.contains("#trade") })
        #expect(client.send("MODE ada").contains(":irc.test 221 Ada +or"))
    }

    @Test func aWrongPasswordDoesNot() throws {
        let stage = try IRCStage()
        let client = try stage.connect()
        let answer = client.send("PASS wrong", "NICK ada", "USER ada 0 * :Ada")
        #expect(answer.contains { $0.hasPrefix(":irc.test 464 ") })
        #expect(answer.contains { $0.hasPrefix("ERROR ") })
        #expect(client.end.isLost)
        #expect(stage.audited.map(\.outcome) == [.refused])
    }

    @Test func thePasswordMayNameTheAccount() throws {
        let stage = try IRCStage()
        let client = try stage.connect()
        let answer = client.send("PASS :ben:\(IRCStage.password)", "NICK whoever", "USER x 0 * :X")
        #expect(answer.contains { $0.hasPrefix(":irc.test 001 Ben :") })
    }

    @Test(
        arguments: [
            ("correct horse", "correct horse", nil), ("correct horse 123456", "correct horse", "123456"),
            ("correct horse 12345", "correct horse 12345", nil), (" 123456", "", "123456"), ("123456", "123456", nil),
            ("x 12345a", "x 12345a", nil), ("x  123456", "x ", "123456"),
        ] as [(String, String, String?)]) func theCodeOfAnAuthenticatorStandsBehindThePassword(
            text: String, password: String, code: String?
        )
    {
        let whole = Credential.password(name: "ada", password: text, code: nil)
        #expect(GameHouse.split(whole) == .password(name: "ada", password: password, code: code))
    }

    @Test func aGuestHasANickOfTheGame() throws {
        let stage = try IRCStage()
        let client = try stage.connect()
        let answer = client.send("NICK wanderer", "USER w 0 * :W")
        #expect(answer.contains { $0.hasPrefix(":irc.test 001 Guest1 :") })
        #expect(answer.contains(":Guest1!guest@irc JOIN #chat"))
    }

    @Test func theNickOfACharacterWantsItsPassword() throws {
        let stage = try IRCStage()
        let client = try stage.connect()
        #expect(client.send("NICK Ben", "USER b 0 * :B").contains { $0.contains(" 433 ") })
        #expect(client.send("NICK somebody").contains { $0.hasPrefix(":irc.test 001 Guest1 :") })
    }

    @Test func withoutGuestsAnAccountIsNeeded() throws {
        let stage = try IRCStage()
        stage.game.settings.guestsAllowed = false
        let client = try stage.connect()
        let answer = client.send("NICK somebody", "USER b 0 * :B")
        #expect(answer.contains { $0.hasPrefix(":irc.test FAIL * ACCOUNT_REQUIRED ") })
        #expect(client.end.isLost)
    }

    @Test func aGuestMakesACharacterAndGoesOnAsIt() throws {
        let stage = try IRCStage()
        let client = try stage.connect()
        _ = client.send("NICK Dora", "USER d 0 * :D")
        let answer = client.send("REGISTER * * :tortoise shell")
        #expect(answer.contains { $0.contains(" REGISTER SUCCESS dora ") })
        #expect(answer.contains(":Guest1!guest@irc NICK Dora"))
        #expect(stage.world.player(named: "dora")?.location === stage.hall)
        #expect(
            client.send("REGISTER * * :again again").contains { $0.contains("FAIL REGISTER ALREADY_AUTHENTICATED") })
    }

    /// Where no guests are let in, too.
    @Test func anAccountIsMadeBeforeTheRegistrationEnds() throws {
        let stage = try IRCStage()
        stage.game.settings.guestsAllowed = false
        let client = try stage.connect()
        let offer = client.send("CAP LS 302")
        #expect(offer.contains { $0.contains("draft/account-registration=before-connect,custom-account-name") })
        _ = client.send("CAP REQ :draft/account-registration")
        #expect(client.send("REGISTER * * :tortoise shell").contains { $0.contains(" FAIL REGISTER NEED_NICK ") })
        _ = client.send("NICK Dora", "USER d 0 * :D")
        #expect(client.send("REGISTER * * abc").contains { $0.contains(" FAIL REGISTER ") })
        #expect(client.send("VERIFY dora 1").contains { $0.contains(" FAIL VERIFY INVALID_CODE ") })
        // What comes behind it in the same write waits for the account.
        let answer = client.send("REGISTER * * :tortoise shell", "REGISTER more * :tortoise shell", "CAP END")
        let made = answer.firstIndex { $0.contains(" REGISTER SUCCESS dora ") }
        let greeted = answer.firstIndex { $0.hasPrefix(":irc.test 001 Dora :") }
        #expect(made != nil && greeted != nil && (made ?? 0) < (greeted ?? 0))
        #expect(answer.contains { $0.contains(" 900 ") && $0.contains(" dora ") })
        #expect(answer.contains { $0.contains(" FAIL REGISTER ALREADY_AUTHENTICATED") })
        #expect(stage.world.player(named: "dora")?.location === stage.hall)
        #expect(stage.world.player(named: "more") == nil)
    }

    @Test func aWeakPasswordMakesNone() throws {
        let stage = try IRCStage()
        let client = try stage.connect()
        _ = client.send("NICK Dora", "USER d 0 * :D")
        #expect(client.send("REGISTER * * abc").contains { $0.contains(" FAIL REGISTER ") })
        #expect(stage.world.player(named: "dora") == nil)
    }

    // MARK: Channels

    @Test func wordsOnAChannelReachTheOthersAndNotOneself() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        let ben = try stage.enter("ben").client
        ada.settle()
        #expect(ada.send("PRIVMSG #chat :hello there") == [])
        #expect(ben.settle() == [":Ada!ada@irc PRIVMSG #chat :hello there"])
        #expect(ben.send("PRIVMSG #chat :\u{1}ACTION waves\u{1}") == [])
        #expect(ada.settle() == [":Ben!ben@irc PRIVMSG #chat :\u{1}ACTION waves.\u{1}"])
    }

    @Test func anEchoIsToldWhenItIsDurable() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada", "echo-message message-tags labeled-response batch").client
        stage.archive.isHeld = true
        #expect(ada.send("@label=x1 PRIVMSG #chat :hello") == [])
        stage.archive.letGo()
        let echo = ada.settle()
        #expect(echo.count == 1)
        #expect(echo.first?.contains("label=x1") == true && echo.first?.contains("msgid=c") == true)
        #expect(echo.first?.hasSuffix(" :Ada!ada@irc PRIVMSG #chat :hello") == true)
    }

    @Test func aPongIsAFenceBehindWhatWaitsForTheDisk() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada", "echo-message").client
        stage.archive.isHeld = true
        #expect(ada.send("PRIVMSG #chat :hello", "PING x") == [])
        stage.archive.letGo()
        #expect(ada.settle() == [":Ada!ada@irc PRIVMSG #chat :hello", ":irc.test PONG irc.test :x"])
    }

    @Test func joiningOpensAChannelAndOthersHearOfIt() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        let ben = try stage.enter("ben").client
        let opened = ada.send("JOIN #trade")
        #expect(opened.contains(":Ada!ada@irc JOIN #trade"))
        #expect(opened.contains { $0.contains(" 353 Ada = #trade :@Ada") })
        #expect(ada.send("JOIN #trade") == [])
        #expect(ben.send("JOIN #trade").contains { $0.contains(" 353 ") })
        #expect(ada.settle().contains(":Ben!ben@irc JOIN #trade"))
        #expect(ben.send("PART #trade :bye").contains(":Ben!ben@irc PART #trade :bye"))
        #expect(ada.settle().contains { $0.hasPrefix(":Ben!ben@irc PART #trade") })
        #expect(ben.send("PRIVMSG #trade :x").contains { $0.contains(" 404 Ben #trade :") })
        #expect(ben.send("JOIN #nowhere").contains { $0.contains(" 403 Ben #nowhere :") })
    }

    @Test func moderatorsKeepOrderByModes() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        let ben = try stage.enter("ben").client
        ada.settle()
        #expect(ben.send("MODE #chat +m").contains { $0.contains(" 482 Ben #chat :") })
        #expect(ada.send("MODE #chat +m").contains(":Ada!ada@irc MODE #chat +m"))
        #expect(ben.settle().contains(":Ada!ada@irc MODE #chat +m"))
        #expect(ben.send("PRIVMSG #chat :x").contains { $0.contains(" 404 Ben #chat :") })
        #expect(ada.send("MODE #chat +v Ben").contains(":Ada!ada@irc MODE #chat +v Ben"))
        #expect(ben.send("PRIVMSG #chat :now").filter { $0.contains(" 404 ") }.isEmpty)
        #expect(ada.settle().contains(":Ben!ben@irc PRIVMSG #chat :now"))
        #expect(ada.send("MODE #chat +k key").contains { $0.contains(" 472 Ada k :") })
        #expect(ada.send("MODE #chat").contains(":irc.test 324 Ada #chat +mnt"))
        #expect(ada.send("MODE #chat +b Ben!*@*").contains(":Ada!ada@irc MODE #chat +b ben!*@*"))
        #expect(ben.settle().contains { $0.hasPrefix(":Ada!ada@irc KICK #chat Ben") })
        #expect(ben.send("JOIN #chat").contains { $0.contains(" 474 Ben #chat :") })
        #expect(ada.send("MODE #chat b").contains { $0.contains(" 367 Ada #chat ben!*@* Ada ") })
        #expect(ada.send("MODE #chat -b Ben").contains(":Ada!ada@irc MODE #chat -b ben!*@*"))
        #expect(ben.send("JOIN #chat").contains(":Ben!ben@irc JOIN #chat"))
    }

    @Test func kicksInvitationsAndTopicsAreTold() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        let ben = try stage.enter("ben").client
        ada.settle()
        #expect(ada.send("TOPIC #chat :Tea").contains(":Ada!ada@irc TOPIC #chat :Tea"))
        #expect(ben.settle().contains(":Ada!ada@irc TOPIC #chat :Tea"))
        #expect(ada.send("TOPIC #chat").contains(":irc.test 332 Ada #chat :Tea"))
        #expect(ada.send("KICK #chat Ben :Enough").contains(":Ada!ada@irc KICK #chat Ben :Enough"))
        #expect(ben.settle().contains(":Ada!ada@irc KICK #chat Ben :Enough"))
        #expect(ada.send("MODE #chat +i").contains(":Ada!ada@irc MODE #chat +i"))
        #expect(ben.send("JOIN #chat").contains { $0.contains(" 473 Ben #chat :") })
        #expect(ada.send("INVITE Ben #chat").contains(":irc.test 341 Ada Ben #chat"))
        #expect(ben.settle().contains(":Ada!ada@irc INVITE Ben #chat"))
        #expect(ben.send("JOIN #chat").contains(":Ben!ben@irc JOIN #chat"))
    }

    @Test func whatIsDoneAtOtherDoorsIsToldToo() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        let (ben, cy) = (try stage.enter("ben").client, try stage.enter("cy", "setname").client)
        cy.settle()
        _ = ada.send("PRIVMSG *game :channel chat ban ben")
        let told = cy.settle()
        #expect(told.contains(":Ada!ada@irc MODE #chat +b ben!*@*"))
        #expect(told.contains { $0.hasPrefix(":Ada!ada@irc KICK #chat Ben") })
        _ = ada.send("PRIVMSG *game :channel chat unban ben", "JOIN #trade")
        #expect(cy.settle().contains(":Ada!ada@irc MODE #chat -b ben!*@*"))
        ben.settle()
        _ = ada.send("PRIVMSG *game :channel trade invite ben")
        #expect(ben.settle().contains(":Ada!ada@irc INVITE Ben #trade"))
        #expect(cy.settle().filter { $0.contains(" INVITE ") }.isEmpty)
        _ = ben.send("JOIN #chat", "PRIVMSG *game :plan Brewing tea")
        #expect(cy.settle().contains(":Ben!ben@irc SETNAME :Brewing tea"))
        #expect(cy.send("SETNAME :Counting sheep").contains(":Cy!cy@irc SETNAME :Counting sheep"))
    }

    @Test func whoReadsAnotherLanguageReadsItHereToo() throws {
        let stage = try IRCStage()
        let ben = try stage.enter("ben").client
        var parts = Language.Parts()
        parts.code = "zh"
        parts.catalogue["Join it first"] = Catalogue.Pattern("请先加入")
        stage.game.interpreter.languages = LanguageTable([Language(parts)])
        #expect(ben.send("PRIVMSG #here :x").contains { $0.hasSuffix(" 404 Ben #here :Join it first") })
        _ = ben.send("PRIVMSG *game :set language zh")
        #expect(ben.send("PRIVMSG #here :x").contains { $0.hasSuffix(" 404 Ben #here :请先加入") })
    }

    @Test func whatIsTooLongIsRefusedAsItIsAtOtherDoors() throws {
        let stage = try IRCStage()
        let ben = try stage.enter("ben").client
        let long = String(repeating: "x", count: AwayWords.longest + 1)
        #expect(ben.send("AWAY :\(long)").contains { $0.contains(" 417 Ben :") })
        #expect(stage.world.player(named: "ben")?[.away] == "")
        #expect(ben.send("AWAY :\(long.dropLast())").contains { $0.contains(" 306 Ben :") })
    }

    @Test func historyHasTheIdsOfWhatWasSaid() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada", "message-tags batch draft/chathistory echo-message server-time").client
        let live = ada.send("PRIVMSG #chat :one", "PRIVMSG #chat :two")
        let ids = live.compactMap { $0.firstMatch(of: /msgid=([^; ]+)/).map { String($0.1) } }
        #expect(ids.count == 2)
        let history = ada.send("CHATHISTORY LATEST #chat * 10")
        #expect(history.first?.contains(" BATCH +") == true && history.first?.hasSuffix(" chathistory #chat") == true)
        #expect(history.compactMap { $0.firstMatch(of: /msgid=([^; ]+)/).map { String($0.1) } } == ids)
        #expect(
            history.contains { $0.hasSuffix(" PRIVMSG #chat :two") && $0.contains("time=2023-11-14T22:13:20.000Z") })
        let before = ada.send("CHATHISTORY BEFORE #chat msgid=\(ids[1]) 10")
        #expect(before.filter { $0.contains(" PRIVMSG ") }.map { $0.hasSuffix(":one") } == [true])
        #expect(
            ada.send("CHATHISTORY LATEST #nowhere * 10").contains { $0.contains("FAIL CHATHISTORY INVALID_TARGET") })
        #expect(
            ada.send("CHATHISTORY BEFORE #chat msgid=zzz 10").contains { $0.contains("FAIL CHATHISTORY MESSAGE_ERROR") }
        )
    }

    // MARK: People

    @Test func aTellWaitsForThoseWhoAreNotThere() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        #expect(ada.send("PRIVMSG Ben :are you there?").contains { $0.contains(" 301 Ada Ben :") })
        let (ben, greeting) = try stage.enter("ben")
        #expect(greeting.contains { $0.hasSuffix("PRIVMSG Ben :are you there?") && $0.contains(":Ada!") })
        #expect(ben.send("PRIVMSG Ada :yes") == [])
        #expect(ada.settle().contains(":Ben!ben@irc PRIVMSG Ada :yes"))
        #expect(ada.send("PRIVMSG Nobody :x").contains { $0.contains(" 401 Ada Nobody :") })
        #expect(ada.send("NOTICE Nobody :x") == [])
    }

    @Test func whomSomebodyIgnoresTheyDoNotHear() throws {
        let stage = try IRCStage()
        let ben = try stage.enter("ben").client
        let cy = try stage.enter("cy").client
        _ = ben.send("PRIVMSG *game :ignore cy")
        ben.settle()
        _ = cy.send("PRIVMSG #chat :can you hear me")
        #expect(!ben.settle().contains { $0.contains("can you hear me") })
        #expect(cy.send("PRIVMSG Ben :and now").contains { $0.contains(" 531 Cy Ben :") })
    }

    @Test func whoIsIgnoredReachesNobodyWithWordsOfThemself() throws {
        let stage = try IRCStage()
        let ben = try stage.enter("ben", "away-notify setname extended-join").client
        let ada = try stage.enter("ada", "away-notify setname").client
        let cy = try stage.enter("cy").client
        _ = ben.send("PRIVMSG *game :ignore cy")
        ada.settle()
        _ = cy.send("SETNAME :rude words", "AWAY :rude words", "PART #chat", "JOIN #chat")
        #expect(!ben.settle().contains { $0.contains("rude") })
        let told = ada.settle()
        #expect(
            told.contains { $0.contains(" SETNAME :rude words") } && told.contains { $0.contains(" AWAY :rude words") })
        // Nor those they share no channel with.
        _ = cy.send("PART #chat")
        ada.settle()
        _ = cy.send("SETNAME :more of it", "AWAY :more of it")
        #expect(!ada.settle().contains { $0.contains("more of it") })
    }

    @Test func aClosedChannelIsNoneForOthers() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        _ = ada.send("JOIN #trade", "MODE #trade +i")
        let ben = try stage.enter("ben", "standard-replies draft/read-marker").client
        for line in ["PART #NAME", "PRIVMSG #NAME :x", "KICK #NAME Ada", "INVITE Ada #NAME", "MARKREAD #NAME"] {
            let answers = ["trade", "zzz"].map { name in
                ben.send(line.replacing("NAME", with: name)).map { $0.replacing(name, with: "NAME") }
            }
            #expect(answers[0] == answers[1] && !answers[0].isEmpty, "\(line): \(answers)")
        }
    }

    @Test func whoIsAwayIsSaidToBe() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada", "away-notify").client
        let ben = try stage.enter("ben").client
        ada.settle()
        #expect(ben.send("AWAY :tea").contains { $0.contains(" 306 Ben :") })
        #expect(ada.settle().contains(":Ben!ben@irc AWAY :tea"))
        #expect(ada.send("PRIVMSG Ben :hi").contains(":irc.test 301 Ada Ben :tea"))
        #expect(ada.send("WHOIS Ben").contains { $0.contains(" 301 Ada Ben :tea") })
        #expect(ben.send("AWAY").contains { $0.contains(" 305 Ben :") })
    }

    @Test func whoisTellsOfAPlayer() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        _ = try stage.enter("ben")
        let answer = ada.send("WHOIS ben")
        #expect(answer.contains(":irc.test 311 Ada Ben ben irc * :Ben"))
        #expect(answer.contains(":irc.test 319 Ada Ben :#chat"))
        #expect(answer.contains(":irc.test 330 Ada Ben ben :is logged in as"))
        #expect(answer.last?.contains(" 318 Ada ben :") == true)
        #expect(ada.send("WHO #chat %na").contains(":irc.test 354 Ada Ben ben"))
        #expect(ada.send("ISON ben cy").contains(":irc.test 303 Ada :Ben"))
    }

    @Test func whoOnlyListensIsNotSentAway() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        for _ in 0..<80 {
            stage.test.advance(by: .seconds(60))
            if ada.settle().contains(where: { $0.hasPrefix("PING ") }) { ada.send("PONG x") }
        }
        #expect(!ada.end.isLost)
    }

    @Test func whoQuitsLeavesTheGame() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        let ben = try stage.enter("ben").client
        ada.settle()
        _ = ben.send("QUIT :good night")
        #expect(ada.settle().contains(":Ben!ben@irc QUIT :Quit: good night"))
        #expect(stage.world.player(named: "ben")?.location == nil)
    }

    /// Whatever the words are with which the server closes it.
    @Test func whoDoesNotQuitLeavesTheBody() throws {
        let stage = try IRCStage()
        _ = try stage.enter("ben")
        stage.house.connections().first?.close("Quitting time")
        stage.test.settle()
        #expect(stage.house.connections().isEmpty)
        #expect(stage.world.player(named: "ben")?.location === stage.hall)
    }

    /// Guests could say by it what nobody can keep from being said.
    @Test func aGuestsLastWordsAreNotTold() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        let guest = try stage.connect()
        guest.send("NICK x", "USER x 0 * :x")
        ada.settle()
        _ = guest.send("QUIT :buy this")
        #expect(ada.settle().contains(":Guest1!guest@irc QUIT :Left the game"))
    }

    @Test func lastWordsOfWhomOneIgnoresAreNotTold() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        let ben = try stage.enter("ben").client
        _ = ada.send("PRIVMSG *game :ignore ben")
        _ = ben.send("QUIT :nyah")
        #expect(ada.settle().contains(":Ben!ben@irc QUIT :Left the game"))
    }

    @Test func whoWatchesMoreIsToldMore() throws {
        let stage = try IRCStage()
        let ben = try stage.enter("ben").client
        let (plain, more) = (
            try stage.enter("ada", "away-notify").client, try stage.enter("cy", "away-notify extended-monitor").client
        )
        for client in [plain, more] { client.send("PART #chat", "MONITOR + ben") }
        _ = ben.send("AWAY :tea")
        #expect(more.settle().contains(":Ben!ben@irc AWAY :tea"))
        #expect(plain.settle() == [])
    }

    // MARK: The room

    @Test func theRoomIsAChannel() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        let ben = try stage.enter("ben").client
        #expect(ada.send("PRIVMSG #here :hello").contains { $0.contains(" 404 Ada #here :") })
        let opened = ada.send("JOIN #here")
        #expect(opened.contains(":Ada!ada@irc JOIN #here"))
        #expect(opened.contains(":irc.test 332 Ada #here :Hall: n"))
        #expect(opened.contains { $0.contains(" 353 Ada * #here :Ada Ben") })
        _ = ben.send("JOIN #here")
        #expect(ada.send("PRIVMSG #here :hello") == [])
        #expect(ben.settle() == [":Ada!ada@irc PRIVMSG #here :hello"])
        #expect(ada.send("PRIVMSG #here :\u{1}ACTION waves\u{1}") == [])
        #expect(ben.settle() == [":Ada!ada@irc PRIVMSG #here :\u{1}ACTION waves.\u{1}"])
        let look = ada.send("PRIVMSG #here :.look")
        #expect(look.contains { $0.hasPrefix(":*game!game@irc.test NOTICE #here :") && $0.contains("A plain hall") })
        _ = ada.send("PRIVMSG #here :.get lamp")
        #expect(
            ben.settle().contains { $0.hasPrefix(":*game!game@irc.test NOTICE #here :") && $0.contains("brass lamp") })
        #expect(ada.send("PRIVMSG #here :\u{1}ACTION waves at @nobody\u{1}").contains { $0.contains(" Ada #here :") })
        #expect(ben.settle() == [])
        #expect(ben.send("PART #here").contains(":Ben!ben@irc PART #here"))
        _ = ada.send("PRIVMSG #here :alone")
        #expect(ben.settle() == [])
    }

    @Test func theRoomGoesWithTheBody() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        let ben = try stage.enter("ben").client
        for client in [ada, ben] { client.send("JOIN #here") }
        ada.settle()
        let gone = ben.send("PRIVMSG #here :.north")
        #expect(gone.contains(":*game!game@irc.test TOPIC #here :Yard: s"))
        #expect(gone.contains(":Ada!ada@irc PART #here"))
        #expect(ada.settle().contains(":Ben!ben@irc PART #here"))
        #expect(ben.send("PRIVMSG #here :nobody hears this") == [])
        #expect(ada.settle() == [])
        let back = ben.send("PRIVMSG #here :.south")
        #expect(back.contains(":Ada!ada@irc JOIN #here"))
        #expect(ada.settle().contains(":Ben!ben@irc JOIN #here"))
        #expect(ben.send("NAMES #here").contains { $0.contains(" 353 Ben * #here :Ben Ada") })
    }

    @Test func theGameAnswersWhereItIsAsked() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        let look = ada.send("PRIVMSG *game :look")
        #expect(look.contains { $0.hasPrefix(":*game!game@irc.test PRIVMSG Ada :") && $0.contains("A plain hall") })
        #expect(ada.send("PRIVMSG *game :say hello").contains { $0.contains("hello") })
    }

    // MARK: Those who run the game

    @Test func killIsTheGamesOwnAndOnRecord() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        let ben = try stage.enter("ben").client
        #expect(ben.send("KILL Ada :no").contains { $0.contains(" 481 Ben :") })
        ada.settle()
        #expect(ada.send("KILL Ben :Enough").contains(":Ben!ben@irc QUIT :Sent away: Enough"))
        ben.settle()
        #expect(ben.end.isLost)
        #expect(stage.audited.contains { $0.kind == .administer && $0.actor == "Ada" && $0.subject == "Ben" })
        #expect(ada.send("OPER ada secret").contains { $0.contains(" 491 Ada :") })
    }

    @Test func allThatIsAskedOfTheServerIsAnswered() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        for (line, numeric) in [
            ("MOTD", "376"), ("LUSERS", "251"), ("VERSION", "351"), ("TIME", "391"), ("ADMIN", "256"), ("INFO", "374"),
            ("STATS u", "242"), ("STATS x", "219"), ("HELP", "706"), ("LINKS", "365"), ("LIST", "323"),
            ("NAMES #chat", "366"), ("WHO #chat", "315"), ("WHOWAS ben", "369"), ("USERHOST ada", "302"),
            ("LIST #trade", "322"), ("MOTD elsewhere", "402"), ("REHASH", "400"), ("HELP zzz", "524"),
        ] {
            #expect(ada.send(line).contains { $0.contains(" \(numeric) ") }, "\(line)")
        }
    }
}
