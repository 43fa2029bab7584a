import Basics
import Testing

@testable import IRCWire

@Suite("What a server tells of others")
struct IRCEventTests {
    @Test(
        "each is read as it is written",
        arguments: [
            (.join(channel: "#a", extended: nil), "JOIN #a"),
            (.join(channel: "#a", extended: IRCExtendedJoin(account: nil, realName: "Al A")), "JOIN #a * :Al A"),
            (.join(channel: "#a", extended: IRCExtendedJoin(account: "al", realName: "")), "JOIN #a al :"),
            (.part(channel: "#a", reason: nil), "PART #a"), (.part(channel: "#a", reason: "bye"), "PART #a :bye"),
            (.kick(channel: "#a", nick: "bob", reason: "out"), "KICK #a bob :out"),
            (.topic(channel: "#a", ""), "TOPIC #a :"), (.topic(channel: "#a", "t"), "TOPIC #a :t"),
            (.mode(target: "#a", ["+ov", "al", "bob"]), "MODE #a +ov al bob"),
            (.invite(nick: "bob", channel: "#a"), "INVITE bob #a"), (.nick("al2"), "NICK al2"),
            (.quit(reason: "gone"), "QUIT :gone"), (.away(nil), "AWAY"), (.away("lunch"), "AWAY :lunch"),
            (.account(nil), "ACCOUNT *"), (.account("al"), "ACCOUNT al"),
            (.changeHost(user: "u", host: "h"), "CHGHOST u h"), (.setName("New"), "SETNAME :New"),
            (.kill(nick: "bob", reason: "spam"), "KILL bob :spam"),
            (.message(.privmsg, target: "#a", text: "hi"), "PRIVMSG #a :hi"),
            (.message(.notice, target: "bob", text: ":)"), "NOTICE bob ::)"),
            (.message(.tagmsg, target: "bob", text: ""), "TAGMSG bob"), (.wallops("hear"), "WALLOPS :hear"),
            (.markRead(target: "#a", time: nil), "MARKREAD #a *"),
            (
                .markRead(target: "#a", time: WallInstant(milliseconds: 1)),
                "MARKREAD #a timestamp=1970-01-01T00:00:00.001Z"
            ),
            (
                .historyTarget("#a", time: WallInstant(milliseconds: 1)),
                "CHATHISTORY TARGETS #a 1970-01-01T00:00:00.001Z"
            ),
            (.batchStart(reference: "1", type: "chathistory", parameters: ["#a"]), "BATCH +1 chathistory #a"),
            (.batchEnd(reference: "1"), "BATCH -1"), (.ping(token: "x"), "PING :x"),
            (.pong(server: "s", token: "x y"), "PONG s :x y"), (.error("Closing"), "ERROR :Closing"),
            (.capability(.available("batch", isLast: false), nick: "*"), "CAP * LS * :batch"),
            (.capability(.available("batch", isLast: true), nick: "*"), "CAP * LS :batch"),
            (.capability(.enabled("", isLast: true), nick: "al"), "CAP al LIST :"),
            (.capability(.acknowledged("a b"), nick: "al"), "CAP al ACK :a b"),
            (.capability(.refused("a"), nick: "al"), "CAP al NAK :a"),
            (.capability(.new("a"), nick: "al"), "CAP al NEW :a"),
            (.capability(.removed("a"), nick: "al"), "CAP al DEL :a"),
            (.authenticate("+"), "AUTHENTICATE +"),
            (.registered(.registered, account: "al", text: "ok"), "REGISTER SUCCESS al :ok"),
            (.registered(.verificationRequired, account: "al", text: "ok"), "REGISTER VERIFICATION_REQUIRED al :ok"),
            (.registered(.verified, account: "al", text: "ok"), "VERIFY SUCCESS al :ok"), (.acknowledged, "ACK"),
        ] as [(IRCEvent, String)])
    func wire(_ event: IRCEvent, _ line: String) {
        var octets: [UInt8] = []
        event.append(to: &octets, from: IRCSource("al", user: "u", host: "h"))
        #expect(String(decoding: octets, as: UTF8.self) == ":al!u@h " + line + "\r\n")
        #expect(IRCEvent(event.message()) == event)
    }

    @Test("what is none, or too short")
    func others() {
        for line in ["001", "FAIL", "FROB"] { #expect(IRCEvent(IRCMessage(IRCCommand(line) ?? "X", ["a"])) == nil) }
        for command in ["JOIN", "KICK", "PRIVMSG", "CAP", "BATCH", "MARKREAD", "NICK"] as [IRCCommand] {
            #expect(IRCEvent(IRCMessage(command)) == nil)
        }
    }
}
