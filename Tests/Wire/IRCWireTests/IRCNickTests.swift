import Testing

@testable import IRCWire

@Suite struct IRCNickTests {
    @Test(arguments: ["a", "Ann", "[a]", "a-1", "_x", "{}|^", "`a\\"]) func nicks(text: String) {
        #expect(IRCNick(text)?.text == text)
    }

    @Test(arguments: [
        "", "1a", "-a", "a b", "a!b", "a@b", "a.b", "#a", ":a", "*", "a*", "$a", "~a", "+a", "&a", "%a", "a,b", "a\n",
        "\u{E9}", "a\u{7F}",
    ])
    func othersAreNone(text: String) {
        #expect(IRCNick(text) == nil)
    }

    @Test func lengthIsInOctets() {
        #expect(IRCNick(String(repeating: "a", count: 32)) != nil)
        #expect(IRCNick(String(repeating: "a", count: 33)) == nil)
        let unicode = IRCNickRules(limit: 4, allowsUnicode: true)
        #expect(IRCNick("\u{E9}\u{E9}", rules: unicode) != nil)
        #expect(IRCNick("\u{E9}\u{E9}a", rules: unicode) == nil)
    }

    @Test func otherScriptsAreTakenWhereAllowed() {
        let rules = IRCNickRules(allowsUnicode: true)
        for text in ["\u{9648}\u{660E}", "Ren\u{E9}e", "e\u{301}x"] { #expect(IRCNick(text, rules: rules) != nil) }
        for text in ["\u{1F600}", "a\u{202E}", "a\u{A0}b", "\u{301}a", "a\u{200B}"] {
            #expect(IRCNick(text, rules: rules) == nil)
        }
    }
}
