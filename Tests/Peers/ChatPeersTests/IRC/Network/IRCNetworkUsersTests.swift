import IRCWire
import ReactorTesting
import Testing

@testable import ChatPeers

struct IRCNetworkUsersTests {
    @Test func nicksAreUnique() throws {
        let stage = try IRCNetworkStage()
        _ = stage.enter("Ann")
        let second = stage.connect()
        #expect(second.words(of: "NICK aNN") == ["433"])
        #expect(second.words(of: "NICK 1a") == ["432"])
        #expect(second.words(of: "NICK \(String(repeating: "a", count: 33))") == ["432"])
        #expect(second.words(of: "USER x 0 * :x", "NICK \(String(repeating: "a", count: 32))").first == "001")
    }

    @Test func theSecondToAskForANickTriesAgain() throws {
        let stage = try IRCNetworkStage()
        let (one, two) = (stage.connect(), stage.connect())
        one.type("NICK ann")
        two.type("NICK ann")
        #expect(one.words(of: "USER x 0 * :x").first == "001")
        #expect(two.words(of: "USER x 0 * :x") == ["433"])
        #expect(two.words(of: "NICK bob").first == "001")
    }

    @Test(arguments: ["NickServ", "chanserv", "MUDD"]) func nobodyPassesForAService(nick: String) throws {
        let stage = try IRCNetworkStage()
        #expect(stage.connect().words(of: "NICK \(nick)") == ["432"])
        #expect(stage.enter("ann").words(of: "NICK \(nick)") == ["432"])
    }

    /// Else a ban of a nick silences nobody.
    @Test func theBannedKeepTheirNicks() throws {
        let stage = try IRCNetworkStage()
        let guests = stage.meet("#a", "ann", "bob")
        _ = guests[0].ask("MODE #a +b bob")
        #expect(guests[1].words(of: "PRIVMSG #a :x").last == "404")
        #expect(
            guests[1].ask("NICK good") == [":irc.test 435 bob good #a :Cannot change nickname while banned on channel"])
        #expect(guests[1].words(of: "PRIVMSG #a :x") == ["404"])
        _ = guests[0].ask("MODE #a +v bob")
        #expect(guests[1].words(of: "NICK good").last == "NICK")
    }

    @Test func newNicksAreToldOnce() throws {
        let stage = try IRCNetworkStage()
        let guests = stage.meet("#a", "ann", "bob")
        for guest in guests { guest.type("JOIN #b") }
        for guest in guests { _ = guest.read() }
        #expect(guests[0].ask("NICK anna") == [":ann!~ann@127.0.0.1 NICK anna"])
        #expect(guests[1].read() == [":ann!~ann@127.0.0.1 NICK anna"])
        #expect(guests[0].ask("NICK ANNA") == [":anna!~ann@127.0.0.1 NICK ANNA"])
        #expect(guests[0].ask("NICK ANNA").isEmpty)
        #expect(guests[0].words(of: "NICK bob") == ["433"])
        #expect(guests[1].words(of: "WHOWAS ann") == ["314", "312", "369"])
        #expect(guests[1].ask("NAMES #a").first?.hasSuffix(":@ANNA bob") ?? false)
        #expect(guests[1].words(of: "WHOIS ann") == ["401", "318"])
    }

    @Test(arguments: [("rfc1459", "a[b", "A{B", true), ("ascii", "a[b", "A{B", false)])
    func lettersAreFoldedAsTold(mapping: String, first: String, second: String, isSame: Bool) throws {
        let stage = try IRCNetworkStage { $0.mapping = .init(token: mapping) }
        _ = stage.enter(first)
        #expect((stage.connect().words(of: "NICK \(second)") == ["433"]) == isSame)
    }

    @Test(arguments: [
        ("admin", "аdmin"), ("paypal", "раураl"), ("ada", "ａｄａ"), ("ΑΔΑ", "αδα"), ("zoë", "zoe\u{308}"),
        ("bill", "biII"),
    ])
    func nicksThatLookAlikeAreOne(first: String, second: String) throws {
        let stage = try IRCNetworkStage {
            $0.nicks.allowsUnicode = true
            $0.mapping = .unicode
        }
        let guest = stage.enter(first)
        #expect(stage.connect().words(of: "NICK \(second)") == ["433"])
        guest.type("QUIT")
        #expect(stage.connect().words(of: "NICK \(second)").isEmpty)
    }

    @Test func leavingIsToldOnce() throws {
        let stage = try IRCNetworkStage()
        let guests = stage.meet("#a", "ann", "bob")
        for guest in guests { guest.type("JOIN #b") }
        for guest in guests { _ = guest.read() }
        guests[0].type("QUIT :good night")
        #expect(guests[1].read() == [":ann!~ann@127.0.0.1 QUIT :Quit: good night"])
        #expect(stage.network.users.count == 1)
        guests[1].wire.loseFromPeer()
        stage.test.settle()
        #expect(stage.network.users.isEmpty && stage.network.channels.isEmpty)
    }

    @Test func namesOfPeopleChange() throws {
        let stage = try IRCNetworkStage()
        let (ann, bob) = (stage.enter("ann", "setname"), stage.enter("bob", "setname"))
        let eve = stage.enter("eve")
        for guest in [ann, bob, eve] { guest.type("JOIN #a") }
        for guest in [ann, bob, eve] { _ = guest.read() }
        #expect(ann.ask("SETNAME :Ann of Cleves") == [":ann!~ann@127.0.0.1 SETNAME :Ann of Cleves"])
        #expect(bob.read() == [":ann!~ann@127.0.0.1 SETNAME :Ann of Cleves"])
        #expect(eve.read().isEmpty)
        #expect(ann.words(of: "SETNAME :\(String(repeating: "x", count: 151))") == ["FAIL"])
    }

    @Test func watchersHearOfComingAndGoing() throws {
        let stage = try IRCNetworkStage { $0.monitored = 2 }
        let ann = stage.enter("ann", "extended-monitor away-notify")
        #expect(
            ann.ask("MONITOR + bob,Ann") == [
                ":irc.test 730 ann :ann!~ann@127.0.0.1", ":irc.test 731 ann :bob",
            ])
        #expect(ann.words(of: "MONITOR + eve") == ["734"])
        let bob = stage.enter("bob")
        #expect(ann.read() == [":irc.test 730 ann :bob!~bob@127.0.0.1"])
        bob.type("AWAY :gone")
        #expect(ann.read() == [":bob!~bob@127.0.0.1 AWAY :gone"])
        bob.type("NICK robert")
        #expect(ann.read() == [":irc.test 731 ann :bob"])
        bob.type("NICK bob")
        #expect(ann.read() == [":irc.test 730 ann :bob!~bob@127.0.0.1"])
        #expect(ann.words(of: "MONITOR S") == ["730"])
        #expect(ann.ask("MONITOR L").first == ":irc.test 732 ann :Ann,bob")
        bob.type("QUIT")
        #expect(ann.read() == [":irc.test 731 ann :bob"])
        #expect(ann.ask("MONITOR - bob", "MONITOR C").isEmpty)
        #expect(ann.words(of: "MONITOR L") == ["733"])
        #expect(stage.network.watchers.isEmpty)
    }
}
