import Testing

@testable import IRCWire

@Suite struct IRCCommandTests {
    @Test func lettersOfEitherCaseAreTheSame() {
        #expect(IRCCommand(String("privMsg")) == "PRIVMSG")
        #expect(IRCCommand("001").numeric == .welcome)
        #expect(IRCCommand(.needMoreParameters) == "461")
        #expect(IRCCommand("PING").numeric == nil)
        #expect(IRCCommand("999").numeric == nil)
    }

    @Test(arguments: ["", "A B", "PRIV\u{E9}", "*", "A\r", String(repeating: "A", count: 33)])
    func othersAreNone(text: String) {
        #expect(IRCCommand(text) == nil)
    }
}
