import Testing

@testable import IRCWire

@Suite struct IRCISupportTests {
    @Test func tokensAreSetChangedAndTakenBack() {
        var support = IRCISupport()
        support.receive(["NETWORK=Example\\x20Net", "EXCEPTS", "NICKLEN=30", "draft/ICON=https://x/y"])
        #expect(support["NETWORK"] == "Example Net")
        #expect(support["EXCEPTS"] == "" && support.has("EXCEPTS"))
        #expect(support.nickOctets == 30)
        #expect(support["draft/ICON"] == "https://x/y")
        support.receive(["NICKLEN=32", "-EXCEPTS", "-NEVER"])
        #expect(support.nickOctets == 32 && !support.has("EXCEPTS"))
    }

    @Test func escapes() {
        var support = IRCISupport()
        support.receive("A=\\x5C\\x3D\\x2\\xZZ\\x0A.")
        #expect(support["A"] == "\\=\\x2\\xZZ .")
        var told = IRCISupport()
        told["A"] = "a b=\\"
        #expect(told.lines() == [["A=a\\x20b\\x3D\\x5C"]])
        var read = IRCISupport()
        read.receive("A=a\\x20b\\x3D\\x5C")
        #expect(read == told)
    }

    @Test func linesHaveThirteenTokensAtMost() {
        var support = IRCISupport()
        for number in 0..<30 { support["T\(number)"] = "1" }
        #expect(support.lines().map(\.count) == [13, 13, 4])
        #expect(support.lines(limit: 30).allSatisfy { $0.count <= 6 })
        #expect(support.lines().joined().count == 30)
    }

    @Test func typedValues() {
        var support = IRCISupport()
        #expect(support.caseMapping == .rfc1459 && support.modes == 3 && support.monitor == nil)
        support.receive([
            "CASEMAPPING=ascii", "PREFIX=(qov)~@+", "CHANMODES=beI,k,l,imnst,x", "CHANTYPES=#", "MODES", "MONITOR=5",
            "TARGMAX=PRIVMSG:4,JOIN:,KICK:1", "LINELEN=99999999", "STATUSMSG=@+", "BOT=B", "CHATHISTORY=200",
        ])
        #expect(support.caseMapping == .ascii)
        #expect(support.prefixes.map(\.mode) == ["q", "o", "v"] && support.prefixes.map(\.sign) == ["~", "@", "+"])
        #expect(support.channelModes == ("beI", "k", "l", "imnst"))
        #expect(support.isChannel("#a") && !support.isChannel("&a") && !support.isChannel(""))
        #expect(support.targets(of: "PRIVMSG") == 4 && support.targets(of: "JOIN") == .max)
        #expect(support.targets(of: "WHO") == nil)
        #expect(support.lineOctets == 65_536 && support.modes == 100 && support.monitor == 5)
        #expect(support.statusSigns == "@+" && support.botMode == "B")
    }

    @Test(arguments: [
        "PREFIX=", "PREFIX=(", "PREFIX=)@(", "PREFIX=(ov)", "CHANMODES=", "CHANMODES=,,,,,", "=x", "-", "",
    ])
    func nonsenseIsHarmless(token: String) {
        var support = IRCISupport()
        support.receive(token)
        _ = (support.prefixes, support.channelModes, support.channelTypes)
        #expect(support.lineOctets == IRCLimits.bodyOctets)
    }

    @Test func noMoreThanTheLimitAreKept() {
        var support = IRCISupport()
        for number in 0..<1000 { support.receive("T\(number)") }
        #expect(support.tokens.count == IRCLimits.supportTokens)
    }
}
