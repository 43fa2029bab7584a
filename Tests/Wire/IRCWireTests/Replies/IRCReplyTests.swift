import Basics
import Testing

@testable import IRCWire

@Suite("A server's replies")
struct IRCReplyTests {
    private let server = IRCSource.server("irc.example")

    private func line(_ reply: IRCReply, nick: IRCParameter = "alice") -> String {
        var octets: [UInt8] = []
        reply.append(to: &octets, from: server, nick: nick)
        return String(decoding: octets, as: UTF8.self)
    }

    @Test func numeric() {
        #expect(line(.noSuchNick("bob")) == ":irc.example 401 alice bob :No such nick\r\n")
        #expect(line(.notRegistered, nick: "*") == ":irc.example 451 * :You have not registered\r\n")
        #expect(line(.userModes("+i")) == ":irc.example 221 alice +i\r\n")
        #expect(IRCReply.noSuchNick("bob").isFailure && !IRCReply.userModes("+i").isFailure)
        #expect(
            IRCReply.noSuchNick("bob").message(from: server, to: "alice").parameters == [
                "alice", "bob", "No such nick",
            ])
    }

    @Test func standard() {
        let reply = IRCReply.fail(.register, .accountExists, ["al"], "Taken")
        #expect(line(reply) == ":irc.example FAIL REGISTER ACCOUNT_EXISTS al :Taken\r\n")
        #expect(line(.note(nil, .invalidUTF8, [], "x y")) == ":irc.example NOTE * INVALID_UTF8 :x y\r\n")
        #expect(reply.isFailure && !IRCReply.warn(.join, .internalError, [], "x").isFailure)
    }

    @Test("what a client writes can't start a line or shift the parameters")
    func hostile() {
        let lines = line(.noSuchNick(IRCParameter(cleaning: "a b\r\nQUIT"))) + line(.noSuchNick(""))
        #expect(lines.split(separator: "\r\n").count == 2)
        #expect(line(.noSuchNick("a b")) == ":irc.example 401 alice * :No such nick\r\n")
        #expect(line(.noSuchNick(":x")) == ":irc.example 401 alice * :No such nick\r\n")
    }

    @Test("names take as many lines as they need, none of them too long")
    func names() {
        let people = (0..<200).map { IRCMemberName(prefixes: "@", nick: "someone\($0)", userHost: "user@host.example") }
        let replies = IRCReply.names("#a", .secret, people)
        #expect(replies.count > 10)
        #expect(replies.allSatisfy { line($0).utf8.count <= 512 && $0.parameters == ["@", "#a"] })
        let words = replies.flatMap { ($0.text?.text ?? "").split(separator: " ") }
        #expect(words.map { IRCMemberName(parsing: $0) } == people)
        #expect(IRCReply.names("#a", .public, [IRCMemberName]()) == [])
    }

    @Test func memberNames() {
        #expect(IRCMemberName(parsing: "@+al!u@h") == IRCMemberName(prefixes: "@+", nick: "al", userHost: "u@h"))
        #expect(IRCMemberName(parsing: "al") == IRCMemberName(nick: "al"))
        #expect(IRCMemberName(parsing: "") == IRCMemberName(nick: ""))
    }

    @Test func whox() {
        let person = IRCWhoPerson(
            nick: "al", user: "u", host: "h", server: "s", flags: "H@", realName: "Al A", account: "acc")
        let fields = IRCWhoxFields(Set(IRCWhoxFields.Field.allCases), token: "7")
        #expect(
            line(.who(person, channel: "#a", fields: fields))
                == ":irc.example 354 alice 7 #a u 255.255.255.255 h s al H@ 0 0 acc n/a :Al A\r\n")
        #expect(
            line(.who(person, channel: nil, fields: IRCWhoxFields([.nick]))) == ":irc.example 354 alice al\r\n")
        #expect(line(.who(person, channel: nil)) == ":irc.example 352 alice * u h s al H@ :0 Al A\r\n")
        #expect(IRCWhoPerson.flags(isAway: true, isOperator: true, prefixes: "@+", bot: "B") == "G*B@+")
    }

    @Test func whois() {
        var person = IRCWhoisPerson(
            nick: "bob", user: "u", host: "h", realName: "Bob", server: "s", serverDescription: "ours")
        #expect(IRCReply.whois(person, asked: "BOB").map(\.command.name) == ["311", "312", "318"])
        person.account = "bob"
        person.isNickOwner = true
        person.channels = ["@#a", "#b"]
        person.awayText = "lunch"
        person.isOperator = true
        person.isBot = true
        person.isSecure = true
        person.certificateFingerprint = "ab"
        person.realHost = "1.2.3.4"
        person.modes = "+i"
        person.idle = 5
        person.signedOn = WallInstant(milliseconds: 7000)
        person.notes = ["likes tea"]
        let replies = IRCReply.whois(person, asked: "BOB")
        #expect(
            replies.map(\.command.name) == [
                "311", "276", "307", "319", "312", "301", "313", "335", "330", "671", "320", "378", "379", "317", "318",
            ])
        #expect(line(replies[13]) == ":irc.example 317 alice bob 5 7 :seconds idle, signon time\r\n")
        #expect(line(replies[14]) == ":irc.example 318 alice BOB :End of /WHOIS list\r\n")
    }

    @Test func monitor() {
        #expect(
            IRCReply.monitorOnline([IRCSource("a", user: "u", host: "h"), IRCSource("b", user: "u", host: "h")]).map {
                line($0)
            } == [":irc.example 730 alice :a!u@h,b!u@h\r\n"])
        #expect(IRCReply.monitorList(["a", "b"]).map(\.command.name) == ["732", "733"])
        #expect(IRCReply.monitorOffline((0..<100).map { "someone\($0)" }).count > 2)
    }

    @Test func several() {
        #expect(IRCReply.motd([], server: "s") == [.noMotd])
        #expect(IRCReply.motd(["hi"], server: "s").map(\.command.name) == ["375", "372", "376"])
        #expect(IRCReply.help("x", []) == [.helpNotFound("x")])
        #expect(IRCReply.help("x", ["a", "b", "c"]).map(\.command.name) == ["704", "705", "705", "705", "706"])
        #expect(IRCReply.users(IRCUserCounts(visible: 3)).count == 7)
        #expect(line(.uptime(seconds: 90_061)) == ":irc.example 242 alice :Server Up 1 days 1:01:01\r\n")
    }

    @Test func lists() {
        let entry = IRCMaskEntry(mask: "*!*@x", setter: "al", time: WallInstant(milliseconds: 5000))
        #expect(line(.mask(.bans, "#a", entry)) == ":irc.example 367 alice #a *!*@x al 5\r\n")
        #expect(IRCReply.mask(.exceptions, "#a", entry).command.name == "348")
        #expect(IRCReply.mask(.inviteExceptions, "#a", entry).command.name == "346")
        #expect(IRCMaskList.allCases.map { IRCReply.endOfMasks($0, "#a").command.name } == ["368", "349", "347"])
    }

    @Test func userHosts() {
        #expect(
            line(.userHost([IRCUserHost(nick: "al", isOperator: true, isAway: true, userHost: "u@h")]))
                == ":irc.example 302 alice :al*=-u@h\r\n")
        #expect(line(.isOn([])) == ":irc.example 303 alice :\r\n")
    }
}
