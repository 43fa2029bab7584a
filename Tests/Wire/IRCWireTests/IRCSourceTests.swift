import Testing

@testable import IRCWire

@Suite struct IRCSourceTests {
    @Test func partsAreOptional() {
        #expect(IRCSource(parsing: "nick!user@host") == IRCSource("nick", user: "user", host: "host"))
        #expect(IRCSource(parsing: "irc.example.com") == .server("irc.example.com"))
        #expect(IRCSource(parsing: "nick@host") == IRCSource("nick", host: "host"))
        #expect(IRCSource(parsing: "nick!u@v@host") == IRCSource("nick", user: "u@v", host: "host"))
        #expect(IRCSource(parsing: "") == IRCSource(""))
    }

    @Test func textAndCountAgree() {
        for text in ["n!u@h", "n@h", "n!u", "n", "\u{E9}!u@h", ""] {
            let source = IRCSource(parsing: text)
            #expect(source.text == text)
            #expect(source.octetCount == text.utf8.count)
        }
    }

    @Test func nothingInItEndsItOrTheLine() {
        #expect(IRCSource("a b\r\n", user: "c d", host: "e\0").text == "a?b??!c?d@e?")
    }
}
