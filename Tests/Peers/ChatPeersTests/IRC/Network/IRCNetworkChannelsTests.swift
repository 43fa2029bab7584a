import Testing

@testable import ChatPeers

struct IRCNetworkChannelsTests {
    @Test func whoComesFirstIsOperator() throws {
        let stage = try IRCNetworkStage()
        let ann = stage.enter("ann")
        #expect(
            ann.ask("JOIN #a") == [
                ":ann!~ann@127.0.0.1 JOIN #a", ":irc.test 353 ann = #a :@ann",
                ":irc.test 366 ann #a :End of /NAMES list",
            ])
        let bob = stage.enter("bob")
        #expect(bob.ask("JOIN #A")[1] == ":irc.test 353 bob = #a :@ann bob")
        #expect(ann.read() == [":bob!~bob@127.0.0.1 JOIN #a"])
    }

    @Test func joiningTwiceDoesNothing() throws {
        let stage = try IRCNetworkStage()
        let guests = stage.meet("#a", "ann", "bob")
        #expect(guests[0].ask("JOIN #a").isEmpty && guests[1].read().isEmpty)
    }

    @Test func namesThatAreNoChannelsAreRefused() throws {
        let stage = try IRCNetworkStage { $0.channelsPerUser = 2 }
        let ann = stage.enter("ann")
        #expect(ann.words(of: "JOIN nothing") == ["403"])
        #expect(ann.words(of: "JOIN #") == ["403"])
        _ = ann.ask("JOIN #a,#b")
        #expect(ann.words(of: "JOIN #c") == ["405"])
    }

    @Test(arguments: [
        ("MODE #a +k sesame", "475"), ("MODE #a +i", "473"), ("MODE #a +l 1", "471"), ("MODE #a +b bob", "474"),
        ("MODE #a +R", "477"),
    ])
    func channelsKeepOut(mode: String, numeric: String) throws {
        let stage = try IRCNetworkStage()
        let ann = stage.meet("#a", "ann")[0]
        #expect(ann.ask(mode).count == 1)
        let bob = stage.enter("bob")
        #expect(bob.words(of: "JOIN #a") == [numeric])
        // An invitation opens every door, once.
        #expect(ann.words(of: "INVITE bob #a") == ["341"])
        #expect(bob.words(of: "JOIN #a").first == "JOIN")
        #expect(bob.ask("PART #a").count == 1)
        #expect(bob.words(of: "JOIN #a") == [numeric])
    }

    /// Any member may invite, but only an operator's invitation opens what operators shut.
    @Test(arguments: ["+b eve", "+k sesame", "+l 1"]) func invitationsOfOthersOpenNothing(modes: String) throws {
        let stage = try IRCNetworkStage()
        let guests = stage.meet("#a", "ann", "bob")
        let eve = stage.enter("eve")
        _ = guests[0].ask("MODE #a \(modes)")
        #expect(guests[1].words(of: "INVITE eve #a").contains("341"))
        #expect(eve.words(of: "JOIN #a").last?.hasPrefix("47") ?? false)
        _ = guests[0].ask("INVITE eve #a")
        #expect(eve.words(of: "JOIN #a").contains("366"))
    }

    @Test func aBackslashInANickEscapesNoBan() throws {
        let stage = try IRCNetworkStage()
        let ann = stage.meet("#a", "ann")[0]
        for (nick, mask) in [("ev\\im", "ev\\im!*@*"), ("a\\\\b", "a\\\\b")] {
            let other = stage.enter(nick)
            _ = ann.ask("MODE #a +b \(mask)")
            #expect(other.words(of: "JOIN #a") == ["474"])
        }
    }

    @Test func keysAndExceptionsLetIn() throws {
        let stage = try IRCNetworkStage()
        let ann = stage.meet("#a", "ann")[0]
        _ = ann.ask("MODE #a +kbe sesame *!*@* bob!*@*")
        let bob = stage.enter("bob")
        #expect(bob.words(of: "JOIN #a open").first == "475")
        #expect(bob.words(of: "JOIN #a sesame").first == "JOIN")
        let eve = stage.enter("eve")
        #expect(eve.words(of: "JOIN #a sesame") == ["474"])
        _ = ann.ask("MODE #a +I eve")
        #expect(eve.words(of: "JOIN #a sesame").first == "JOIN")
    }

    @Test func partTellsAllAndTheLastOneClosesTheChannel() throws {
        let stage = try IRCNetworkStage()
        let guests = stage.meet("#a", "ann", "bob")
        #expect(guests[0].ask("PART #a :good night") == [":ann!~ann@127.0.0.1 PART #a :good night"])
        #expect(guests[1].read() == [":ann!~ann@127.0.0.1 PART #a :good night"])
        #expect(guests[0].words(of: "PART #a") == ["442"])
        #expect(guests[1].ask("PART #a") == [":bob!~bob@127.0.0.1 PART #a"])
        #expect(guests[1].words(of: "PART #a") == ["403"])
        #expect(stage.network.channels.isEmpty)
    }

    @Test func joinNoughtLeavesEverything() throws {
        let stage = try IRCNetworkStage()
        let ann = stage.enter("ann")
        _ = ann.ask("JOIN #a,#b")
        #expect(ann.words(of: "JOIN 0") == ["PART", "PART"])
    }

    @Test func kickingNeedsRank() throws {
        let stage = try IRCNetworkStage()
        let guests = stage.meet("#a", "ann", "bob", "eve")
        #expect(guests[1].words(of: "KICK #a ann") == ["482"])
        #expect(guests[0].words(of: "KICK #a nobody") == ["401"])
        let out = stage.enter("out")
        #expect(out.words(of: "KICK #a ann") == ["442"])
        #expect(guests[0].words(of: "KICK #a out") == ["441"])
        #expect(guests[0].words(of: "KICK #b bob") == ["403"])
        _ = guests[2].read()
        #expect(guests[0].ask("KICK #a bob :go") == [":ann!~ann@127.0.0.1 KICK #a bob :go"])
        #expect(guests[2].read() == [":ann!~ann@127.0.0.1 KICK #a bob :go"])
        #expect(guests[1].words(of: "PART #a").last == "442")
    }

    @Test func halfOperatorsRuleOverThoseBelow() throws {
        let stage = try IRCNetworkStage()
        let guests = stage.meet("#a", "ann", "bob", "eve")
        _ = guests[0].ask("MODE #a +h bob")
        _ = guests[1].read()
        #expect(guests[1].words(of: "KICK #a ann") == ["482"])
        #expect(guests[1].words(of: "MODE #a +o eve") == ["482"])
        #expect(guests[1].words(of: "MODE #a +v eve") == ["MODE"])
        #expect(guests[1].words(of: "KICK #a eve") == ["KICK"])
    }

    @Test func topicsAreForOperatorsAndCut() throws {
        let stage = try IRCNetworkStage { $0.topicOctets = 10 }
        let guests = stage.meet("#a", "ann", "bob")
        #expect(guests[0].words(of: "TOPIC #a") == ["331"])
        #expect(guests[1].words(of: "TOPIC #a :mine") == ["482"])
        #expect(guests[0].ask("TOPIC #a :wonderful things") == [":ann!~ann@127.0.0.1 TOPIC #a :wonderful "])
        #expect(guests[1].read().last == ":ann!~ann@127.0.0.1 TOPIC #a :wonderful ")
        #expect(guests[1].words(of: "TOPIC #a") == ["332", "333"])
        let eve = stage.enter("eve")
        #expect(eve.words(of: "JOIN #a") == ["JOIN", "332", "333", "353", "366"])
        #expect(guests[0].words(of: "TOPIC #a :", "TOPIC #a").suffix(2) == ["TOPIC", "331"])
    }

    @Test func clientsSeeWhatTheyAskedFor() throws {
        let stage = try IRCNetworkStage()
        let ann = stage.enter("ann", "extended-join multi-prefix userhost-in-names away-notify")
        _ = ann.ask("JOIN #a", "MODE #a +v ann")
        let bob = stage.enter("bob")
        _ = bob.ask("AWAY :gone")
        _ = ann.read()
        bob.type("JOIN #a")
        #expect(ann.read() == [":bob!~bob@127.0.0.1 JOIN #a * :bob's name", ":bob!~bob@127.0.0.1 AWAY :gone"])
        #expect(ann.ask("NAMES #a").first == ":irc.test 353 ann = #a :@+ann!~ann@127.0.0.1 bob!~bob@127.0.0.1")
        #expect(bob.ask("NAMES #a").first == ":irc.test 353 bob = #a :@ann bob")
    }

    @Test func secretChannelsAreNotSeen() throws {
        let stage = try IRCNetworkStage()
        let guests = stage.meet("#a", "ann", "bob")
        _ = guests[0].ask("MODE #a +s")
        let eve = stage.enter("eve")
        #expect(eve.words(of: "NAMES #a") == ["366"])
        #expect(eve.words(of: "LIST") == ["321", "323"])
        #expect(eve.words(of: "WHO #a") == ["315"])
        #expect(!eve.words(of: "WHOIS ann").contains("319"))
        #expect(eve.words(of: "TOPIC #a") == ["403"])
        #expect(guests[1].words(of: "LIST") == ["321", "322", "323"])
        #expect(guests[1].ask("NAMES #a").first == ":irc.test 353 bob @ #a :@ann bob")
        #expect(guests[1].words(of: "WHOIS ann").contains("319"))
    }

    @Test func invitationsAreTold() throws {
        let stage = try IRCNetworkStage()
        let ann = stage.enter("ann", "invite-notify")
        _ = ann.ask("JOIN #a")
        let bob = stage.enter("bob")
        let eve = stage.enter("eve")
        bob.type("JOIN #a")
        _ = ann.read()
        #expect(bob.words(of: "INVITE eve #a") == ["341"])
        #expect(ann.read() == [":bob!~bob@127.0.0.1 INVITE eve #a"])
        #expect(eve.read() == [":bob!~bob@127.0.0.1 INVITE eve #a"])
        #expect(bob.words(of: "INVITE ann #a") == ["443"])
        #expect(eve.words(of: "INVITE ann #b") == ["403"])
        #expect(eve.words(of: "INVITE nobody #a") == ["401"])
        #expect(eve.words(of: "INVITE bob #a") == ["442"])
    }

    @Test func manyNamesGoOnSeveralLines() throws {
        let stage = try IRCNetworkStage()
        let ann = stage.meet("#a", "ann")[0]
        let nicks = (0..<60).map { "somebody\($0)" }
        for nick in nicks { stage.enter(nick).type("JOIN #a") }
        let answer = ann.ask("NAMES #a")
        #expect(answer.count > 2 && answer.allSatisfy { $0.utf8.count <= 510 })
        let names = answer.dropLast().flatMap { $0.split(separator: ":").last.map { $0.split(separator: " ") } ?? [] }
        #expect(Set(names.map(String.init)) == Set(nicks + ["@ann"]) && names.count == 61)
        // And again, after one has gone and one has another name.
        stage.network.users["somebody7"]?.connection.close("Bye")
        ann.type("NICK anna")
        _ = ann.read()
        let later = ann.ask("NAMES #a").dropLast().flatMap {
            $0.split(separator: ":").last.map { $0.split(separator: " ") } ?? []
        }
        #expect(Set(later.map(String.init)) == Set(nicks + ["@anna"]).subtracting(["somebody7"]))
    }
}
