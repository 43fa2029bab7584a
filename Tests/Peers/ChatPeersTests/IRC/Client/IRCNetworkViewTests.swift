import IRCWire
import Testing

@testable import ChatPeers

@Suite("IRC network view")
struct IRCNetworkViewTests {
    private static let support =
        "PREFIX=(qaohv)~&@%+ CHANMODES=beI,k,l,imnst CHANTYPES=#& CASEMAPPING=rfc1459 STATUSMSG=@+"

    private func view(_ lines: String...) throws -> IRCNetworkView {
        var view = IRCNetworkView(nick: "Heron")
        for line in [":s 005 Heron \(Self.support) :are supported"] + lines {
            _ = try view.receive(try IRCMessage(parsing: line), isHistory: false)
        }
        return view
    }

    @Test("Members have all signs that the server shows, with user name and host where it tells them")
    func names() throws {
        let view = try view(
            ":Heron!h@h JOIN #[A]", ":s 353 Heron = #[a] :~@Ada!ad@host +Ben Heron", ":s 366 Heron #[A] :End")
        let channel = try #require(view.channel("#{a}"))
        #expect(channel.name == "#[A]" && channel.isComplete && channel.members.count == 3)
        let ada = try #require(view.member("ADA", on: "#[a]"))
        #expect(ada.modes == "qo" && ada.user == "ad" && ada.host == "host")
        #expect(view.member("ben", on: "#[a]")?.modes == "v")
        #expect(view.member("Heron", on: "#[a]")?.host == "h")
    }

    @Test("Modes of members keep their order, and those of channels their parameters")
    func modes() throws {
        let view = try view(
            ":Heron!h@h JOIN #a", ":s 353 Heron = #a :Ada Heron", ":s 324 Heron #a +nk key",
            ":s MODE #a +vo-n Ada Ada", ":s MODE #a +q Ada", ":s MODE #a -v+bl-k Ada x!*@* 7 key",
            ":s MODE #a +o Nobody")
        #expect(view.member("Ada", on: "#a")?.modes == "qo")
        #expect(view.channel("#a")?.modes == ["l": "7"])
        #expect(view.channel("#a")?.members.count == 2)
    }

    @Test("People are followed through nicks, hosts, accounts and absence")
    func people() throws {
        var view = try view(
            ":Heron!h@h JOIN #a * :A bird", ":Ada!a@b JOIN #a ada :Ada", ":Ada!a@b NICK Byron",
            ":Byron!a@b CHGHOST poet sea", ":Byron!poet@sea AWAY :writing", ":Byron!poet@sea ACCOUNT *")
        let member = try #require(view.member("byron", on: "#a"))
        #expect(view.member("ada", on: "#a") == nil)
        #expect(member.user == "poet" && member.host == "sea" && member.isAway && member.account == nil)
        let event = try view.receive(try IRCMessage(parsing: ":Byron!poet@sea QUIT :gone"), isHistory: false)
        #expect(
            event
                == .quit(who: IRCSource("Byron", user: "poet", host: "sea"), reason: "gone", channels: ["#a"]))
        #expect(view.channel("#a")?.members.count == 1)
    }

    @Test("The client's own nick and source are followed")
    func own() throws {
        let view = try view(
            ":Heron!h@h JOIN #a", ":Heron!h@h NICK Egret", ":s 396 Egret cloak.example :is now your host")
        #expect(view.nick == "Egret" && view.isOwn("EGRET"))
        #expect(view.source == IRCSource("Egret", user: "h", host: "cloak.example"))
        #expect(view.member("Egret", on: "#a") != nil)
    }

    @Test("A target with a sign of STATUSMSG is a channel's")
    func statusMessages() throws {
        let view = try view()
        #expect(view.channelName(of: "@#a")?.name == "#a" && view.channelName(of: "@#a")?.statusSign == "@")
        #expect(view.channelName(of: "#a")?.statusSign == nil && view.channelName(of: "&a")?.name == "&a")
        #expect(view.channelName(of: "Ada") == nil && view.channelName(of: "~#a") == nil)
    }

    @Test("A new mapping of letters gives all names new keys")
    func mapping() throws {
        let view = try view(
            ":Heron!h@h JOIN #[a]", ":s 353 Heron = #[a] :[x] Heron", ":s 005 Heron CASEMAPPING=ascii :are")
        #expect(view.channel("#[A]") != nil && view.channel("#{a}") == nil)
        #expect(view.member("[X]", on: "#[a]") != nil && view.member("{x}", on: "#[a]") == nil)
    }

    @Test(
        "What is missing in a line does no harm",
        arguments: [
            "JOIN", ":x JOIN", ":Heron JOIN", ":Heron!h@h JOIN :", "PART", ":Heron PART", "KICK #a", ":x KICK #a",
            ":x MODE",
            ":x MODE #a", ":x TOPIC", ":x NICK", ":x NICK :", ":x PRIVMSG", ":x PRIVMSG #a", ":s 353",
            ":s 353 Heron = #a",
            ":s 366", ":s 332 Heron", ":s 333 Heron #a", ":s 324 Heron", ":s 324 Heron #a", ":s 005", ":s 005 Heron",
            ":s 396",
            ":x CHGHOST a", ":x INVITE Heron", ":x AWAY", ":x ACCOUNT", ":x SETNAME", ":x FAIL", ":x FAIL A B", "ERROR",
            ":s 353 Heron = #a :@ + ! @!@ ", ":x MODE #a +ovkl", ":s 730 Heron", "PRIVMSG", "PRIVMSG \u{1} \u{1}",
            ":s 001",
        ])
    func incomplete(line: String) throws {
        var view = try view(":Heron!h@h JOIN #a")
        let message = try IRCMessage(parsing: line)
        _ = try view.receive(message, isHistory: false)
        _ = try view.receive(message, isHistory: true)
        _ = view.presences(message)
    }

    @Test("Members are bounded over all channels")
    func bounds() throws {
        var view = try view(":Heron!h@h JOIN #a")
        let mark = IRCNetworkView.mostMembers
        var failure: IRCClientFailure?
        for number in 0..<(mark / 100 + 2) where failure == nil {
            let names = (0..<100).map { "n\(number)x\($0)" }.joined(separator: " ")
            let message = IRCMessage("353", ["Heron", "=", "#a", IRCParameter(cleaning: names)], source: .server("s"))
            do throws(IRCClientFailure) {
                _ = try view.receive(message, isHistory: false)
            } catch {
                failure = error
            }
        }
        #expect(failure == .excessive("members of channels"))
        _ = try view.receive(try IRCMessage(parsing: ":Heron PART #a"), isHistory: false)
        _ = try view.receive(try IRCMessage(parsing: ":Heron JOIN #b"), isHistory: false)
    }
}
