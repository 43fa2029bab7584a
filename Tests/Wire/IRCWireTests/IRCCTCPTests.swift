import Testing

@testable import IRCWire

@Suite struct IRCCTCPTests {
    @Test(arguments: [
        ("\u{1}ACTION waves\u{1}", "ACTION", "waves"), ("\u{1}action  waves \u{1}", "ACTION", " waves "),
        ("\u{1}VERSION\u{1}", "VERSION", ""), ("\u{1}PING 123", "PING", "123"),
    ])
    func messages(text: String, command: String, arguments: String) {
        let message = IRCCTCP(parsing: text)
        #expect(message?.command.name == command)
        #expect(message?.arguments == arguments)
    }

    @Test(arguments: ["", "ACTION", "\u{1}", "\u{1}\u{1}", "\u{1} x\u{1}", "x\u{1}ACTION y\u{1}"])
    func othersAreNone(text: String) {
        #expect(IRCCTCP(parsing: text) == nil)
    }

    @Test func whatIsWrittenReadsBackAndNeverEndsEarly() {
        #expect(IRCCTCP.action("waves").parameter.text == "\u{1}ACTION waves\u{1}")
        let hostile = IRCCTCP.action("a\u{1}\r\nb\0")
        #expect(hostile.parameter.text == "\u{1}ACTION a   b \u{1}")
        #expect(IRCCTCP(parsing: hostile.parameter.text) == hostile)
    }
}
