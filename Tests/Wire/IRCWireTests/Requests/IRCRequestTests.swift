import Basics
import Testing

@testable import IRCWire

@Suite("A client's requests")
struct IRCRequestTests {
    static func message(_ words: String...) -> IRCMessage {
        IRCMessage(IRCCommand(words[0]) ?? "NOTICE", words.dropFirst().map { IRCParameter(cleaning: $0) })
    }

    static func request(_ message: IRCMessage) -> IRCRequest? { try? IRCRequest(message) }

    static func refusal(_ message: IRCMessage) -> IRCReply? {
        do throws(IRCRequestFailure) {
            _ = try IRCRequest(message)
            return nil
        } catch {
            return error.reply
        }
    }

    @Test(
        "what each command means",
        arguments: [
            (message("CAP", "LS", "302"), IRCRequest.capability(.available(version: 302))),
            (message("CAP", "ls"), .capability(.available(version: 301))),
            (message("CAP", "LIST"), .capability(.enabled)),
            (message("CAP", "END"), .capability(.end)),
            (message("AUTHENTICATE", "PLAIN"), .authenticate("PLAIN")),
            (message("PASS", "secret"), .pass("secret")),
            (message("PASS", "two", "words"), .pass("two words")),
            (message("nick", "alice"), .nick("alice")),
            (message("USER", "al", "0", "*", "Alice A"), .user(name: "al", realName: "Alice A")),
            (message("PING", "x"), .ping(token: "x")),
            (message("PONG", "server", "x"), .pong(token: "x")),
            (message("OPER", "root", "pw"), .oper(name: "root", password: "pw")),
            (message("QUIT"), .quit(reason: nil)),
            (message("QUIT", "bye"), .quit(reason: "bye")),
            (message("ERROR", "x"), .error),
            (message("REGISTER", "*", "*", "pw"), .register(account: nil, email: nil, password: "pw")),
            (message("REGISTER", "al", "a@b", "pw"), .register(account: "al", email: "a@b", password: "pw")),
            (message("VERIFY", "al", "123"), .verify(account: "al", code: "123")),
            (message("JOIN", "0"), .partAll),
            (message("JOIN", "#a"), .join([IRCJoinRequest(channel: "#a")])),
            (
                message("JOIN", "#a,#b,#c", "k,,m"),
                .join([
                    IRCJoinRequest(channel: "#a", key: "k"), IRCJoinRequest(channel: "#b"),
                    IRCJoinRequest(channel: "#c", key: "m"),
                ])
            ),
            (message("PART", "#a,#b", "so long"), .part(["#a", "#b"], reason: "so long")),
            (message("TOPIC", "#a"), .topic(channel: "#a", nil)),
            (message("TOPIC", "#a", ""), .topic(channel: "#a", "")),
            (message("NAMES"), .names([])),
            (message("NAMES", "#a"), .names(["#a"])),
            (message("INVITE", "bob", "#a"), .invite(nick: "bob", channel: "#a")),
            (message("KICK", "#a", "bob"), .kick([IRCKickRequest(channel: "#a", nick: "bob")], reason: nil)),
            (
                message("KICK", "#a", "bob,carol", "out"),
                .kick(
                    [IRCKickRequest(channel: "#a", nick: "bob"), IRCKickRequest(channel: "#a", nick: "carol")],
                    reason: "out")
            ),
            (
                message("KICK", "#a,#b", "bob,carol"),
                .kick(
                    [IRCKickRequest(channel: "#a", nick: "bob"), IRCKickRequest(channel: "#b", nick: "carol")],
                    reason: nil)
            ),
            (message("MODE", "#a"), .mode(target: "#a", modes: nil, arguments: [])),
            (message("MODE", "#a", "+ov", "bob", "al"), .mode(target: "#a", modes: "+ov", arguments: ["bob", "al"])),
            (message("PRIVMSG", "#a,bob", "hi"), .message(IRCMessageRequest(.privmsg, to: ["#a", "bob"], text: "hi"))),
            (message("NOTICE", "bob", "hi"), .message(IRCMessageRequest(.notice, to: ["bob"], text: "hi"))),
            (message("TAGMSG", "bob"), .message(IRCMessageRequest(.tagmsg, to: ["bob"], text: ""))),
            (message("BATCH", "-x1"), .batch(.end(reference: "x1"))),
            (message("MARKREAD", "#a"), .markRead(target: "#a", time: nil)),
            (
                message("MARKREAD", "#a", "timestamp=1970-01-01T00:00:01.500Z"),
                .markRead(target: "#a", time: WallInstant(milliseconds: 1500))
            ),
            (message("WHO", "#a"), .who(IRCWhoRequest(mask: "#a"))),
            (message("WHO", "*", "o"), .who(IRCWhoRequest(mask: "*", operatorsOnly: true))),
            (
                message("WHO", "#a", "%tna,42"),
                .who(IRCWhoRequest(mask: "#a", fields: IRCWhoxFields([.token, .nick, .account], token: "42")))
            ),
            (message("WHOIS", "bob"), .whois(["bob"])),
            (message("WHOIS", "server", "bob"), .whois(["bob"])),
            (message("WHOWAS", "bob", "3"), .whowas(nick: "bob", count: 3)),
            (message("AWAY"), .away(nil)),
            (message("AWAY", ""), .away(nil)),
            (message("AWAY", "lunch"), .away("lunch")),
            (message("USERHOST", "a", "b"), .userHost(["a", "b"])),
            (message("ISON", "a b c"), .isOn(["a", "b", "c"])),
            (message("SETNAME", "New Name"), .setName("New Name")),
            (message("MONITOR", "+", "a,b"), .monitor(.add(["a", "b"]))),
            (message("MONITOR", "-", "a"), .monitor(.remove(["a"]))),
            (message("MONITOR", "c"), .monitor(.clear)),
            (message("MONITOR", "L"), .monitor(.list)),
            (message("MONITOR", "S"), .monitor(.status)),
            (message("MOTD"), .motd(server: nil)),
            (message("LUSERS"), .lusers),
            (message("VERSION", "x"), .version(server: "x")),
            (message("TIME"), .time(server: nil)),
            (message("ADMIN"), .admin(server: nil)),
            (message("INFO"), .info(server: nil)),
            (message("LINKS"), .links),
            (message("STATS", "u"), .stats(query: "u", server: nil)),
            (message("HELP", "join"), .help(subject: "join")),
            (message("HELPOP"), .help(subject: nil)),
            (message("KILL", "bob", "spam"), .kill(nick: "bob", reason: "spam")),
            (message("KLINE", "*@bad"), .kline(IRCBanRequest(mask: "*@bad"))),
            (
                message("KLINE", "60", "*@bad", "spam"),
                .kline(IRCBanRequest(minutes: 60, mask: "*@bad", reason: "spam"))
            ),
            (message("UNKLINE", "*@bad"), .unkline(mask: "*@bad")),
            (message("WALLOPS", "hear"), .wallops("hear")),
            (message("REHASH"), .administer(.rehash)),
            (message("SQUIT", "a", "b"), .administer(.squit)),
        ] as [(IRCMessage, IRCRequest)])
    func meaning(_ message: IRCMessage, _ request: IRCRequest) {
        #expect(Self.request(message) == request)
    }

