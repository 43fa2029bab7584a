import Testing

@testable import ChatPeers

struct IRCNetworkQueriesTests {
    @Test func whoShowsFlagsAndFields() throws {
        let stage = try IRCNetworkStage()
        let guests = stage.meet("#a", "ann", "bob")
        _ = guests[1].ask("AWAY :gone")
        #expect(
            guests[0].ask("WHO #a") == [
                ":irc.test 352 ann #a ~ann 127.0.0.1 irc.test ann H@ :0 ann's name",
                ":irc.test 352 ann #a ~bob 127.0.0.1 irc.test bob G :0 bob's name",
                ":irc.test 315 ann #a :End of /WHO list",
            ])
        #expect(guests[0].ask("WHO bob %tcnfa,42").first == ":irc.test 354 ann 42 * bob G 0")
        #expect(guests[0].words(of: "WHO nobody") == ["315"])
        #expect(guests[0].words(of: "WHO b*") == ["352", "315"])
        #expect(guests[0].words(of: "WHO ann o") == ["315"])
    }

    @Test func invisibleOnesAreSeenByNeighboursOnly() throws {
        let stage = try IRCNetworkStage()
        let guests = stage.meet("#a", "ann", "bob")
        _ = guests[0].ask("MODE ann +i")
        let eve = stage.enter("eve")
        #expect(eve.words(of: "WHO an*") == ["315"])
        #expect(guests[1].words(of: "WHO an*") == ["352", "315"])
        #expect(eve.ask("NAMES #a").first == ":irc.test 353 eve = #a :bob")
        #expect(eve.words(of: "WHO ann") == ["352", "315"])
    }

    @Test func whoisTellsWhatIsKnown() throws {
        let stage = try IRCNetworkStage()
        let guests = stage.meet("#a", "ann", "bob")
        let about = guests[1].ask("WHOIS ann")
        #expect(about.first == ":irc.test 311 bob ann ~ann 127.0.0.1 * :ann's name")
        #expect(about.contains(":irc.test 319 bob ann :@#a"))
        #expect(about.last == ":irc.test 318 bob ann :End of /WHOIS list")
        #expect(!guests[1].words(of: "WHOIS ann").contains("379"))
        #expect(guests[0].words(of: "WHOIS ann").contains("379"))
        #expect(guests[0].words(of: "WHOIS irc.test ann").contains("311"))
        #expect(guests[0].words(of: "WHOIS nobody") == ["401", "318"])
    }

    @Test func whowasKnowsTheLatestFirst() throws {
        let stage = try IRCNetworkStage { $0.whowas = 3 }
        let ann = stage.enter("ann")
        #expect(ann.words(of: "WHOWAS bob") == ["406", "369"])
        for name in ["one", "two", "three", "four"] {
            let bob = stage.connect()
            bob.type("NICK bob", "USER \(name) 0 * :\(name)", "QUIT")
        }
        let answer = ann.ask("WHOWAS bob")
        #expect(
            answer.filter { $0.contains(" 314 ") }.map { $0.split(separator: ":").last } == ["four", "three", "two"])
        #expect(ann.words(of: "WHOWAS bob 1") == ["314", "312", "369"])
        #expect(ann.words(of: "WHOWAS BOB -1").count == 7)
    }

    @Test func listsAreFiltered() throws {
        let stage = try IRCNetworkStage()
        _ = stage.meet("#big", "ann", "bob")
        _ = stage.meet("#small", "eve")
        let out = stage.enter("out")
        #expect(out.words(of: "LIST") == ["321", "322", "322", "323"])
        #expect(out.ask("LIST >1")[1] == ":irc.test 322 out #big 2 :")
        #expect(out.ask("LIST <2")[1] == ":irc.test 322 out #small 1 :")
        #expect(out.ask("LIST *all*")[1].contains("#small"))
        #expect(out.ask("LIST !*all*")[1].contains("#big"))
        #expect(out.words(of: "LIST T<10") == ["321", "323"])
        #expect(out.words(of: "LIST #small,#nothing") == ["321", "322", "323"])
    }

    @Test func longAnswersAreCut() throws {
        let stage = try IRCNetworkStage { $0.queryLines = 3 }
        for name in ["a", "b", "c", "d", "e"] { _ = stage.meet("#\(name)", "u\(name)") }
        let ann = stage.enter("ann")
        #expect(ann.words(of: "LIST") == ["321", "322", "322", "322", "263", "323"])
        #expect(ann.words(of: "WHO *") == ["352", "352", "352", "263", "315"])
    }

    @Test func hereAndThere() throws {
        let stage = try IRCNetworkStage()
        let (ann, bob) = (stage.enter("ann"), stage.enter("bob"))
        _ = bob.ask("AWAY :x")
        #expect(ann.ask("USERHOST bob ann no") == [":irc.test 302 ann :bob=-~bob@127.0.0.1 ann=+~ann@127.0.0.1"])
        #expect(ann.ask("ISON no BOB") == [":irc.test 303 ann :bob"])
    }

    @Test(arguments: [
        ("MOTD", ["422"]), ("LUSERS", ["251", "252", "253", "254", "255", "265", "266"]), ("TIME", ["391"]),
        ("ADMIN", ["256", "257", "258", "259"]), ("INFO", ["371", "371", "374"]), ("LINKS", ["364", "365"]),
        ("STATS u", ["242", "219"]), ("STATS o", ["481", "219"]), ("STATS", ["219"]), ("VERSION other", ["402"]),
        ("MOTD irc.*", ["422"]), ("HELP", ["704", "705", "705", "706"]), ("HELP join", ["704", "705", "705", "706"]),
        ("HELP nonsense", ["524"]), ("REHASH", ["481"]), ("USERS", ["421"]),
    ])
    func theServerAnswers(line: String, expected: [String]) throws {
        #expect(try IRCNetworkStage().enter("ann").words(of: line) == expected)
    }

    @Test func theMessageOfTheDayIsTold() throws {
        let stage = try IRCNetworkStage { $0.motd = ["Be nice.", "Or else."] }
        #expect(stage.enter("ann").words(of: "MOTD") == ["375", "372", "372", "376"])
    }
}
