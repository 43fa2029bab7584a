import Testing

struct IRCNetworkMessagesTests {
    @Test func channelsAndNicksHear() throws {
        let stage = try IRCNetworkStage()
        let guests = stage.meet("#a", "ann", "bob")
        #expect(guests[0].ask("PRIVMSG #A,BOB :hello there").isEmpty)
        #expect(
            guests[1].read() == [
                ":ann!~ann@127.0.0.1 PRIVMSG #a :hello there", ":ann!~ann@127.0.0.1 PRIVMSG bob :hello there",
            ])
        _ = guests[0].ask("NOTICE bob :psst")
        #expect(guests[1].read() == [":ann!~ann@127.0.0.1 NOTICE bob :psst"])
    }

    @Test(arguments: [
        ("PRIVMSG", ["411"]), ("PRIVMSG bob", ["412"]), ("PRIVMSG #a :", ["412"]), ("PRIVMSG nobody :x", ["401"]),
        ("PRIVMSG #nothing :x", ["403"]), ("NOTICE nobody :x", []), ("NOTICE #nothing :x", []),
        ("PRIVMSG a,b,c,d,e :x", ["407"]),
    ])
    func wrongOnesAreRefused(line: String, expected: [String]) throws {
        let ann = try IRCNetworkStage().meet("#a", "ann", "bob")[0]
        #expect(ann.words(of: line) == expected)
    }

    @Test func channelsKeepQuiet() throws {
        let stage = try IRCNetworkStage()
        let guests = stage.meet("#a", "ann", "bob")
        let out = stage.enter("out")
        #expect(out.words(of: "PRIVMSG #a :x") == ["404"])
        _ = guests[0].ask("MODE #a -n+m")
        #expect(out.words(of: "PRIVMSG #a :x") == ["404"])
        #expect(guests[1].words(of: "PRIVMSG #a :x").last == "404")
        _ = guests[0].ask("MODE #a +v bob")
        _ = guests[1].read()
        #expect(guests[1].ask("PRIVMSG #a :x").isEmpty)
        _ = guests[0].ask("MODE #a -mv+b bob bob")
        _ = guests[1].read()
        #expect(guests[1].words(of: "PRIVMSG #a :x") == ["404"])
        _ = guests[0].ask("MODE #a +e bob", "MODE #a +MC")
        _ = guests[1].read()
        #expect(guests[1].words(of: "PRIVMSG #a :x") == ["404"])
        _ = guests[0].ask("MODE #a -M")
        _ = guests[1].read()
        #expect(guests[1].words(of: "PRIVMSG #a :\u{1}VERSION\u{1}") == ["404"])
        #expect(guests[1].words(of: "PRIVMSG #a :\u{1}ACTION waves\u{1}").isEmpty)
    }

    @Test func statusMessagesReachThoseWhoRank() throws {
        let stage = try IRCNetworkStage()
        let guests = stage.meet("#a", "ann", "bob", "eve")
        _ = guests[0].ask("MODE #a +v bob")
        for guest in guests { _ = guest.read() }
        guests[0].type("PRIVMSG +#a :voices")
        guests[0].type("PRIVMSG @#a :operators")
        #expect(guests[1].read() == [":ann!~ann@127.0.0.1 PRIVMSG +#a :voices"])
        #expect(guests[2].read().isEmpty)
        #expect(guests[1].ask("PRIVMSG @#a :to you").isEmpty)
        #expect(guests[0].read() == [":bob!~bob@127.0.0.1 PRIVMSG @#a :to you"])
    }

    @Test func whoIsAwaySaysSo() throws {
        let stage = try IRCNetworkStage()
        let (ann, bob) = (stage.enter("ann"), stage.enter("bob", "away-notify"))
        #expect(bob.words(of: "AWAY :gone fishing") == ["306"])
        #expect(ann.ask("PRIVMSG bob :there?") == [":irc.test 301 ann bob :gone fishing"])
        #expect(ann.ask("NOTICE bob :there?").isEmpty)
        #expect(bob.words(of: "AWAY").last == "305")
        #expect(ann.ask("PRIVMSG bob :there?").isEmpty)
    }

    @Test func ownMessagesComeBackWithTheirTags() throws {
        let stage = try IRCNetworkStage()
        let ann = stage.enter("ann", "echo-message message-tags server-time")
        _ = ann.ask("JOIN #a")
        let answer = ann.ask("@+draft/reply=1;+x=y;time=fake PRIVMSG #a :hello")
        let line = try #require(answer.first)
        #expect(answer.count == 1 && line.hasSuffix(":ann!~ann@127.0.0.1 PRIVMSG #a :hello"))
        #expect(line.contains("+draft/reply=1") && line.contains("+x=y") && line.contains("msgid="))
        #expect(line.contains("time=20") && !line.contains("fake"))
    }

    @Test func tagMessagesAreForThoseWhoKnowTags() throws {
        let stage = try IRCNetworkStage()
        let ann = stage.enter("ann", "message-tags")
        let bob = stage.enter("bob", "message-tags")
        let eve = stage.enter("eve")
        for guest in [ann, bob, eve] { guest.type("JOIN #a") }
        for guest in [ann, bob, eve] { _ = guest.read() }
        ann.type("@+typing=active TAGMSG #a")
        let heard = bob.read()
        #expect(heard.count == 1 && heard[0].contains("+typing=active"))
        #expect(heard[0].hasSuffix(":ann!~ann@127.0.0.1 TAGMSG #a") && eve.read().isEmpty)
    }

    @Test func botsOwnUp() throws {
        let stage = try IRCNetworkStage()
        let (ann, bob) = (stage.enter("ann"), stage.enter("bob", "message-tags"))
        _ = ann.ask("MODE ann +B")
        ann.type("PRIVMSG bob :beep")
        #expect(bob.read()[0].split(separator: " ")[0].split(separator: ";").contains { $0.hasSuffix("bot") })
        #expect(bob.words(of: "WHOIS ann").contains("335"))
        #expect(bob.ask("WHO ann").first?.contains(" HB ") ?? false)
    }

    @Test func severalLinesAreOneForThoseWhoKnow() throws {
        let stage = try IRCNetworkStage()
        let all = "batch message-tags draft/multiline"
        let (ann, bob) = (stage.enter("ann", all), stage.enter("bob", all))
        let eve = stage.enter("eve")
        for guest in [ann, bob, eve] { guest.type("JOIN #a") }
        for guest in [ann, bob, eve] { _ = guest.read() }
        ann.type(
            "BATCH +1 draft/multiline #a", "@batch=1 PRIVMSG #a :one", "@batch=1 PRIVMSG #a :",
            "@batch=1 PRIVMSG #a :two", "@batch=1;draft/multiline-concat PRIVMSG #a :three", "BATCH -1")
        #expect(ann.read().isEmpty)
        let lines = bob.read()
        #expect(lines.map(IRCTypist.word) == ["BATCH", "PRIVMSG", "PRIVMSG", "PRIVMSG", "PRIVMSG", "BATCH"])
        #expect(lines.first?.contains("msgid=") ?? false)
        #expect(lines.filter { $0.contains("draft/multiline-concat") }.count == 1)
        #expect(eve.read() == ["one", "two", "three"].map { ":ann!~ann@127.0.0.1 PRIVMSG #a :" + $0 })
    }

    @Test func whoTakesAccountsOnlyIsLeftAlone() throws {
        let stage = try IRCNetworkStage()
        let (ann, bob) = (stage.enter("ann"), stage.enter("bob"))
        _ = bob.ask("MODE bob +R")
        #expect(ann.words(of: "PRIVMSG bob :hello") == ["477"])
        #expect(bob.read().isEmpty)
    }
}