    @Test(
        "what is answered to requests that are none",
        arguments: [
            (message("FROB"), IRCReply.unknownCommand("FROB")),
            (message("NICK"), .noNickGiven),
            (message("NICK", ""), .noNickGiven),
            (message("USER", "a", "b", "c"), .needMoreParameters(.user)),
            (message("USER", "a", "b", "c", ""), .needMoreParameters(.user)),
            (message("PING"), .needMoreParameters(.ping)),
            (message("PING", ""), .noOrigin),
            (message("CAP"), .needMoreParameters(.cap)),
            (message("CAP", "FROB"), .invalidCapabilityCommand("FROB")),
            (message("JOIN"), .needMoreParameters(.join)),
            (message("JOIN", ""), .needMoreParameters(.join)),
            (message("JOIN", ","), .needMoreParameters(.join)),
            (message("KICK", "#a"), .needMoreParameters(.kick)),
            (message("KICK", "#a,#b", "x"), .needMoreParameters(.kick)),
            (message("KICK", "#a", "a,b,c,d,e"), .tooManyTargets("e")),
            (message("PRIVMSG"), .noRecipient(.privmsg)),
            (message("PRIVMSG", ""), .noRecipient(.privmsg)),
            (message("PRIVMSG", ",", "x"), .noRecipient(.privmsg)),
            (message("PRIVMSG", "bob"), .noTextToSend),
            (message("PRIVMSG", "bob", ""), .noTextToSend),
            (message("PRIVMSG", "a,b,c,d,e", "x"), .tooManyTargets("e")),
            (message("TAGMSG"), .needMoreParameters(.tagmsg)),
            (message("WHOIS"), .noNickGiven),
            (message("WHOIS", "a,b"), .tooManyTargets("b")),
            (message("WHOWAS"), .needMoreParameters(.whowas)),
            (message("MONITOR"), .needMoreParameters(.monitor)),
            (message("MONITOR", "+"), .needMoreParameters(.monitor)),
            (message("KLINE", "60"), .needMoreParameters(.kline)),
        ] as [(IRCMessage, IRCReply)])
    func refusals(_ message: IRCMessage, _ reply: IRCReply) {
        #expect(Self.refusal(message) == reply)
    }

    @Test("nothing is answered to a notice that says nothing")
    func emptyNotice() {
        for message in [
            Self.message("NOTICE"), Self.message("NOTICE", "bob"), Self.message("NOTICE", "a,b,c,d,e", "x"),
        ] {
            #expect(Self.request(message) == nil)
            #expect(Self.refusal(message) == nil)
        }
    }

    @Test("each command needs as many parameters as it says")
    func arity() {
        for command in IRCClientCommand.allCases where command.minimumParameters > 0 {
            let words = Array(repeating: IRCParameter("x"), count: command.minimumParameters - 1)
            #expect(Self.refusal(IRCMessage(command.command, words)) == .needMoreParameters(command), "\(command)")
        }
    }

    @Test("only tags for clients travel with a message")
    func tags() {
        let message = IRCMessage("PRIVMSG", ["bob", "hi"], tags: ["label": "1", "+draft/reply": "x"])
        #expect(
            Self.request(message)
                == .message(IRCMessageRequest(.privmsg, to: ["bob"], text: "hi", tags: ["+draft/reply": "x"])))
    }

    @Test("no words, however odd, stop the reading")
    func oddWords() {
        let odd: [IRCParameter] = [
            "", ",", " ", "+", "-", "%", "%,", ":", "*", "0", "-1", "99999999999999999999", "=", "é",
        ]
        for command in IRCClientCommand.allCases {
            for first in odd {
                _ = Self.request(IRCMessage(command.command, [first]))
                for second in odd {
                    _ = Self.request(IRCMessage(command.command, [first, second]))
                    _ = Self.request(IRCMessage(command.command, [first, second, first, second, first]))
                }
            }
        }
    }
}
