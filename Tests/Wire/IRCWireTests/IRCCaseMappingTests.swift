import Testing

@testable import IRCWire

@Suite struct IRCCaseMappingTests {
    @Test func eachFoldsItsOwn() {
        let text = "A[]\\~Z^{}|\u{C9}"
        #expect(IRCCaseMapping.ascii.folded(text) == "a[]\\~z^{}|\u{C9}")
        #expect(IRCCaseMapping.rfc1459.folded(text) == "a{}|^z^{}|\u{C9}")
        #expect(IRCCaseMapping.rfc1459Strict.folded(text) == "a{}|~z^{}|\u{C9}")
        #expect(IRCCaseMapping.unicode.folded(text) == "a[]\\~z^{}|\u{E9}")
    }

    @Test func composedOrNotIsTheSameInUnicode() {
        #expect(IRCCaseMapping.unicode.isSame("Re\u{301}", "r\u{E9}"))
        #expect(!IRCCaseMapping.unicode.isSame("a", "b"))
    }

    @Test func tokens() {
        #expect(IRCCaseMapping(token: "ascii") == .ascii)
        #expect(IRCCaseMapping(token: "rfc1459-strict") == .rfc1459Strict)
        #expect(IRCCaseMapping(token: "what") == .rfc1459)
        #expect(IRCCaseMapping.unicode.token == "ascii")
    }
}
