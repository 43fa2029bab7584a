import Testing

@testable import ChatPeers

struct IRCNetworkModesTests {
    @Test func changesAreToldTogether() throws {
        let stage = try IRCNetworkStage()
        let guests = stage.meet("#a", "ann", "bob")
        #expect(guests[0].ask("MODE #a +mk-t+v sesame bob") == [":ann!~ann@127.0.0.1 MODE #a +mk-t+v sesame bob"])
        #expect(guests[1].read() == [":ann!~ann@127.0.0.1 MODE #a +mk-t+v sesame bob"])
        #expect(guests[1].ask("MODE #a").first == ":irc.test 324 bob #a +mnk sesame")
        let eve = stage.enter("eve")
        #expect(eve.ask("MODE #a").first == ":irc.test 324 eve #a +mnk *")
        #expect(eve.words(of: "MODE #a") == ["324", "329"])
    }

    @Test func whatChangesNothingIsNotTold() throws {
        let stage = try IRCNetworkStage()
        let ann = stage.meet("#a", "ann")[0]
        #expect(ann.ask("MODE #a +nt-ilkv x ann").isEmpty)
        #expect(ann.ask("MODE #a +o ann").isEmpty)
        #expect(ann.ask("MODE #a -b nobody").isEmpty)
    }

    @Test(arguments: [
        ("MODE #a +Z", ["472"]), ("MODE #a +k", ["696"]), ("MODE #a +l none", ["696"]), ("MODE #a +l 0", ["696"]),
        ("MODE #a +o nobody", ["401"]), ("MODE #a +o out", ["441"]), ("MODE #a +k a,b", ["525"]),
        ("MODE #a +b", ["368"]), ("MODE #a +e", ["349"]), ("MODE #a +I", ["347"]), ("MODE #nothing +m", ["403"]),
        ("MODE nobody", ["401"]), ("MODE out +i", ["502"]),
    ])
    func wrongOnesAreRefused(line: String, expected: [String]) throws {
        let stage = try IRCNetworkStage()
        let ann = stage.meet("#a", "ann")[0]
        _ = stage.enter("out")
        #expect(ann.words(of: line) == expected)
    }

    @Test func whoIsNoOperatorIsRefusedOnce() throws {
        let stage = try IRCNetworkStage()
        let guests = stage.meet("#a", "ann", "bob")
        #expect(guests[1].words(of: "MODE #a +mst") == ["482"])
        #expect(guests[1].words(of: "MODE #a +b") == ["368"])
        #expect(guests[1].words(of: "MODE #a +e") == ["482"])
        let eve = stage.enter("eve")
        #expect(eve.words(of: "MODE #a +m") == ["482"])
    }

    @Test func listsAreKeptAndBounded() throws {
        let stage = try IRCNetworkStage { $0.listEntries = 2 }
        let ann = stage.meet("#a", "ann")[0]
        #expect(ann.ask("MODE #a +bb bob *@host") == [":ann!~ann@127.0.0.1 MODE #a +bb bob!*@* *!*@host"])
        #expect(ann.ask("MODE #a +b BOB").isEmpty)
        #expect(ann.words(of: "MODE #a +b eve") == ["478"])
        #expect(ann.words(of: "MODE #a b") == ["367", "367", "368"])
        #expect(ann.ask("MODE #a -b BOB!*@*") == [":ann!~ann@127.0.0.1 MODE #a -b bob!*@*"])
        #expect(ann.words(of: "MODE #a +b") == ["367", "368"])
    }

    @Test func rankIsTakenBack() throws {
        let stage = try IRCNetworkStage()
        let guests = stage.meet("#a", "ann", "bob")
        _ = guests[0].ask("MODE #a +o bob")
        #expect(guests[1].ask("MODE #a -o ann").last == ":bob!~bob@127.0.0.1 MODE #a -o ann")
        #expect(guests[0].words(of: "MODE #a -o bob").last == "482")
    }

    @Test func userModesAreTheirOwn() throws {
        let stage = try IRCNetworkStage()
        let ann = stage.enter("ann")
        #expect(ann.ask("MODE ann") == [":irc.test 221 ann +"])
        #expect(ann.ask("MODE ann +iwo") == [":ann!~ann@127.0.0.1 MODE ann +iw"])
        #expect(ann.ask("MODE ANN") == [":irc.test 221 ann +iw"])
        #expect(ann.words(of: "MODE ann +Zi") == ["501"])
        #expect(ann.ask("MODE ann -i") == [":ann!~ann@127.0.0.1 MODE ann -i"])
        #expect(ann.ask("LUSERS").first?.hasSuffix("There are 1 users and 0 invisible on 1 servers") ?? false)
    }
}
