import Basics
import IRCWire
import Testing

@testable import ChatPeers

struct IRCLineTests {
    private static let tags = IRCLine.Tags(
        time: WallInstant(milliseconds: 1_700_000_000_123), account: "ada", messageID: "m1", isBot: true, batch: "b",
        client: ["+draft/reply": "m0", "secret": "no"])

    private func text(_ octets: [UInt8]) -> String { String(decoding: octets, as: UTF8.self) }

    private func line() -> IRCLine {
        IRCLine(
            .message(.privmsg, target: "#a", text: "hi"), from: IRCSource("ada", user: "u", host: "h"), tags: Self.tags)
    }

    @Test func eachListenerGetsTheTagsItAskedFor() {
        let line = line()
        #expect(text(line.octets(for: [])) == ":ada!u@h PRIVMSG #a :hi\r\n")
        #expect(
            text(line.octets(for: .time)) == "@time=2023-11-14T22:13:20.123Z :ada!u@h PRIVMSG #a :hi\r\n")
        #expect(text(line.octets(for: .account)) == "@account=ada :ada!u@h PRIVMSG #a :hi\r\n")
        #expect(text(line.octets(for: .message)) == "@msgid=m1;bot;+draft/reply=m0 :ada!u@h PRIVMSG #a :hi\r\n")
        #expect(text(line.octets(for: [.batch, .account])) == "@batch=b;account=ada :ada!u@h PRIVMSG #a :hi\r\n")
    }

    @Test func tagsThatAreNotThereCostNoVariant() {
        let line = IRCLine(.message(.notice, target: "*", text: "x"), from: nil, tags: .init(account: "a"))
        #expect(line.octets(for: [.time, .message, .batch]) == Array("NOTICE * :x\r\n".utf8))
        #expect(line.octets(for: [.time, .account]) == line.octets(for: .account))
    }

    @Test func aLabelIsForOneListenerAlone() {
        let line = line()
        #expect(
            text(line.octets(for: .account, label: "l;1", batch: nil))
                == "@label=l\\:1;account=ada :ada!u@h PRIVMSG #a :hi\r\n")
        #expect(text(line.octets(for: .account)) == "@account=ada :ada!u@h PRIVMSG #a :hi\r\n")
    }

    @Test(arguments: [0, 10, 13] as [UInt8])
    func nothingThatIsSaidBeginsALine(octet: UInt8) {
        let evil = "a" + String(UnicodeScalar(octet)) + "QUIT"
        let line = IRCLine(
            .message(.privmsg, target: IRCParameter(cleaning: evil), text: IRCParameter(cleaning: evil)),
            from: IRCSource(evil, user: evil, host: evil),
            tags: .init(account: evil, messageID: evil, batch: evil, client: ["+x": evil]))
        let octets = line.octets(for: [.time, .account, .message, .batch], label: evil, batch: nil)
        #expect(octets.filter { $0 == 10 }.count == 1 && octets.filter { $0 == 13 }.count == 1)
        #expect(!octets.contains(0) && octets.suffix(2) == [13, 10])
    }
}
