import IRCWire
import Testing

@Suite struct IRCPreparedReplyTests {
    private static let server = IRCSource("irc.example.com")

    /// A reply and a prepared one are the same line, whoever it goes to, also one that must be cut.
    @Test(arguments: ["*", "alice", "a-nick-of-thirty-two-octets-12345", ""])
    func isTheReplyItself(name: String) {
        let long = IRCParameter(cleaning: String(repeating: "\u{E9}", count: 260))
        let replies: [IRCReply] = [
            .yourHost(server: "irc.example.com", version: "1"), .noMotd,
            IRCReply(.myInfo, ["irc.example.com", "1", "i", "nt"]),
            IRCReply(.iSupport, ["A=1", "B"], "are supported by this server"), IRCReply(.motd, [], long),
            .fail(.verify, .invalidCode, ["alice"], "No"),
        ]
        let nick = IRCParameter(cleaning: name)
        for reply in replies {
            var (expected, prepared): ([UInt8], [UInt8]) = ([1], [1])
            reply.append(to: &expected, from: Self.server, nick: nick)
            IRCPreparedReply(reply, from: Self.server).append(to: &prepared, nick: nick)
            #expect(prepared == expected)
            #expect(prepared.count <= 513)
        }
    }
}
